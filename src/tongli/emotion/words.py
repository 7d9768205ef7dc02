"""What single pieces of words and pairs of neighbours say, by language: the sparse part of a head.

Mean-pooled states of an encoder blur what one rare word says, most of all in languages that it has seen
little of. A linear model of the pieces themselves remembers such words; both together err less than either.

References:
    Wang & Manning (2012), "Baselines and bigrams: simple, good sentiment and topic classification".
    Weinberger et al. (2009), "Feature hashing for large scale multitask learning" (keys made of language and
    feature).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, IntArray
from tongli.core.int8 import quantise
from tongli.knowledge.tags import nearest

Keys = NDArray[np.uint32]
Codes = NDArray[np.uint64]

_PREFIX = "words."
_CODE_BITS = 44
_SINGLE, _PAIR, _KEY = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD))


@dataclass(frozen=True, slots=True)
class Grams:
    """The different pieces and pairs of neighbouring pieces of texts.

    Attributes:
        codes: of every text, text after text.
        starts: ``(texts + 1,)``, where those of each text begin and the last end.
    """

    codes: Codes
    starts: NDArray[np.intp]

    @property
    def sizes(self) -> NDArray[np.intp]:
        """``(texts,)``, how many each text has."""
        return np.diff(self.starts)

    @property
    def norms(self) -> NDArray[np.float64]:
        """``(texts,)``, Euclidean length of each text as a vector of ones; 1 for a text without any."""
        return np.sqrt(np.maximum(self.sizes, 1))

    def of(self, rows: NDArray[np.intp]) -> Grams:
        """Those of some texts, in the order given."""
        low, sizes = self.starts[rows], self.sizes[rows]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.intp)
        places = np.arange(starts[-1]) + np.repeat(low - starts[:-1], sizes)
        return Grams(self.codes[places], starts)

    def keys(self, tags: Sequence[str]) -> Keys:
        """A key of each code and the language of its text; ``tags`` has one language a text."""
        salts = {tag: _salt(tag) for tag in set(tags)}
        salted = np.repeat(np.asarray([salts[tag] for tag in tags], np.uint64), self.sizes)
        return (((self.codes ^ salted) * _KEY) >> np.uint64(32)).astype(np.uint32)


def grams(pieces: Sequence[IntArray]) -> Grams:
    """The grams of texts.

    Args:
        pieces: vocabulary ids of the pieces of each text.
    """
    flat = np.concatenate([*pieces, np.empty(0, np.int32)]).astype(np.uint64)
    owner = np.repeat(np.arange(len(pieces), dtype=np.uint64), [len(ids) for ids in pieces])
    neighbours = owner[1:] == owner[:-1]
    pairs = ((flat[:-1] + np.uint64(1)) * _PAIR + flat[1:])[neighbours]
    codes = np.concatenate([flat, pairs]) * _SINGLE >> np.uint64(64 - _CODE_BITS)
    owners = np.concatenate([owner, owner[1:][neighbours]])
    found = np.unique(owners << np.uint64(_CODE_BITS) | codes)
    counts = np.bincount((found >> np.uint64(_CODE_BITS)).astype(np.intp), minlength=len(pieces))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
    return Grams(found & np.uint64((1 << _CODE_BITS) - 1), starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Weights of grams for ``labels`` outputs.

    Attributes:
        languages: whose grams it knows.
        keys: ``(grams,)``, rising; see :meth:`Grams.keys`.
        weights: ``(grams, labels)``.
        bias: ``(languages, labels)``.
        slope, offset: ``(labels,)``: for other languages, the logits that those of the dense part lead one to
            expect.
    """

    languages: tuple[str, ...]
    keys: Keys
    weights: FloatArray
    bias: FloatArray
    slope: FloatArray
    offset: FloatArray

    def logits(self, found: Grams, *, languages: Sequence[str], dense: FloatArray) -> FloatArray:
        """``(texts, labels)``.

        Args:
            found: grams of the texts.
            languages: BCP-47 tag of each text; a language that is not known is read as its nearest relatives.
            dense: logits ``(texts, labels)`` of the dense part.
        """
        logits = np.asarray(dense * self.slope + self.offset, np.float32)
        relatives = {tag: nearest(tag, self.languages) for tag in set(languages)}
        pairs = [(row, near) for row, tag in enumerate(languages) for near in relatives[tag]]
        if not pairs:
            return logits
        rows = np.asarray([row for row, _ in pairs], np.intp)
        own = self._own(found.of(rows), [near for _, near in pairs])
        counts = np.bincount(rows, minlength=len(languages))
        known = counts > 0
        summed = np.zeros_like(logits)
        np.add.at(summed, rows, own)
        logits[known] = summed[known] / counts[known, None]
        return logits

    def scaled(self, factor: float) -> Words:
        """The same with logits that are ``factor`` times as large."""
        parts = {name: getattr(self, name) * np.float32(factor) for name in _VECTORS}
        return replace(self, **parts)

    def stored(self) -> dict[str, NDArray[Any]]:
        """Arrays for a file of a head: weights as int8 with a float32 scale a column."""
        values, scales = quantise(self.weights, axis=0)
        named = {"keys": self.keys, "weights": values, "weights_scale": scales}
        named |= {name: getattr(self, name) for name in ("bias", "slope", "offset")}
        return {_PREFIX + name: np.ascontiguousarray(value) for name, value in named.items()}

    def _own(self, found: Grams, tags: Sequence[str]) -> FloatArray:
        """Logits of texts in languages that are known."""
        keys = found.keys(tags)
        places = np.searchsorted(self.keys, keys)
        places[places == len(self.keys)] = 0
        hits = np.flatnonzero(self.keys[places] == keys) if len(self.keys) else np.empty(0, np.intp)
        owners = np.repeat(np.arange(len(tags)), found.sizes)[hits]
        picked = self.weights[places[hits]]
        # Column by column: bincount adds many times faster than np.add.at.
        totals = [np.bincount(owners, weights=column, minlength=len(tags)) for column in picked.T]
        place = {tag: index for index, tag in enumerate(self.languages)}
        bias = self.bias[[place[tag] for tag in tags]]
        return np.asarray(np.stack(totals, axis=1) / found.norms[:, None] + bias, np.float32)


_VECTORS = ("weights", "bias", "slope", "offset")


def read_words(stored: Mapping[str, NDArray[Any]], *, languages: Sequence[str], labels: int) -> Words | None:
    """The inverse of :meth:`Words.stored`; ``None`` when a head has no languages whose words it knows.

    Raises:
        KeyError, TypeError, ValueError: missing or ill-fitting arrays.
    """
    if not languages:
        return None
    arrays = {name: stored[_PREFIX + name] for name in ("keys", "bias", "slope", "offset")}
    weights = stored[_PREFIX + "weights"] * stored[_PREFIX + "weights_scale"]
    words = Words(languages=tuple(languages), weights=weights, **arrays)
    shapes = (words.weights.shape, words.bias.shape, words.slope.shape, words.offset.shape)
    if shapes != ((len(words.keys), labels), (len(languages), labels), (labels,), (labels,)):
        raise ValueError(shapes)
    return words


def _salt(tag: str) -> int:
    return int.from_bytes(blake2b(tag.encode(), digest_size=8).digest(), "big")
