"""Random choices that depend on the seed and the text only, never on the order of the records."""

from __future__ import annotations

import hashlib
import random


def generator(seed: int, *parts: str) -> random.Random:
    """A generator of its own for each seed and sequence of strings."""
    key = "\x1f".join((str(seed), *parts)).encode("utf-8", "surrogatepass")
    return random.Random(hashlib.sha256(key).digest())  # noqa: S311 - repeatable, guards nothing
