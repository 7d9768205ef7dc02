"""Colours of emotions, whatever a channel calls them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

Medium = Literal["paper", "terminal"]

_OTHER = {"paper": "#000000", "terminal": "default"}


def colour(label: str, medium: Medium) -> str:
    """The colour of a label: ``#RRGGBB`` on paper, a name in terminals; black for a label that has none."""
    table = _table()
    return table[medium].get(table["same"].get(label, label), _OTHER[medium])


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("tongli.knowledge") / "emotion_colours.toml").read_text(encoding="utf-8"))
