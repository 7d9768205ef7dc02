"""Stored states in memory, where they fit.

A memory map is read through the system's file cache, which other work pushes out during a long run; every
step then waits for the disk.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]

from tongli.learning.states import States

_SHARE = 0.5
"""Of the available memory that the copies may take."""

_GROUP = Path("/sys/fs/cgroup")


def resident(states: States, *, copies: int, tell: Callable[[str], None]) -> States:
    """The states in memory if there is room, else as they are.

    Args:
        states: as memory maps; arrays in memory are not copied again.
        copies: processes of this machine that each make one.
        tell: told when it is done, since reading takes a while.
    """
    maps = [part for part in (states.tokens, states.pooled) if isinstance(part, np.memmap)]
    size = sum(part.nbytes for part in maps)
    if not maps or size * copies > _SHARE * available():
        return states
    tell(f"reading {size / 1e9:.1f} GB of stored states into memory")
    return States(tokens=np.array(states.tokens), starts=states.starts, pooled=np.array(states.pooled))


def available() -> float:
    """Bytes that could still be used without swapping, on the machine and in its container."""
    return min(float(psutil.virtual_memory().available), _group_available())


def _group_available() -> float:
    """What a control group (version 2) still allows; file caches give way."""
    try:
        limit, used, details = (
            (_GROUP / name).read_text("utf-8") for name in ("memory.max", "memory.current", "memory.stat")
        )
        known = dict(line.split() for line in details.splitlines())
        cached = int(known["active_file"]) + int(known["inactive_file"])
        return math.inf if limit.strip() == "max" else int(limit) - int(used) + cached
    except (OSError, ValueError, KeyError):
        return math.inf
