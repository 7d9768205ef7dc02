"""Short messages of courtesy, which give their language away where letters are too few for a model.

"Дякую" is Ukrainian and "hello" English, whatever the counts of their letters say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import regex

from tongli.core.phrases import fold

LONGEST = 60
"""Code points up to which a text may be nothing but courtesies."""

_BETWEEN = regex.compile(r"[^\p{L}\p{M}\p{N}'\-\s\u200c]+|\n+")
_APOSTROPHES = str.maketrans("’ʼ＇", "'''")
_VOWEL_MARKS = regex.compile("[\u064b-\u0652]")


def language_of(text: str) -> str | None:
    """The language of a text that holds nothing but phrases of courtesy of one language, else ``None``.

    >>> language_of("Hola, ¡muchas gracias!")
    'es'
    """
    if len(text) > LONGEST:
        return None
    parts = [key for part in _BETWEEN.split(text.translate(_APOSTROPHES)) if (key := _key(part))]
    found = {_phrases().get(part) for part in parts}
    return found.pop() if len(found) == 1 else None


def _key(text: str) -> str:
    return " ".join(_VOWEL_MARKS.sub("", fold(text).text).split())


@cache
def _phrases() -> Mapping[str, str]:
    """Phrase → language."""
    data = tomllib.loads((files(__package__) / "courtesies.toml").read_text(encoding="utf-8"))
    return {_key(phrase): lang for lang, listed in data["phrases"].items() for phrase in listed.split("|")}
