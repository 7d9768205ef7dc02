from __future__ import annotations

import pytest

from tongli.serving.access.rate import _MOST_KEYS, Rate
from tongli.serving.problems import ServingError


def test_a_burst_then_one_by_one():
    now = [0.0]
    rate = Rate(most=3, seconds=30, clock=lambda: now[0])
    for _ in range(3):
        rate.take("a")
    with pytest.raises(ServingError) as caught:
        rate.take("a")
    assert (caught.value.code, caught.value.status) == ("request.rate", 429)
    rate.take("b")
    now[0] = 10
    rate.take("a")
    with pytest.raises(ServingError):
        rate.take("a")
    now[0] = 1_000
    for _ in range(3):
        rate.take("a")
    with pytest.raises(ServingError):
        rate.take("a")


def test_refused_requests_cost_nothing():
    now = [0.0]
    rate = Rate(most=1, seconds=10, clock=lambda: now[0])
    rate.take("a")
    for _ in range(50):
        with pytest.raises(ServingError):
            rate.take("a")
    now[0] = 10
    rate.take("a")


def test_memory_is_bounded():
    rate = Rate(most=1, seconds=10)
    for number in range(_MOST_KEYS + 100):
        rate.take(str(number))
    assert len(rate._free) == _MOST_KEYS
