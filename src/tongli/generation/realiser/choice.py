"""Which wording of each pool a draft uses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from math import gcd, prod


def combinations(sizes: Sequence[int], *, seed: int) -> Iterator[tuple[int, ...]]:
    """Every combination of one index a pool, once, in an order that the seed starts.

    Walks the mixed-radix numbers below ``prod(sizes)`` with a stride that is coprime to their count,
    close to its golden section, so that neighbours differ in most places.
    """
    total = prod(sizes)
    stride = max(1, round(total * 0.618))
    while gcd(stride, total) != 1:
        stride += 1
    start = int.from_bytes(hashlib.sha256(str(seed).encode()).digest()[:8]) % total
    for step in range(total):
        yield _digits((start + step * stride) % total, sizes)


def _digits(number: int, sizes: Sequence[int]) -> tuple[int, ...]:
    digits = []
    for size in sizes:
        number, digit = divmod(number, size)
        digits.append(digit)
    return tuple(digits)
