"""Endings that agree with a person, in one form for all: adjectives and verbs must not show who is meant."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tongli.encoders.impersonal.spelling import fold
from tongli.encoders.impersonal.unlisted import unlisted

_ANY, _NEW = "*", "!"
_SHORTEST = 2
"""Letters that an ending leaves of a word."""
_FURTHEST = 3
"""Words between a copula, or a person, and what is said."""

_MARKS = frozenset(".,;:!?।…")

Rule = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How one language agrees; see ``agreement.toml``."""

    anywhere: tuple[Rule, ...]
    said: tuple[Rule, ...]
    final: tuple[Rule, ...]
    starts: tuple[Rule, ...]
    said_starts: tuple[Rule, ...]
    words: Mapping[str, str]
    never: frozenset[str]
    copulas: frozenset[str]
    between: frozenset[str]
    determiners: frozenset[str]
    persons: bool
    joined: str

    def common(self, lower: Sequence[str], place: int, *, persons: Collection[int]) -> str | None:
        """The common form of the word at a place, ``None`` where it has none."""
        word = lower[place]
        joined = word[0] if word[0] in self.joined else ""
        if joined and word[1:] in self.words:
            return joined + self.words[word[1:]]
        found = self._form(word, lower, place, persons=persons)
        if found is None and joined and len(word) > 1:
            found = self._form(word[1:], lower, place, persons=persons)
            return joined + found if found is not None else None
        return found

    def _form(self, word: str, lower: Sequence[str], place: int, *, persons: Collection[int]) -> str | None:
        if word in self.words:
            return self.words[word]
        if word in self.never or (place > 1 and lower[place - 2] in self.determiners):
            return None
        endings, starts = self.anywhere, self.starts
        if self._is_said(lower, place, persons):
            endings, starts = (*self.said, *endings), (*self.said_starts, *starts)
        if lower[place + 1].lstrip()[:1] in _MARKS:
            endings = (*endings, *self.final)
        return _ending(word, endings) or _start(word, starts)

    def _is_said(self, lower: Sequence[str], place: int, persons: Collection[int]) -> bool:
        """Whether the word is said of somebody: behind a copula or, in some languages, a person."""
        for at in range(place - 2, max(place - 2 * _FURTHEST, 0) - 1, -2):
            if at < 1 or lower[at + 1] != " ":
                return False
            if lower[at].lstrip(self.joined or " ") in self.copulas or (self.persons and at in persons):
                return True
            if lower[at] not in self.between:
                return False
        return False


def agree(parts: list[str], *, lang: str | None, persons: Collection[int]) -> None:
    """Put the words of a text that agree with its persons in their common forms, in place.

    Args:
        parts: separators at even places, words at odd ones.
        lang: of the text; nothing is done for one without rules.
        persons: places that hold the common person.
    """
    grammar = grammars().get(lang or "")
    if grammar is None:
        return
    lower = [part.lower() for part in parts]
    for place in range(1, len(parts), 2):
        if place not in persons and (form := grammar.common(lower, place, persons=persons)):
            parts[place] = _as(parts[place], form)


@cache
def grammars() -> Mapping[str, Grammar]:
    """Language → how it agrees; the first call reads the file."""
    path = files("tongli.encoders.impersonal") / "agreement.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {lang: _grammar(entry) for lang, entry in data.items()}


def _grammar(entry: Mapping[str, Any]) -> Grammar:
    def rules(key: str) -> tuple[Rule, ...]:
        return _rules(entry.get(key, ()))

    def words(key: str) -> frozenset[str]:
        return frozenset(entry.get(key, "").split())

    return Grammar(
        anywhere=rules("anywhere"),
        said=rules("said"),
        final=rules("final"),
        starts=rules("starts"),
        said_starts=rules("said_starts"),
        words=entry.get("words", {}),
        never=words("never"),
        copulas=words("copulas"),
        between=words("between"),
        determiners=words("determiners"),
        persons=entry.get("persons", False),
        joined=entry.get("joined", ""),
    )


def _rules(lines: Iterable[str]) -> tuple[Rule, ...]:
    split = (line.replace("_", "").split(" ") for line in lines)
    return tuple((old, new, needed) for old, new, needed in split)


def _ending(word: str, rules: Iterable[Rule]) -> str | None:
    for old, new, needed in rules:
        if word.endswith(old) and len(word) - len(old) >= _SHORTEST:
            stem = word[: len(word) - len(old)]
            if _holds(word, stem + needed, needed):
                return stem + new
    return None


def _start(word: str, rules: Iterable[Rule]) -> str | None:
    for old, new, needed in rules:
        if word.startswith(old) and len(word) - len(old) >= _SHORTEST:
            stem = word[len(old) :]
            if _holds(word, needed + stem, needed):
                return new + stem
    return None


def _holds(word: str, other: str, needed: str) -> bool:
    if needed == _ANY:
        return True
    return not unlisted().is_ordinary(fold(word)) if needed == _NEW else unlisted().is_ordinary(fold(other))


def _as(word: str, form: str) -> str:
    """The form with the capitals of the word."""
    if len(word) > 1 and word.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if word[:1].isupper() else form
