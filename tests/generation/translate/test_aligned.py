"""Stretches without a counterpart, on states that can be worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tongli.core import Tokens
from tongli.generation.translate import aligned
from tongli.generation.translate.aligned import check, expanded, figures, gaps, shipped, stretch

HIDDEN = 384
WORDS = 24


@pytest.fixture(scope="module")
def words():
    """Random states, which are nearly at right angles to one another."""
    return np.random.default_rng(5).normal(size=(2 * WORDS, HIDDEN)).astype(np.float32)


class Reader:
    """Gives the states that a test sets; language of the draft as declared."""

    def __init__(self, *states, encoder=None):
        self.states = states
        self.encoder = encoder or shipped().encoder

    def tokens(self, texts):
        spans = [tuple((2 * at, 2 * at + 1) for at in range(len(states))) for states in self.states]
        return [
            Tokens(spans=span, states=states, encoder=self.encoder)
            for span, states in zip(spans, self.states, strict=True)
        ]


def judged(pair, own, other, *, target="es", **reader):
    before, after = ("x " * len(other)).strip(), ("x " * len(own)).strip()
    made = pair(before, after, target=target)
    return check(replace(made, reader=Reader(own, other, **reader)))


def test_the_same_words_pass_in_any_order(pair, words):
    found = judged(pair, words[:WORDS], words[:WORDS][::-1])
    assert found.passed, found


def test_words_without_a_counterpart_are_shown(pair, words):
    found = judged(pair, np.concatenate([words[:WORDS], words[WORDS : WORDS + 10]]), words[:WORDS])
    assert found.passed is False
    assert found.evidence == ((2 * WORDS, 2 * (WORDS + 10) - 1),)


def test_what_is_left_out_is_told_of_the_source(pair, words):
    found = judged(pair, words[:WORDS], np.concatenate([words[:WORDS], words[WORDS : WORDS + 10]]))
    assert found.passed is False
    assert found.detail.startswith("left out")
    assert found.evidence == ()


@pytest.mark.parametrize(
    ("size", "how"),
    [(3, {}), (aligned.MOST + 1, {}), (WORDS, {"encoder": "other"}), (WORDS, {"target": "yo"})],
)
def test_it_abstains_where_nothing_was_fitted(pair, words, size, how):
    states = np.resize(words, (size, HIDDEN))
    assert judged(pair, states, states, **how).passed is None


def test_what_ships_is_whole():
    known = shipped()
    assert {"en", "es", "fr", "de", "zh", "ja", "ar", "hi", "ru"} <= set(known.means) == set(known.limits)
    assert all(mean.shape == (HIDDEN,) for mean in known.means.values())
    size = len(known.center)
    assert known.weights.shape == (size + size * (size + 1) // 2,)
    assert all(np.isfinite(limit) for limit in known.limits.values())


STATES = arrays(np.float32, st.tuples(st.integers(1, 30), st.just(4)), elements=st.floats(-1, 1, width=16))


@given(STATES, STATES)
def test_figures_are_finite_whatever_the_states(one, other):
    assert np.isfinite(figures(gaps(one, other), gaps(other, one))).all()


@given(arrays(np.float32, st.integers(1, 40), elements=st.floats(0, 2, width=16)))
def test_a_stretch_lies_in_the_text(own):
    start, end, excess = stretch(own)
    assert 0 <= start < end <= len(own)
    assert excess >= 0


def test_products_follow_the_figures():
    assert expanded(np.array([[2.0, 3.0]], np.float32)).tolist() == [[2, 3, 4, 6, 9]]
