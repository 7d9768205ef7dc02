from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tongli.core import ConfigError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.acquire import bald, entropy, margin

SAMPLES = arrays(np.float32, (5, 4, 6), elements=st.floats(0, 1, width=32))


def one(*values):
    return np.array([values], np.float32)


def test_entropy_of_known_distributions():
    assert entropy(one(1 / 3, 1 / 3, 1 / 3), scheme=SCHEMES["sentiment"])[0] == pytest.approx(1, abs=1e-6)
    assert entropy(one(1, 0, 0), scheme=SCHEMES["sentiment"])[0] == pytest.approx(0, abs=1e-6)
    assert entropy(one(0.25), scheme=SCHEMES["politeness"])[0] == pytest.approx(0.811278, abs=1e-5)
    assert entropy(one(0.5, 0.5, 0.5, 0, 1, 0), scheme=SCHEMES["ekman6"])[0] == pytest.approx(0.5, abs=1e-6)


def test_margins():
    assert margin(one(0.5, 0.3, 0.2), scheme=SCHEMES["sentiment"])[0] == pytest.approx(0.8)
    assert margin(one(0.9), scheme=SCHEMES["politeness"])[0] == pytest.approx(0.2)
    assert margin(one(0.1, 0.1, 0.4, 0.1, 0.1, 0.1), scheme=SCHEMES["ekman6"])[0] == pytest.approx(0.8)


def test_bald_wants_contradiction_not_doubt():
    doubtful = np.full((2, 1, 1), 0.5, np.float32)
    contradictory = np.array([[[0.01]], [[0.99]]], np.float32)
    assert bald(doubtful, scheme=SCHEMES["politeness"])[0] == pytest.approx(0, abs=1e-6)
    assert bald(contradictory, scheme=SCHEMES["politeness"])[0] > 0.9


def test_bald_of_values_is_their_spread():
    samples = np.array([[[1.0]], [[7.0]]], np.float32)
    assert bald(samples, scheme=SCHEMES["distress"])[0] == pytest.approx(0.5)


@given(SAMPLES)
def test_ranges(samples):
    for found in (
        bald(samples, scheme=SCHEMES["ekman6"]),
        entropy(samples[0], scheme=SCHEMES["ekman6"]),
        margin(samples[0], scheme=SCHEMES["ekman6"]),
    ):
        assert found.shape == (4,)
        assert ((found >= 0) & (found <= 1)).all()


@given(SAMPLES)
def test_agreeing_networks_leave_nothing_to_learn(samples):
    assert bald(np.repeat(samples[:1], 3, axis=0), scheme=SCHEMES["ekman6"]) == pytest.approx(
        np.zeros(4), abs=1e-5
    )


@pytest.mark.parametrize("function", [entropy, margin])
def test_values_have_no_entropy(function):
    with pytest.raises(ConfigError) as caught:
        function(one(2.0), scheme=SCHEMES["distress"])
    assert caught.value.code == "queue.head"
