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
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

SHINGLE = 4
"""Code points a shingle; shorter texts have no near duplicates."""

BANDS = 20
ROWS = 5
"""Texts of resemblance s share a bucket with probability 1 - (1 - s^ROWS)^BANDS: .9996 at .8, .006 at .2."""

_NEIGHBOURS = 8
_CROWD = 64
_COMPANIONS = 3  # of a text in a crowd
_CHUNK = 1 << 16
_BATCH = 1 << 20
_OWNER, _HASH = np.uint64(17), np.uint64(47)  # bits of a key
_LOW = (np.uint64(1) << _HASH) - np.uint64(1)
_SLACK = 0.16  # four standard deviations of the estimate from 100 rows at .8
_SEED = 1997

_Number = TypeVar("_Number", np.int64, np.uint64)
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

    In a bucket of more than 64 texts, each is compared with the first one and the next two only, so that a
    set full of one template stays linear; pairs of such a crowd may be missed. Shingles are compared by 47
    bits of their hashes.

    Args:
        texts: comparable forms, such as those of :func:`tongli.learning.data.normal.normal_form`.
        threshold: in 0..1; at .7 one pair in 40 at the threshold is missed, at .6 one in 5.
        across: only pairs of one of the first ``across`` texts with one of the others; 0 for all pairs.
        progress: called with the number of texts that are done.
    """
    kept = np.array([index for index, text in enumerate(texts) if len(text) >= SHINGLE], np.int64)
    if len(kept) < 2:
        return
    forms = [texts[index] for index in kept]
    found = signatures(forms, progress=progress)
    bound = int(np.searchsorted(kept, across)) if across else 0
    if across and not 0 < bound < len(kept):
        return
    pairs = _candidates(found, threshold=threshold - _SLACK, across=bound)
    del found
    for part in _batches(pairs, np.array([len(form) for form in forms])):
        resemblances = _resemblances(forms, part)
        close = np.flatnonzero(resemblances >= threshold)
        ends = kept[part[close]]
        for first, second, resemblance in zip(*ends.T.tolist(), resemblances[close].tolist(), strict=True):
            yield Pair(first, second, resemblance)


def jaccard(one: str, other: str) -> float:
    """Shared shingles over all shingles, in 0..1.

    >>> jaccard("good day", "good days")
    0.8333333333333334
    """
    shingles, others = _shingles(one), _shingles(other)
    both = len(shingles & others)
    return both / max(1, len(shingles) + len(others) - both)


def signatures(texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.uint32]:
    """MinHash signatures.

    Args:
        texts: each of at least ``SHINGLE`` code points.
        progress: called with the number of texts that are done.

    Returns:
        Shape ``(texts, BANDS * ROWS)``.
    """
    random = np.random.default_rng(_SEED)
    weights = _weights(random)
    factors = random.integers(1, 1 << 63, BANDS * ROWS, np.uint64) | np.uint64(1)
    found = np.empty((len(texts), BANDS * ROWS), np.uint32)
    for start, stop in _chunks(texts):
        hashes, offsets = _hashes(texts[start:stop], weights)
        for row, factor in enumerate(factors):
            found[start:stop, row] = np.minimum.reduceat(hashes * factor >> np.uint64(32), offsets)
        if progress is not None:
            progress(stop)
    return found


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


def _weights(random: np.random.Generator) -> _Longs:
    return random.integers(1, 1 << 63, SHINGLE, np.uint64)


def _batches(pairs: _Pairs, lengths: _Pairs) -> Iterator[_Pairs]:
    """Pairs of about a million shingles at a time, and of no more pairs than their numbers have room for."""
    sizes = np.cumsum(lengths[pairs].sum(axis=1))
    start = 0
    while start < len(pairs):
        room = (sizes[start - 1] if start else 0) + _BATCH
        stop = min(max(int(np.searchsorted(sizes, room)), start + 1), start + _CHUNK)
        yield pairs[start:stop]
        start = stop


def _resemblances(texts: Sequence[str], pairs: _Pairs) -> NDArray[np.float64]:
    """Jaccard index of each pair's sets of hashed shingles; shape ``(pairs,)``."""
    used, places = np.unique(pairs, return_inverse=True)
    hashes, offsets = _hashes([texts[index] for index in used], _weights(np.random.default_rng(_SEED)))
    owners = np.repeat(np.arange(len(used)), np.diff(offsets, append=len(hashes)))
    distinct = _distinct(_keyed(owners, hashes >> _OWNER))
    sizes = np.bincount((distinct >> _HASH).astype(np.int64), minlength=len(used))
    ends = np.cumsum(sizes)
    members, numbers = places.reshape(-1), np.repeat(np.arange(len(pairs)), 2)
    counts = sizes[members]
    inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = distinct[np.repeat(ends[members] - counts, counts) + inside] & _LOW
    keys = np.sort(_keyed(np.repeat(numbers, counts), chosen))
    both = np.bincount((keys[1:][keys[1:] == keys[:-1]] >> _HASH).astype(np.int64), minlength=len(pairs))
    shares: NDArray[np.float64] = both / (counts[::2] + counts[1::2] - both)
    return shares


