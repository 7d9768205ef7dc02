"""Order is kept, work overlaps, and an error or an early leave stops what has not begun."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.overlap import overlap


@given(st.lists(st.integers(), max_size=30), st.integers(1, 4))
def test_results_come_in_order(items, workers):
    assert list(overlap(lambda item: item * 2, items, workers=workers)) == [item * 2 for item in items]


def test_two_items_are_worked_on_at_once():
    meeting = threading.Barrier(2, timeout=20)
    assert len(list(overlap(lambda _: meeting.wait(), range(2), workers=2))) == 2


def test_few_items_are_taken_before_their_turn():
    taken = []

    def items():
        for index in range(50):
            taken.append(index)
            yield index

    results = overlap(str, items(), workers=2)
    assert next(results) == "0"
    results.close()
    assert len(taken) <= 5


def test_a_result_does_not_wait_for_the_next_item():
    more = threading.Event()

    def items():
        yield 1
        assert more.wait(20)
        yield 2

    results = overlap(str, items(), workers=2)
    assert next(results) == "1"
    more.set()
    assert list(results) == ["2"]


def test_an_error_is_raised_in_its_place():
    def work(item):
        if item == 2:
            raise ValueError(item)
        return item

    results = overlap(work, range(9), workers=2)
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ValueError, match="2"):
        next(results)
