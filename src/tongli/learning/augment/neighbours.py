"""Near words of the record set's own vocabulary, by the encoder's vectors.

Near in a vector space is not the same in meaning: "love" is near "hate". So a word may only stand for another
that people labelled in the same way: both must occur in enough labelled records of the language, and their
mean labels must agree. Short words and the commonest ones, negations among them, are never replaced.

References:
    Wang and Yang (2015), "That's so annoying!!!: data augmentation using embedding neighbours", EMNLP.
    Mrkšić et al. (2016), "Counter-fitting word vectors to linguistic constraints" (why antonyms are near).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray
from tongli.encoders.segment import words
from tongli.learning.augment.languages import language_of
from tongli.learning.augment.method import Sentences
from tongli.learning.data.record import Record

_FEWEST = 3
"""Records that a word must occur in."""

_COMMON = 0.05
"""Share of a language's records above which a word is taken to be a function word."""

_SHORTEST = 3
_ALLOWED_GAP = 0.25
_NEAR = 0.35
"""Share of the way from the vocabulary's mean cosine to 1 that a neighbour must be near by."""

_MOST_WORDS = 4000
_CLOSEST = 3

Neighbours = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Use:
    """How a word is used: records that hold it, and the mean of their labels."""

    records: int
    means: Mapping[tuple[str, str], float]


def find_neighbours(records: Iterable[Record], *, sentences: Sentences) -> dict[str, Neighbours]:
    """Language → word in lower case → its nearest words that may stand for it, at most three."""
    by_language: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_language[language_of(record.lang)].append(record)
    return {lang: _of_language(own, sentences=sentences) for lang, own in by_language.items()}


def word_set(text: str) -> set[str]:
    """Distinct words in lower case."""
    return {text[start:end].lower() for start, end in words(text)}


def _of_language(records: Sequence[Record], *, sentences: Sentences) -> Neighbours:
    uses = _uses(records)
    common = _COMMON * len(records)
    vocabulary = sorted(
        (
            word
            for word, use in uses.items()
            if _FEWEST <= use.records <= max(common, _FEWEST) and len(word) >= _SHORTEST and word.isalpha()
        ),
        key=lambda word: (-uses[word].records, word),
    )[:_MOST_WORDS]
    if len(vocabulary) < 2:
        return {}
    near = _nearest(np.asarray(sentences(vocabulary), np.float32))
    return {
        word: found
        for word, places in zip(vocabulary, near, strict=True)
        if (found := tuple(_fitting(word, [vocabulary[place] for place in places], uses)))
    }


def _fitting(word: str, others: Sequence[str], uses: Mapping[str, _Use]) -> list[str]:
    return [other for other in others if _alike(uses[word], uses[other]) and not _same_stem(word, other)]


def _nearest(vectors: FloatArray) -> list[list[int]]:
    """Places of the nearest rows of each row, nearest first, those that are near enough."""
    cosines = vectors @ vectors.T
    far = cosines.mean(axis=1, keepdims=True)
    nearness = (cosines - far) / np.maximum(1 - far, 1e-6)
    np.fill_diagonal(nearness, -np.inf)
    order = np.argsort(-nearness, axis=1, kind="stable")[:, :_CLOSEST]
    return [
        [int(place) for place in row if nearness[index, place] >= _NEAR] for index, row in enumerate(order)
    ]


def _uses(records: Sequence[Record]) -> dict[str, _Use]:
    counts: Counter[str] = Counter()
    sums: dict[str, dict[tuple[str, str], list[float]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        values = {(head, label): value for head, own in record.labels.items() for label, value in own.items()}
        for word in word_set(record.text) if values else ():
            counts[word] += 1
            for key, value in values.items():
                sums[word][key].append(value)
    return {
        word: _Use(count, {key: float(np.mean(found)) for key, found in sums[word].items()})
        for word, count in counts.items()
    }


def _alike(one: _Use, other: _Use) -> bool:
    return one.means.keys() == other.means.keys() and all(
        abs(value - other.means[key]) <= _ALLOWED_GAP for key, value in one.means.items()
    )


def _same_stem(one: str, other: str) -> bool:
    """Forms of one word are not synonyms: exchanging them only breaks agreement."""
    length = min(len(one), len(other))
    return one[: max(3, length - 2)] == other[: max(3, length - 2)]
