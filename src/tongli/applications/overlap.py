"""The same work on many items, a few at a time, the results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def overlap(function: Callable[[T], R], items: Iterable[T], *, workers: int) -> Iterator[R]:
    """Yield ``function(item)`` of every item in order, with at most ``workers`` items taken and not yielded.

    What either raises is raised here; items that were not begun by then never are.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="tongli-read")
    pending: deque[Future[R]] = deque()
    try:
        for item in items:
            pending.append(pool.submit(function, item))
            if len(pending) == workers:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
