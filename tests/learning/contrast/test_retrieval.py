from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.contrast.retrieval import (
    by_language,
    chance,
    language_of,
    mean_over_languages,
    precision_at,
)
from tongli.learning.evaluate.resample import Resampling

NAN = np.nan


def circle(*angles):
    """Vectors at angles in degrees, of different lengths."""
    turned = np.radians(np.array(angles, np.float32))
    return np.stack([np.cos(turned), np.sin(turned)], axis=1) * np.arange(1, len(angles) + 1)[:, None]


def test_only_other_languages_count_whatever_the_region():
    vectors = circle(0, 1, 2, 50, 90)
    targets = np.array([[1, 0], [1, 0], [0, 1], [1, 0], [0, 1]], np.float32)
    found = precision_at(vectors, targets, languages=["pt-BR", "pt-MZ", "ja", "ja", "und"], count=1)
    # the first two find the Japanese at 2°, which feels otherwise; those find the Portuguese at 1°
    np.testing.assert_array_equal(found, [0, 0, 0, 1, NAN])
    random = chance(targets, languages=["pt-BR", "pt-MZ", "ja", "ja", "und"])
    np.testing.assert_array_equal(random, [0.5, 0.5, 0, 1, NAN])


def test_a_primary_label_is_the_highest_and_a_hit_shares_one():
    targets = np.array([[0.9, 0.6, 0], [0, 1, 0], [1, 0, 0], [1, 1, 0]], np.float32)
    found = precision_at(circle(0, 1, 5, 9), targets, languages=["en", "de", "fr", "es"], count=3)
    # en: primary is the first label alone, so de is no hit; fr and es are
    assert found[0] == pytest.approx(2 / 3)
    # es has two primary labels: each of the others has one of them
    assert found[3] == 1


def test_what_is_not_known_is_left_out():
    targets = np.array([[1, 0], [NAN, 0], [0, 0], [1, 0]], np.float32)
    languages = ["en", "de", "fr", "es"]
    found = precision_at(circle(0, 1, 2, 80), targets, languages=languages, count=1)
    assert found[0] == 0  # de is nearest but may feel the same; fr is next and does not
    assert np.isnan(found[1])
    both = precision_at(circle(0, 1, 2, 80), targets, languages=languages, count=2)
    assert both[0] == 0.5


def test_neutral_messages_are_queries_of_their_own():
    targets = np.array([[0, 0], [0, 0], [1, 0], [0, NAN]], np.float32)
    languages = ["en", "de", "fr", "es"]
    found = precision_at(circle(0, 30, 1, 2), targets, languages=languages, kind="neutral", count=1)
    # for en, es is left out (one label is open) and fr feels something
    np.testing.assert_array_equal(found, [0, 0, NAN, NAN])
    found = precision_at(circle(0, 30, 1, 2), targets, languages=languages, kind="neutral", count=2)
    np.testing.assert_array_equal(found, [0.5, 0.5, NAN, NAN])


def test_one_language_has_nothing_to_find():
    assert np.isnan(precision_at(circle(0, 1), np.ones((2, 1), np.float32), languages=["en", "en"])).all()


@given(data=st.data())
def test_perfect_vectors_are_perfect_and_turning_them_changes_nothing(data):
    labels = data.draw(st.lists(st.integers(0, 2), min_size=4, max_size=20))
    languages = [("en", "de", "ja")[index % 3] for index in range(len(labels))]
    targets = np.eye(3, dtype=np.float32)[labels]
    found = precision_at(targets, targets, languages=languages, count=1)
    possible = chance(targets, languages=languages) > 0
    np.testing.assert_array_equal(found == 1, possible)
    noisy = np.random.default_rng(len(labels)).normal(size=(len(labels), 4))
    turned = noisy @ np.linalg.qr(np.random.default_rng(0).normal(size=(4, 4)))[0] * 7
    np.testing.assert_array_equal(
        precision_at(noisy, targets, languages=languages, count=3),
        precision_at(turned, targets, languages=languages, count=3),
    )


@given(seed=st.integers(0, 1000))
def test_random_vectors_are_as_good_as_chance(seed):
    generator = np.random.default_rng(seed)
    targets = (generator.random((400, 3)) < 0.3).astype(np.float32)
    languages = [("en", "de", "ja", "sw")[index % 4] for index in range(400)]
    found = precision_at(generator.normal(size=(400, 8)), targets, languages=languages)
    assert np.nanmean(found) == pytest.approx(np.nanmean(chance(targets, languages=languages)), abs=0.08)


def test_languages_count_alike_and_the_interval_holds_the_mean():
    values = np.array([1.0] * 90 + [0.0] * 5 + [1.0] * 5 + [NAN], np.float64)
    languages = ["en"] * 90 + ["sw"] * 10 + ["ja"]
    assert by_language(values, languages) == {"en": 1.0, "sw": 0.5}
    found = mean_over_languages(values, languages, how=Resampling(draws=400))
    assert found.value == 0.75
    assert 0.55 < found.low < 0.75 < found.high < 0.95
    assert np.isnan(mean_over_languages(values * NAN, languages, how=Resampling(draws=4)).value)


def test_a_tag_that_is_none_is_a_language_of_its_own():
    assert language_of("pt-BR") == "pt"
    assert language_of("not a tag!") == "not a tag!"