def _distinct(numbers: NDArray[_Number]) -> NDArray[_Number]:
    """In order; ``np.unique`` takes fifty times as long for as many as these (numpy 2.3 and 2.4)."""
    numbers.sort()
    fresh = np.concatenate([np.ones(min(1, len(numbers)), bool), numbers[1:] != numbers[:-1]])
    distinct: NDArray[_Number] = numbers[fresh]
    return distinct


def _keyed(owners: _Pairs, hashes: _Longs) -> _Longs:
    keys: _Longs = (owners.astype(np.uint64) << _HASH) | hashes
    return keys


def _candidates(found: NDArray[np.uint32], *, threshold: float, across: int) -> _Pairs:
    """Pairs that share a bucket and look similar enough by their signatures; shape ``(pairs, 2)``."""
    weights = np.random.default_rng(_SEED + 1).integers(1, 1 << 63, ROWS, np.uint64)
    codes = []
    for band in range(0, BANDS * ROWS, ROWS):
        keys = (found[:, band : band + ROWS].astype(np.uint64) * weights).sum(axis=1)
        mates = _mates_across(keys, across) if across else _mates(keys)
        codes += [part[_close(found, part, threshold)] for part in mates]
    pairs: _Pairs = np.stack(np.divmod(_distinct(np.concatenate(codes)), len(found)), axis=1)
    return pairs


def _close(found: NDArray[np.uint32], codes: _Pairs, threshold: float) -> NDArray[np.bool_]:
    close = np.zeros(len(codes), bool)
    for start in range(0, len(codes), _CHUNK):
        one, other = np.divmod(codes[start : start + _CHUNK], len(found))
        close[start : start + _CHUNK] = (found[one] == found[other]).mean(axis=1) >= threshold
    return close


class _Buckets(NamedTuple):
    """Texts by bucket: their order, and for each place where its bucket starts and how many are in it."""

    order: _Pairs
    starts: _Pairs
    sizes: _Pairs

    @classmethod
    def of(cls, keys: _Longs) -> _Buckets:
        """Texts with equal keys, each bucket in the order of the texts."""
        order = np.argsort(keys, kind="stable")
        ordered = keys[order]
        firsts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        sizes = np.diff(firsts, append=len(keys))
        return cls(order, np.repeat(firsts, sizes), np.repeat(sizes, sizes))


def _mates(keys: _Longs) -> Iterator[_Pairs]:
    """``first * len(keys) + second`` of texts with equal keys: near neighbours, and the first of a crowd."""
    order, starts, sizes = _Buckets.of(keys)
    ends, places, crowded = starts + sizes, np.arange(len(keys)), sizes > _CROWD
    for shift in range(1, _NEIGHBOURS + 1):
        same = np.flatnonzero((places + shift < ends) & (~crowded | (shift < _COMPANIONS)))
        yield order[same] * len(keys) + order[same + shift]
    far = np.flatnonzero(crowded & (places - starts >= _COMPANIONS))
    yield order[starts[far]] * len(keys) + order[far]


def _mates_across(keys: _Longs, across: int) -> Iterator[_Pairs]:
    """The same of each text from ``across`` on, with those before: all of a bucket, or some of a crowd."""
    order, starts, sizes = _Buckets.of(keys)
    before = np.concatenate([[0], np.cumsum(order < across)])
    held = before[starts + sizes] - before[starts]
    later = np.flatnonzero((order >= across) & (held > 0))
    held, sizes, starts = held[later], sizes[later], starts[later]
    few = (sizes <= _CROWD) | (held <= _COMPANIONS)
    counts = np.where(few, held, _COMPANIONS)
    which = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    # of a crowd the first, and others by turns, so that different bands compare different ones
    turns = np.repeat(later - starts, counts) + which
    chosen = np.where(np.repeat(few, counts) | (which == 0), which, turns % np.repeat(held, counts))
    yield order[np.repeat(starts, counts) + chosen] * len(keys) + order[np.repeat(later, counts)]
