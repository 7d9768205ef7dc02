"""Words that negate (``negation.toml``): for texts of one language, and for a text and its translation."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from tongli.core.phrases import Phrases

Kind = Literal["deny", "open", "idle", "strong", "weak"]


@cache
def negation(lang: str, kind: Kind) -> Phrases | None:
    """One list of a language (primary subtag), ``None`` where there is none."""
    patterns = _table().get(lang, {}).get(kind)
    return None if patterns is None else Phrases(patterns)


@cache
def _table() -> dict[str, dict[Kind, list[str]]]:
    text = (files(__package__) / "negation.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
