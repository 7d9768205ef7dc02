"""The share of replayed texts does not depend on how many there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.continual.mixed import shared


@given(
    new=st.lists(st.floats(0.01, 100), min_size=1, max_size=30),
    old=st.lists(st.floats(0.01, 100), min_size=1, max_size=30),
    share=st.floats(0, 0.99),
)
def test_the_share_is_kept_and_so_are_proportions(new, old, share):
    weights = np.array([*new, *old])
    replayed = np.array([False] * len(new) + [True] * len(old))
    found = shared(weights, replayed, share=share)
    np.testing.assert_allclose(found[replayed].sum(), share, atol=1e-9)
    np.testing.assert_allclose(found.sum(), 1)
    np.testing.assert_allclose(found[~replayed] / found[~replayed].sum(), np.array(new) / sum(new))


def test_without_replay_nothing_changes():
    weights = np.array([1.0, 2.0])
    assert shared(weights, np.zeros(2, bool), share=0.5) is weights
