"""Log-odds and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core.odds import log_odds, logistic


@given(st.floats(0.0002, 0.9998))
def test_there_and_back(probability: float) -> None:
    assert logistic(log_odds(probability)) == pytest.approx(probability)


@pytest.mark.parametrize(("probability", "bound"), [(0.0, 1e-4), (1.0, 1 - 1e-4)])
def test_certainty_is_bounded(probability: float, bound: float) -> None:
    assert logistic(log_odds(probability)) == pytest.approx(bound)
