"""Near duplicates among many texts: MinHash signatures, banded into buckets, candidates checked exactly.

A text is the set of its runs of four code points, which needs no words and so suits every script. The
resemblance of two texts is the Jaccard index of their sets.

References:
    Broder (1997), "On the resemblance and containment of documents", SEQUENCES.
    Indyk and Motwani (1998), "Approximate nearest neighbors", STOC; the bands are those of Leskovec,
    Rajaraman and Ullman (2020), "Mining of Massive Datasets", section 3.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SHINGLE = 4
"""Code points a shingle; shorter texts have no near duplicates."""

BANDS = 20
ROWS = 5
"""Texts of resemblance s share a bucket with probability 1 - (1 - s^ROWS)^BANDS: .9996 at .8, .006 at .2."""

_NEIGHBOURS = 8
_CHUNK = 1 << 16
_SLACK = 0.16  # four standard deviations of the estimate from 100 rows at .8
_SEED = 1997

_Longs = NDArray[np.uint64]
_Pairs = NDArray[np.int64]


class Pair(NamedTuple):
    """Indices of two texts, the first below the second, and their resemblance in 0..1."""

    first: int
    second: int
    resemblance: float


def similar_pairs(
    texts: Sequence[str],
    *,
    threshold: float,
    across: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Pair]:
    """Pairs of texts at or above a resemblance; no false pairs, and few are missed.

    In a bucket of more than 8 texts, each is compared with its 8 nearest in order only, so that a set
    full of one template stays quick; pairs of such a crowd may be missed.

    Args:
        texts: comparable forms, such as those of :func:`tongli.learning.data.normal.normal_form`.
        threshold: in 0..1; at .7 one pair in 40 at the threshold is missed, at .6 one in 5.
        across: only pairs of one of the first ``across`` texts with one of the others; 0 for all pairs.
        progress: called with the number of texts that are done.
    """
    kept = np.array([index for index, text in enumerate(texts) if len(text) >= SHINGLE], np.int64)
    if len(kept) < 2:
        return
    found = signatures([texts[index] for index in kept], progress=progress)
    pairs = kept[_candidates(found, threshold=threshold - _SLACK)]
    if across:
        pairs = pairs[(pairs[:, 0] < across) & (pairs[:, 1] >= across)]
    for first, group in groupby(pairs.tolist(), key=lambda pair: pair[0]):
        shingles = _shingles(texts[first])
        for _, second in group:
            resemblance = _jaccard(shingles, _shingles(texts[second]))
            if resemblance >= threshold:
                yield Pair(first, second, resemblance)


def jaccard(one: str, other: str) -> float:
    """Shared shingles over all shingles, in 0..1.

    >>> jaccard("good day", "good days")
    0.8333333333333334
    """
    return _jaccard(_shingles(one), _shingles(other))


def signatures(texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.uint32]:
    """MinHash signatures.

    Args:
        texts: each of at least ``SHINGLE`` code points.
        progress: called with the number of texts that are done.

    Returns:
        Shape ``(texts, BANDS * ROWS)``.
    """
    random = np.random.default_rng(_SEED)
    weights = random.integers(1, 1 << 63, SHINGLE, np.uint64)
    factors = random.integers(1, 1 << 63, BANDS * ROWS, np.uint64) | np.uint64(1)
    found = np.empty((len(texts), BANDS * ROWS), np.uint32)
    for start, stop in _chunks(texts):
        hashes, offsets = _hashes(texts[start:stop], weights)
        for row, factor in enumerate(factors):
            found[start:stop, row] = np.minimum.reduceat(hashes * factor >> np.uint64(32), offsets)
        if progress is not None:
            progress(stop)
    return found


def _jaccard(one: set[str], other: set[str]) -> float:
    both = len(one & other)
    return both / max(1, len(one) + len(other) - both)


def _shingles(text: str) -> set[str]:
    return {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}


def _chunks(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Ranges of texts of about ``_CHUNK`` code points, which fit the processor's cache."""
    start = size = 0
    for index, text in enumerate(texts):
        size += len(text)
        if size >= _CHUNK:
            yield start, index + 1
            start, size = index + 1, 0
    if start < len(texts):
        yield start, len(texts)


def _hashes(texts: Sequence[str], weights: _Longs) -> tuple[_Longs, _Pairs]:
    """Hashes of all shingles, text after text, and where each text begins."""
    lengths = np.array([len(text) for text in texts])
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    count = len(points) - SHINGLE + 1
    mixed = np.zeros(count, np.uint64)
    for place, weight in enumerate(weights):
        mixed += points[place : place + count] * weight
    mixed ^= mixed >> np.uint64(31)  # or neighbouring code points would keep their order
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    inside = np.ones(len(points), bool)
    ends = np.cumsum(lengths)
    for back in range(1, SHINGLE):
        inside[ends - back] = False  # these would reach into the next text
    return mixed[inside[:count]], np.concatenate([[0], np.cumsum(lengths - SHINGLE + 1)[:-1]])


def _candidates(found: NDArray[np.uint32], *, threshold: float) -> _Pairs:
    """Pairs that share a bucket and look similar enough by their signatures; shape ``(pairs, 2)``."""
    count = len(found)
    weights = np.random.default_rng(_SEED + 1).integers(1, 1 << 63, ROWS, np.uint64)
    codes = np.empty(0, np.int64)
    for band in range(0, BANDS * ROWS, ROWS):
        keys = (found[:, band : band + ROWS].astype(np.uint64) * weights).sum(axis=1)
        codes = np.union1d(codes, _bucket_mates(keys))
    pairs = np.stack(np.divmod(codes, count), axis=1)
    close = [
        (found[part[:, 0]] == found[part[:, 1]]).mean(axis=1) >= threshold
        for part in np.array_split(pairs, 1 + len(pairs) // _CHUNK)
    ]
    chosen: _Pairs = pairs[np.concatenate(close)]
    return chosen


def _bucket_mates(keys: _Longs) -> _Pairs:
    """``first * len(keys) + second`` for near neighbours with equal keys."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    found = []
    for shift in range(1, min(_NEIGHBOURS, len(keys) - 1) + 1):
        same = np.flatnonzero(ordered[shift:] == ordered[:-shift])
        if not len(same):
            break
        found.append(order[same] * len(keys) + order[same + shift])
    return np.concatenate(found) if found else np.empty(0, np.int64)
