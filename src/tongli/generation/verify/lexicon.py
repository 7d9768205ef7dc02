"""The authored lists behind the checks: TOML files in ``data``, one table a language, lists of patterns."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from tongli.core.phrases import Phrases


@cache
def table(name: str) -> dict[str, Any]:
    """The whole file ``data/NAME.toml``."""
    text = (files("tongli.generation.verify") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def phrases(name: str, lang: str, key: str) -> Phrases | None:
    """The compiled list ``key`` of a language, ``None`` where there is none."""
    patterns = table(name).get(lang, {}).get(key)
    return None if patterns is None else Phrases(patterns)
