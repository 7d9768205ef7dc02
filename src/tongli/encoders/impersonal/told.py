"""Which language a text is in, told by its words alone: names have no say in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from tongli.encoders.impersonal.lists import Lists
from tongli.encoders.impersonal.unlisted import COUNTED, ENGLISH, LEAST, unlisted

CLEAR: Final = 0.5
"""Share of the words written small that must be ordinary ones of a language for the text to be in it."""

_LETTERS: Final = {
    char: lang
    for lang, chars in {
        "tr": "ığ", "de": "ß", "es": "ñ", "pt": "ãõ", "pl": "łżź", "hu": "őű", "cs": "řěů", "ro": "țș",
        "uk": "їєґ",
    }.items()
    for char in chars
}  # fmt: skip
"""Letter → the one of these languages that has it."""


class Told:
    """The language of one text.

    Args:
        parts: separators at even places, words at odd ones.
        lower: in lower case.
        folded: as the list of names spells them.
        known: what is known of words.
    """

    def __init__(
        self, parts: Sequence[str], lower: Sequence[str], folded: Sequence[str], known: Lists
    ) -> None:
        self._parts, self._lower, self._folded, self._known = tuple(parts), lower, folded, known

    @cached_property
    def language(self) -> str | None:
        """The language that most frequent words speak for; ``None`` without any."""
        return max(self._votes, key=self._votes.__getitem__) if self._votes else None

    @cached_property
    def likely(self) -> str | None:
        """The language, or the one that is clear, or else the one that has such letters."""
        return self.language or self.clear or self._spelled

    def among(self, languages: Mapping[str, str]) -> str | None:
        """Of some languages the one that most words speak for, unless they prefer another."""
        most = max(self._votes.values(), default=0)
        return next((lang for lang in languages if self._votes.get(lang, 0) == most), None)

    @cached_property
    def clear(self) -> str | None:
        """The language, if most words written small are ordinary ones of it, and no more of another language.

        Where no frequent word speaks for one, it is the language with the most of them, if it is alone.
        """
        if (self.language or ENGLISH) not in COUNTED:
            return None
        words, folded = self._parts[1::2], self._folded[1::2]
        small = [name for word, name in zip(words, folded, strict=True) if word[0].islower()]
        least = math.ceil(CLEAR * len(small))
        if not small:
            return None
        if self.language is None:
            return _alone(small, least=max(least, 2))
        own = _own(small, lang=self.language, least=least)
        others = COUNTED - {self.language}
        if own is None or any(_own(small, lang=each, least=own + 1) is not None for each in others):
            return None
        return self.language

    def is_ordinary(self, word: str) -> bool:
        """Whether a folded word is an ordinary one of the text's language, or of any if that is not clear."""
        model = unlisted()
        return model.is_ordinary(word) and (self.clear is None or model.is_ordinary(word, lang=self.clear))

    @property
    def named_in(self) -> str:
        """Key of ``LEAST`` for names on no list; a language of which nothing is known is not there."""
        clear = self.clear or ""
        if self.language or clear in LEAST:
            return self.language or clear
        return "" if self._spelled is None or self._spelled in LEAST else self._spelled

    @cached_property
    def _spelled(self) -> str | None:
        """The language of the first of ``_LETTERS``."""
        return next((_LETTERS[char] for part in self._lower[1::2] for char in part if char in _LETTERS), None)

    @cached_property
    def _votes(self) -> dict[str, int]:
        votes: dict[str, int] = {}
        evidence, names = self._known.evidence, self._known.names
        for word, name in zip(self._lower[1::2], self._folded[1::2], strict=True):
            if names.get(name, True):  # names that are nothing else have no say
                for lang in evidence.get(word, ()):
                    votes[lang] = votes.get(lang, 0) + 1
        return votes


def _alone(words: Sequence[str], *, least: int) -> str | None:
    """The one language of which more of the words are ordinary ones than of any other, and so many."""
    best: list[str] = []
    for lang in COUNTED:
        found = _own(words, lang=lang, least=least)
        if found is not None:
            best = [lang] if found > least else [*best, lang]
            least = found
    return best[0] if len(best) == 1 else None


def _own(words: Sequence[str], *, lang: str, least: int) -> int | None:
    """How many of the words are ordinary ones of a language; ``None`` as soon as they are too few.

    Most languages are given up after a word or two, which makes this twenty times as fast as counting.
    """
    missing = len(words) - least
    for word in words:
        if missing < 0:
            return None
        missing -= not _is_own(word, lang)
    return least + missing if missing >= 0 else None


@lru_cache(maxsize=1 << 16)
def _is_own(word: str, lang: str) -> bool:
    """As the filter says; the same words come again and again."""
    return unlisted().is_form_of(word, lang=lang)
