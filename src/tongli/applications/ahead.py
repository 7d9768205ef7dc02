"""Work done one step ahead, in the background."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_JOIN_SECONDS = 1.0
_POLL_SECONDS = 0.1


class _End(Exception):  # noqa: N818 - not an error: the iterable ran out
    pass


class _Producer(threading.Thread):
    """Runs an iterable until it ends, fails, or ``left`` is set; holds at most one item in ``slot``.

    A daemon, because a thread that waits on standard input cannot be woken: leaving must not wait for it.
    """

    def __init__(self, items: Iterable[object]) -> None:
        super().__init__(name="tongli-ahead", daemon=True)
        self.slot: queue.Queue[object] = queue.Queue(maxsize=1)
        self.left = threading.Event()
        self._items = items

    def run(self) -> None:
        try:
            for item in self._items:
                self._put(item)
                if self.left.is_set():
                    return
            self._put(_End())
        except BaseException as error:  # noqa: BLE001 - handed to the consumer, which raises it
            self._put(error)

    def _put(self, item: object) -> None:
        while not self.left.is_set():
            try:
                self.slot.put(item, timeout=_POLL_SECONDS)
            except queue.Full:
                continue
            return


def ahead(items: Iterable[T]) -> Iterator[T]:
    """Yield the items of an iterable that a background thread runs one item ahead.

    The iterable's exceptions are raised here; none of its items may be an exception.
    """
    producer = _Producer(items)
    producer.start()
    try:
        while True:
            item = producer.slot.get()
            if isinstance(item, _End):
                return
            if isinstance(item, BaseException):
                raise item
            yield item  # type: ignore[misc]
    finally:
        producer.left.set()
        producer.join(_JOIN_SECONDS)
