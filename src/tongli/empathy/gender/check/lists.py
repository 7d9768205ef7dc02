"""Word lists of ``knowledge/gender/check``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_FOLDER = files("tongli.knowledge") / "gender" / "check"
_SERVED_BY = {"nb": "no", "nn": "no", "bs": "hr", "me": "sr", "iw": "he", "cmn": "zh", "yue": "zh"}


@cache
def word_list(lang: str) -> Mapping[str, Any] | None:
    """Gendered forms of a language, ``None`` where there is no list; ``es-MX`` is served by ``es``."""
    base = lang.partition("-")[0].lower()
    place = _FOLDER / f"{_SERVED_BY.get(base, base)}.toml"
    return tomllib.loads(place.read_text("utf-8")) if place.is_file() else None


@cache
def table(name: str) -> Mapping[str, Any]:
    """A table that is of no language: ``wording`` or ``styles``."""
    return tomllib.loads((_FOLDER / f"_{name}.toml").read_text("utf-8"))


def languages() -> tuple[str, ...]:
    """Languages with a list."""
    names = (item.name for item in _FOLDER.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in names if not name.startswith("_")))
