"""Synonym replacement: WordNet for English where it is installed, embedding neighbours otherwise.

References:
    Zhang, Zhao and LeCun (2015), "Character-level convolutional networks for text classification", NIPS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import regex

from tongli.core import Span
from tongli.encoders.segment import words
from tongli.learning.augment.chance import generator
from tongli.learning.augment.languages import language_of
from tongli.learning.augment.method import Proposal, Sentences
from tongli.learning.augment.neighbours import Neighbours, find_neighbours
from tongli.learning.augment.wordnet import synonyms
from tongli.learning.augment.words import chosen, free, replaced
from tongli.learning.data.record import Record

_SHARE = 0.34
_SHORTEST = 4
"""Shorter English words are mostly function words, which WordNet mistakes for elements and units."""

_ARTICLE = regex.compile(r"\ban?\s+$", regex.IGNORECASE)


class Synonyms:
    """Replaces a third of the words that have a synonym.

    Args:
        vocabulary: records whose words may be neighbours.
        sentences: unit vectors of texts, here of words.
        wordnet: folder of an English WordNet; ``None`` takes neighbours for English too.
    """

    def __init__(
        self, vocabulary: Iterable[Record], *, sentences: Sentences, wordnet: Path | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._sentences = sentences
        self.wordnet = wordnet

    def propose(self, records: Sequence[Record], *, count: int, seed: int) -> list[list[Proposal]]:
        """Different choices of words a proposal."""
        return [self._of(record, count=count, seed=seed) for record in records]

    def _of(self, record: Record, *, count: int, seed: int) -> list[Proposal]:
        options, detail = self._options(language_of(record.lang))
        text = record.text
        spans = [
            span for span in free(words(text), text) if _fitting(text, span, options) and _movable(text, span)
        ]
        found: dict[str, Proposal] = {}
        for turn in range(count if spans else 0):
            source = generator(seed + turn, "synonyms", record.id)
            changes = {
                span: source.choice(_fitting(text, span, options))
                for span in chosen(spans, share=_SHARE, source=source)
            }
            changed = replaced(text, changes)
            found.setdefault(changed, Proposal(text=changed, detail=detail))
        return list(found.values())

    def _options(self, lang: str) -> tuple[Mapping[str, tuple[str, ...]], str]:
        if lang == "en" and self.wordnet is not None:
            return synonyms(self.wordnet), "wordnet"
        return self._neighbours.get(lang, {}), "neighbours"

    @cached_property
    def _neighbours(self) -> dict[str, Neighbours]:
        own = [
            record
            for record in self._vocabulary
            if not (self.wordnet is not None and language_of(record.lang) == "en")
        ]
        return find_neighbours(own, sentences=self._sentences)


def _fitting(text: str, span: Span, options: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Words that may stand here: behind "a" or "an" only those that sound alike."""
    word = text[slice(*span)].lower()
    found = options.get(word, ()) if len(word) >= _SHORTEST or not word.isascii() else ()
    if _ARTICLE.search(text, 0, span[0]):
        return [other for other in found if (other[0] in "aeiou") == (word[0] in "aeiou")]
    return list(found)


def _movable(text: str, span: Span) -> bool:
    """A capital inside a sentence may be a name."""
    start, end = span
    word = text[start:end]
    return word.islower() or word.isupper() or not word.isascii() or not text[:start].strip()
