from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from tongli.applications.ahead import ahead


def test_items_keep_their_order() -> None:
    assert list(ahead(range(100))) == list(range(100))


def test_exceptions_arrive_after_the_items_before_them() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyError("x")

    found = ahead(items())
    assert next(found) == 1
    with pytest.raises(KeyError):
        next(found)


def test_the_next_item_is_made_while_the_caller_works() -> None:
    made: list[int] = []

    def items() -> Iterator[int]:
        for number in range(3):
            made.append(number)
            yield number

    found = ahead(items())
    assert next(found) == 0
    deadline = time.monotonic() + 5
    while len(made) < 2 and time.monotonic() < deadline:
        time.sleep(0.001)
    assert len(made) >= 2
    found.close()  # type: ignore[attr-defined]


def test_leaving_early_stops_the_thread() -> None:
    found = ahead(iter(int, 1))
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert not [thread for thread in threading.enumerate() if thread.name == "tongli-ahead"]


def test_leaving_does_not_wait_for_a_blocked_source() -> None:
    gate = threading.Event()

    def items() -> Iterator[int]:
        yield 1
        gate.wait(30)

    found = ahead(items())
    next(found)
    start = time.monotonic()
    found.close()  # type: ignore[attr-defined]
    gate.set()
    assert time.monotonic() - start < 5
