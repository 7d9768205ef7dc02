"""Token lists → padded arrays, batched so that little is padding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

TOKENS_A_BATCH = 640
"""Padded tokens a batch: larger ones fall out of the cache and run slower (benchmarks/encoder.py)."""


def pad(rows: Sequence[Sequence[int]], *, pad_id: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Ids and mask, each ``(batch, longest)``; the mask is 1 for real tokens."""
    longest = max(len(row) for row in rows)
    ids = np.full((len(rows), longest), pad_id, np.int64)
    mask = np.zeros((len(rows), longest), np.int32)
    for index, row in enumerate(rows):
        ids[index, : len(row)] = row
        mask[index, : len(row)] = 1
    return ids, mask


def by_length(rows: Sequence[Sequence[int]], *, tokens: int = TOKENS_A_BATCH) -> Iterator[list[int]]:
    """Indices of ``rows`` in batches of similar length, each of at most ``tokens`` padded tokens."""
    batch: list[int] = []
    for index in sorted(range(len(rows)), key=lambda index: len(rows[index])):
        if batch and (len(batch) + 1) * len(rows[index]) > tokens:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
