"""How often somebody may ask."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from tongli.serving.problems import ServingError

_MOST_KEYS = 10_000


class Rate:
    """A limit for each key: ``most`` requests at once, then one every ``seconds / most``.

    Counted in this process alone; the keys that were quiet the longest are forgotten first.

    Args:
        most: requests in ``seconds``.
        seconds: how long they take to come back.
        clock: seconds from any start.

    References:
        The generic cell rate algorithm (ITU-T I.371), which needs one number a key.
    """

    def __init__(self, *, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._step, self._slack = seconds / most, seconds
        self._clock = clock
        self._free: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def take(self, key: str) -> None:
        """Count one request; raises ``ServingError`` (``request.rate``, 429) when there were too many."""
        with self._lock:
            now = self._clock()
            free = max(self._free.get(key, now), now) + self._step
            if free - now > self._slack + 1e-9:
                raise _too_many()
            self._free[key] = free
            self._free.move_to_end(key)
            if len(self._free) > _MOST_KEYS:
                self._free.popitem(last=False)


def _too_many() -> ServingError:
    return ServingError(
        "request.rate",
        status=429,
        received="too many requests in a short time",
        allowed="fewer",
        fix="Wait a little, then try again.",
    )
