"""The same work on many items, a few at a time, the results in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from tongli.applications.ahead import ahead

T = TypeVar("T")
R = TypeVar("R")


def overlap(function: Callable[[T], R], items: Iterable[T], *, workers: int) -> Iterator[R]:
    """Yield ``function(item)`` of every item in order, each as soon as it is ready.

    The iterable runs in the background, so that a result never waits for the next item to come in; at most
    three items are taken and not yielded. What either raises is raised here.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="tongli-read")
    try:
        for future in ahead(pool.submit(function, item) for item in items):
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)
