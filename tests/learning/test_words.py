from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.emotion.head import Arrays, Head
from tongli.emotion.words import grams
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.calibrate import plain_card
from tongli.learning.words import alone, as_expected, beside, dense_beside, fit_words

HAPPY, SAD, DULL = 11, 12, 13


def texts(count=400, *, seed=0):
    """Texts of five pieces, each with a happy or a sad one, and which it is."""
    random = np.random.default_rng(seed)
    happy = random.random(count) < 0.5
    pieces = random.integers(100, 140, (count, 5))
    pieces[np.arange(count), random.integers(0, 5, count)] = np.where(happy, HAPPY, SAD)
    return [row.astype(np.int32) for row in pieces], happy[:, None].astype(np.float32)


def said(words, pieces, tags, labels=1):
    dense = np.zeros((len(pieces), labels), np.float32)
    return words.logits(grams(pieces), languages=tags, dense=dense)


def test_words_are_learnt_and_told_apart_by_language():
    pieces, happy = texts()
    swapped = [
        np.where(row == HAPPY, SAD, np.where(row == SAD, HAPPY, row)).astype(np.int32) for row in pieces
    ]
    words = fit_words(
        [*pieces, *swapped],
        np.concatenate([happy, happy]),
        languages=["en"] * 400 + ["xx"] * 400,
        kind="binary",
        strength=4.0,
    )
    fresh, goals = texts(100, seed=1)
    assert ((said(words, fresh, ["en"] * 100) > 0) == goals).mean() > 0.98
    assert ((said(words, fresh, ["xx"] * 100) < 0) == goals).mean() > 0.98


def test_what_occurs_twice_is_not_a_word():
    pieces, happy = texts(200)
    rare = np.array([999, 998], np.int32)
    words = fit_words(
        [*pieces, rare, rare],
        np.concatenate([happy, [[1]], [[1]]]),
        languages=["en"] * 202,
        kind="binary",
        strength=4.0,
    )
    assert not np.isin(grams([rare]).keys(["en"]), words.keys).any()


def test_soft_and_missing_goals():
    pieces, happy = texts()
    soft = np.where(happy > 0, 0.8, 0.1).astype(np.float32)
    soft[::7] = np.nan
    words = fit_words(pieces, soft, languages=["en"] * 400, kind="multilabel", strength=1000.0)
    chances = 1 / (1 + np.exp(-said(words, pieces, ["en"] * 400)))
    assert chances[happy[:, 0] > 0].mean() == pytest.approx(0.8, abs=0.05)
    assert chances[happy[:, 0] == 0].mean() == pytest.approx(0.1, abs=0.05)


def test_numbers_are_learnt_as_numbers():
    pieces, happy = texts()
    words = fit_words(pieces, 2 + 3 * happy, languages=["en"] * 400, kind="regression", strength=10.0)
    found = said(words, pieces, ["en"] * 400)
    assert found[happy[:, 0] > 0].mean() == pytest.approx(5, abs=0.2)
    assert found[happy[:, 0] == 0].mean() == pytest.approx(2, abs=0.2)


def test_labels_that_never_or_always_occur_have_a_bias_only():
    pieces, happy = texts()
    goals = np.hstack([np.zeros_like(happy), np.ones_like(happy), np.full_like(happy, np.nan)])
    words = fit_words(pieces, goals, languages=["en"] * 400, kind="multilabel", strength=4.0)
    assert not words.weights.any()
    assert words.bias.tolist() == [[-4, 4, -4]]


def test_too_few_texts_and_texts_of_no_language_teach_nothing():
    pieces, happy = texts()
    tags = ["und"] * 301 + ["en"] * 99
    assert fit_words(pieces, happy, languages=tags, kind="binary", strength=1.0) is None


def test_what_to_expect_of_a_strange_language():
    pieces, happy = texts()
    words = fit_words(pieces, happy, languages=["en"] * 400, kind="binary", strength=4.0)
    heard = said(words, pieces, ["en"] * 400)
    dense = (heard - 1) / 3
    expected = as_expected(words, heard, dense=dense, languages=["en"] * 400)
    assert expected.slope == pytest.approx([3], abs=1e-3)
    assert expected.offset == pytest.approx([1], abs=1e-3)
    against = as_expected(words, heard, dense=-dense, languages=["en"] * 400)
    assert against.slope == pytest.approx([0])


@pytest.fixture
def head():
    random = np.random.default_rng(0)
    arrays = Arrays(
        mean=np.zeros(3, np.float32),
        scale=np.ones(3, np.float32),
        up=random.normal(size=(3, 4)).astype(np.float32),
        up_bias=random.normal(size=4).astype(np.float32),
        down=random.normal(size=(4, 1)).astype(np.float32),
        bias=random.normal(size=1).astype(np.float32),
    )
    pieces, happy = texts()
    words = fit_words(pieces, happy, languages=["en"] * 400, kind="binary", strength=4.0)
    words = as_expected(words, said(words, pieces, ["en"] * 400), dense=happy + 0.1, languages=["en"] * 400)
    return Head(arrays, replace(plain_card(SCHEMES["politeness"]), words=("en",)), words)


def test_a_dense_part_alone_and_beside_words_again(head):
    features = np.random.default_rng(1).normal(size=(5, 3)).astype(np.float32)
    single = alone(head)
    strange = head.logits(features, grams([np.array([1], np.int32)] * 5), languages=["xx"] * 5)
    np.testing.assert_allclose(single.logits(features), strange, rtol=1e-4)
    again = beside(single, head.words)
    dense = head.arrays.logits(features)
    np.testing.assert_allclose(again.logits(features), dense, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(dense_beside(single.logits(features), head.words), dense, rtol=1e-4, atol=1e-5)


def test_without_words_nothing_changes(head):
    bare = Head(head.arrays, head.card)
    assert alone(bare) is head.arrays
    assert beside(head.arrays, None) is head.arrays
    logits = np.ones((2, 1), np.float32)
    assert dense_beside(logits, None) is logits
