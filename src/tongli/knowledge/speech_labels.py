"""The labels of the speech channel, and what others call them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

SPEECH_LABELS = ("angry", "happy", "neutral", "sad", "fearful", "disgusted", "surprised", "calm")
"""In the order of the speech head's scores: what a voice may show."""


def speech_label(name: str) -> str | None:
    """The label that a corpus means by ``name``; ``None`` for what the speech channel does not tell.

    >>> speech_label("Happiness"), speech_label("boredom")
    ('happy', None)
    """
    return _names().get(name.strip().lower())


@cache
def _names() -> dict[str, str]:
    table = tomllib.loads(
        files("tongli.knowledge").joinpath("speech_labels.toml").read_text(encoding="utf-8")
    )
    return {name: label for label, names in table.items() for name in names}
