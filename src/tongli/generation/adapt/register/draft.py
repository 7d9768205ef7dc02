"""A text with its words, and what is to change in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import regex

from tongli.core import Edit, FloatArray, ModelError, Question, Span, Tokens

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}\u200c\u200d]+")
_SENTENCE = regex.compile(r"[!?…¡¿।。！？\n]|\.(?!$)")  # no blank after it: within a name, as "tongli.org"
_CLAUSE = regex.compile(r"[.,;:!?…¡¿।。！？、，()\[\]\n\"„“”«»–—]")

_REACH = 80
"""Words on either side beyond which a clause or sentence is not looked for: time stays linear in the text."""

ReadTokens = Callable[[Sequence[str]], Sequence[Tokens]]
"""An encoder's states of texts: :meth:`tongli.Tongli.tokens`."""

REASONS: Mapping[str, str] = {
    "pronoun": "the form of address",
    "possessive": "the possessive of the form of address",
    "verb": "agrees with the form of address",
    "particle": "marks the register",
    "level": "the speech level",
}


class Word(NamedTuple):
    """One word: as written, in lower case, where, and what stands between it and the word before."""

    text: str
    low: str
    start: int
    end: int
    gap: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


class Draft:
    """Collects changes to the words of a text; the first one to a word stands.

    Args:
        text: the original, which never changes.
        tokens: states of an encoder, asked for when they are first needed.
        original: the English text that this one translates, where there is one.
    """

    __slots__ = ("__dict__", "_asked", "_changed", "_read", "_taken", "original", "text")

    def __init__(self, text: str, *, tokens: ReadTokens | None = None, original: Draft | None = None) -> None:
        self.text = text
        self.original = original
        self._read = tokens
        self._changed: dict[int, tuple[int, str, str]] = {}
        self._taken: set[int] = set()
        self._asked: dict[int, Question] = {}

    @cached_property
    def words(self) -> list[Word]:
        """Words in order."""
        words = []
        end = 0
        for match in _WORD.finditer(self.text):
            word = match[0]
            words.append(Word(word, word.lower(), match.start(), match.end(), self.text[end : match.start()]))
            end = match.end()
        return words

    @cached_property
    def tokens(self) -> Tokens | None:
        """The encoder's states; nothing without an encoder, or where its weights cannot be had."""
        if self._read is None:
            return None
        try:
            return self._read([self.text])[0]
        except ModelError:  # words alone tell less, but enough to go on
            return None

    def state(self, index: int) -> FloatArray | None:
        """Mean state of a word's tokens, ``(hidden,)``; nothing where there are none."""
        if self.tokens is None:
            return None
        word, spans = self.words[index], self.tokens.spans
        first = bisect_right(spans, word.start, key=lambda span: span[1])
        last = bisect_left(spans, word.end, key=lambda span: span[0])
        if first >= last:
            return None
        mean: FloatArray = self.tokens.states[first:last].mean(axis=0)
        return mean

    @cached_property
    def unit_states(self) -> FloatArray | None:
        """States of all words less their mean, of unit length: ``(words, hidden)``; nothing without any."""
        states = [self.state(index) for index in range(len(self.words))]
        known = [state for state in states if state is not None]
        if not known:
            return None
        mean = np.mean(known, axis=0)
        rows = np.stack([np.zeros_like(mean) if state is None else state - mean for state in states])
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(norms, 1e-6), np.float32)

    def low(self, index: int) -> str:
        """A word in lower case; empty outside the text."""
        return self.words[index].low if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """What stands before a word; at and after the end, all that follows the last one."""
        if index < len(self.words):
            return self.words[index].gap
        return self.text[self.words[-1].end :] if self.words else self.text

    def opens_sentence(self, index: int) -> bool:
        """Whether a sentence begins with the word."""
        return index == 0 or index in self._openings[1]

    def opens_clause(self, index: int) -> bool:
        """Whether punctuation, or nothing, stands before the word."""
        return index <= 0 or index >= len(self.words) or index in self._openings[0]

    @cached_property
    def _openings(self) -> tuple[frozenset[int], frozenset[int]]:
        """Words with punctuation before them: of a clause, and of a sentence."""
        clauses = frozenset(index for index, word in self if _CLAUSE.search(word.gap))
        return clauses, frozenset(index for index in clauses if _SENTENCE.search(self.words[index].gap))

    def clause(self, index: int) -> range:
        """Words around one, as far as the next punctuation on both sides."""
        first, last = index, index + 1
        while first > index - _REACH and not self.opens_clause(first):
            first -= 1
        while last < index + _REACH and not self.opens_clause(last):
            last += 1
        return range(first, last)

    def sentence(self, index: int) -> range:
        """Words of the sentence that one belongs to."""
        openings = self._sentences
        place = bisect_right(openings, index)
        first = max(openings[place - 1] if place else 0, index - _REACH)
        following = openings[place] if place < len(openings) else len(self.words)
        return range(first, max(index + 1, min(following, index + _REACH)))

    @cached_property
    def _sentences(self) -> list[int]:
        """Words that open a sentence, in order."""
        return sorted(self._openings[1] | {0})

    def ends_with(self, index: int, mark: str) -> bool:
        """Whether the punctuation after the sentence of a word contains ``mark``."""
        return mark in self.gap(self.sentence(index).stop)

    def changed(self, index: int) -> bool:
        """Whether a word has a change."""
        return 0 <= index < len(self.words) and self.words[index].start in self._changed

    def put(self, index: int, after: str, *, kind: str, last: int | None = None) -> None:
        """Replace a word, or all words up to ``last``; capitals follow the first word replaced."""
        word = self.words[index]
        if word.capital and (self.opens_sentence(index) or after[:1].isupper()):
            after = after[:1].upper() + after[1:]
        self.splice(word.start, self.words[index if last is None else last].end, after, kind=kind)

    def splice(self, start: int, end: int, after: str, *, kind: str) -> None:
        """Replace code points, unless a change covers some of them or nothing would change."""
        free = start not in self._changed and self._taken.isdisjoint(range(start, max(end, start + 1)))
        if free and self.text[start:end] != after:
            self._changed[start] = (end, after, kind)
            self._taken.update(range(start, end))

    def keep(self, start: int, end: int) -> None:
        """Leave code points as they are: what is proposed for them from now on is dropped."""
        self._taken.update(range(start, end))

    def ask(self, index: int, options: tuple[str, ...], *, kind: str) -> None:
        """Leave a word to the writer."""
        word = self.words[index]
        self._asked[word.start] = Question(
            span=(word.start, word.end),
            text=f"Does “{word.text}” mean the person addressed?",
            options=(*options, word.text),
            kind=kind,
            source="register",
        )

    def fresh(self) -> Draft:
        """The same text with nothing changed; what was found out about its words is kept."""
        other = Draft(self.text, tokens=self._read, original=self.original)
        other.__dict__.update(self.__dict__)
        return other

    def changes(self) -> list[tuple[Span, str]]:
        """Span and kind of all changes, in order."""
        return [((start, end), kind) for start, (end, _, kind) in sorted(self._changed.items())]

    def edits(self) -> tuple[Edit, ...]:
        """All changes, in order."""
        return tuple(
            Edit(
                span=(start, end),
                before=self.text[start:end],
                after=after,
                kind="address",
                reason=REASONS[kind],
                source="register",
            )
            for start, (end, after, kind) in sorted(self._changed.items())
        )

    def questions(self) -> tuple[Question, ...]:
        """All that is left to the writer, in order."""
        return tuple(
            question for start, question in sorted(self._asked.items()) if start not in self._changed
        )

    def __iter__(self) -> Iterator[tuple[int, Word]]:
        return iter(enumerate(self.words))
