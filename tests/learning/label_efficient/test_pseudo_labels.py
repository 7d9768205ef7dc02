from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tongli.learning.label_efficient.pseudo_labels import choose, positive_shares

NAN = np.nan


def chosen(values, *, kind="multilabel", confidence=0.9, languages=None, caps=None, shares=None, seed=0):
    values = np.asarray(values, np.float32)
    return choose(
        values,
        kind=kind,
        confidence=confidence,
        languages=languages or ["en"] * len(values),
        caps=caps or {"": 1000},
        shares=np.asarray(shares if shares is not None else [0.5] * values.shape[1]),
        seed=seed,
    )


def test_only_sure_values_are_labels():
    found = chosen([[0.95, 0.05], [0.05, 0.95], [0.5, 0.89], [0.91, 0.4], [0.02, 0.2]])
    assert found.rows.tolist() == [0, 1, 3, 4]
    np.testing.assert_array_equal(found.targets, [[1, 0], [0, 1], [1, NAN], [0, NAN]])


def test_one_choice_of_several_is_whole_or_nothing():
    values = [[0.95, 0.03, 0.02], [0.5, 0.3, 0.2], [0.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    found = chosen(values, kind="multiclass", shares=[0.34, 0.33, 0.33])
    assert found.rows.tolist() == [0, 2, 3]
    assert found.targets.tolist() == [[1, 0, 0], [0, 0, 1], [0, 1, 0]]
    most = chosen([[1.0, 0.0, 0.0]] * 10 + [[0.0, 1.0, 0.0]] * 2, kind="multiclass", shares=[0.5, 0.3, 0.2])
    assert most.targets.sum(axis=0).tolist() == [6, 2, 0]


def test_a_language_gives_no_more_than_its_cap_the_surest_positives_first():
    values = [[0.01], [0.92], [0.99], [0.02], [0.95]]
    languages = ["en", "en", "en", "de", "sw"]
    found = chosen(values, languages=languages, caps={"en": 2, "": 1}, shares=[NAN])
    assert len(found.rows) == 0  # a share that nobody knows keeps nothing
    found = chosen(values, languages=languages, caps={"en": 2, "": 1}, shares=[0.75])
    assert found.rows.tolist() == [1, 2, 3, 4]
    assert chosen(values, languages=languages, caps={"en": 1, "": 1}, shares=[0.67]).rows.tolist() == [
        2,
        3,
        4,
    ]


@given(
    arrays(np.float32, st.tuples(st.integers(1, 60), st.just(2)), elements=st.floats(0, 1, width=32)),
    st.floats(0.05, 0.95),
    st.integers(0, 5),
)
def test_balance_keeps_the_share_and_never_invents(values, share, seed):
    found = chosen(values, confidence=0.8, shares=[share, share], seed=seed)
    for column in range(2):
        target = found.targets[:, column]
        positive, negative = int((target == 1).sum()), int((target == 0).sum())
        # one text of rounding on the side that was thinned
        assert positive <= negative * share / (1 - share) + 1
        assert negative <= positive * (1 - share) / share + 1
        sure = values[found.rows, column]
        assert (sure[target == 1] >= 0.8).all()
        assert (sure[target == 0] <= 0.2001).all()
    assert not np.isnan(found.targets).all(axis=1).any()


def test_shares_are_of_what_was_annotated():
    shares = positive_shares(np.array([[1, NAN, 0], [0, NAN, 0], [NAN, NAN, 0.4]], np.float32))
    assert shares[[0, 2]] == pytest.approx([0.5, 0])
    assert np.isnan(shares[1])
