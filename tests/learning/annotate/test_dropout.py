from __future__ import annotations

import numpy as np
import pytest

from tongli.emotion.head import load_head
from tongli.emotion.words import grams
from tongli.learning.annotate.dropout import RATE, sample_values

LANGUAGES = ["en", "es", "de"]
FOUND = grams([np.array([1, 2], np.int32)] * 3)


@pytest.fixture
def head(tiny_settings):
    return load_head(tiny_settings.heads, "ekman6")


@pytest.fixture
def features(head):
    width = len(head.arrays.mean)
    return np.random.default_rng(1).normal(size=(3, width)).astype(np.float32)


def test_each_sample_is_the_head_with_hidden_units_gone(head, features):
    values = sample_values(head, features, FOUND, languages=LANGUAGES, samples=3, seed=5)
    kept = np.random.default_rng(5).random((8, 3, 1)) >= RATE
    arrays = head.arrays
    for sample in range(3):
        inner = np.maximum((features - arrays.mean) * arrays.scale @ arrays.up + arrays.up_bias, 0)
        inner = inner * kept[:, sample, 0] / (1 - RATE)
        wanted = 1 / (1 + np.exp(-(inner @ arrays.down + arrays.bias)))
        np.testing.assert_allclose(values[sample], wanted, rtol=1e-4, atol=1e-5)


def test_many_samples_average_to_the_head(head, features):
    small = features * 0.05  # nearly linear there
    values = sample_values(head, small, FOUND, languages=LANGUAGES, samples=4000)
    np.testing.assert_allclose(values.mean(axis=0), head.values(small, FOUND, languages=LANGUAGES), atol=0.01)


def test_one_network_sees_every_example_and_a_seed_repeats_it(head, features):
    together = sample_values(head, features, FOUND, languages=LANGUAGES, samples=4, seed=2)
    second = FOUND.of(np.array([1]))
    alone = sample_values(head, features[1:2], second, languages=LANGUAGES[1:2], samples=4, seed=2)
    np.testing.assert_allclose(together[:, 1:2], alone, rtol=1e-5)
    assert not np.allclose(
        together, sample_values(head, features, FOUND, languages=LANGUAGES, samples=4, seed=3)
    )
