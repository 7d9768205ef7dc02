"""Courtesies: short messages that give their language away where letters are too few, and words of thanks.

"Дякую" is Ukrainian and "hello" English, whatever the counts of their letters say.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import regex

from tongli.core.phrases import Phrases, fold
from tongli.knowledge.tags import primary

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


def gives_thanks(text: str, *, lang: str) -> bool:
    """Whether a text holds a word of thanks, and no wording that only looks like it.

    >>> gives_thanks("Merci beaucoup !", lang="fr"), gives_thanks("Thanks for nothing.", lang="en")
    (True, False)

    Args:
        text: of any length.
        lang: its BCP-47 tag; without a list for it the answer is no.
    """
    said, unlike = _thanks().get(primary(lang), (None, None))
    return bool(said and said.find(text)) and not (unlike and unlike.find(text))


def _key(text: str) -> str:
    return " ".join(_VOWEL_MARKS.sub("", fold(text).text).split())


@cache
def _thanks() -> Mapping[str, tuple[Phrases, Phrases | None]]:
    """Language → words of thanks, and what only looks like them."""
    data = _data()
    unlike = {lang: Phrases(listed.split("|")) for lang, listed in data["no_thanks"].items()}
    return {lang: (Phrases(listed.split("|")), unlike.get(lang)) for lang, listed in data["thanks"].items()}


def _data() -> Mapping[str, Mapping[str, str]]:
    data: Mapping[str, Mapping[str, str]] = tomllib.loads(
        (files(__package__) / "courtesies.toml").read_text(encoding="utf-8")
    )
    return data


@cache
def _phrases() -> Mapping[str, str]:
    """Phrase → language."""
    return {_key(phrase): lang for lang, listed in _data()["phrases"].items() for phrase in listed.split("|")}
