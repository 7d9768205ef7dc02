from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from tongli.core import FloatArray
from tongli.empathy.simile import choose

DIRECTIONS = {"fast": (1.0, 0.0), "slow": (0.0, 1.0), "cheetah": (0.8, 0.6), "cloud": (0.7071, 0.7071)}


def embed(texts: Sequence[str]) -> FloatArray:
    """The direction of the last word."""
    return np.array([DIRECTIONS[text.split()[-1]] for text in texts], np.float32)


@pytest.mark.parametrize("readings", [["She is slow.", "She is fast!"], ["slow", "fast"]])
def test_the_nearer_reading_is_chosen_however_it_is_punctuated(readings: list[str]) -> None:
    found = choose("She runs like a cheetah …", readings, embed=embed)
    assert found.index == 1
    assert sum(found.scores) == pytest.approx(1)


def test_readings_that_are_as_near_are_abstained_from() -> None:
    found = choose("She is like a cloud", ["fast", "slow"], embed=embed)
    assert found.index is None
    assert found.scores == pytest.approx((0.5, 0.5))


def test_the_order_of_readings_does_not_matter() -> None:
    one = choose("a cheetah", ["slow", "cloud", "fast"], embed=embed)
    other = choose("a cheetah", ["fast", "slow", "cloud"], embed=embed)
    assert one.scores == pytest.approx((other.scores[1], other.scores[2], other.scores[0]))
