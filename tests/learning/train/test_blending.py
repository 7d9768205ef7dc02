"""Of a head and a bag, the mixture is taken that predicts unseen texts best."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.emotion.head import Arrays
from tongli.emotion.words import grams
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.train.blending import ReadTexts, best_blend
from tongli.learning.words import fit_words


def reads(*, column: int) -> Arrays:
    """A head whose six logits all are one input."""
    up = np.zeros((2, 2), np.float32)
    up[column] = 1, -1
    return Arrays(
        mean=np.zeros(2, np.float32),
        scale=np.ones(2, np.float32),
        up=up,
        up_bias=np.zeros(2, np.float32),
        down=np.repeat([[1.0], [-1.0]], 6, axis=1).astype(np.float32),
        bias=np.zeros(6, np.float32),
    )


def held_out(*, weights: tuple[float, float]) -> ReadTexts:
    random = np.random.default_rng(0)
    features = random.normal(size=(2000, 2)).astype(np.float32)
    chance = 1 / (1 + np.exp(-3 * features @ np.array(weights)))
    targets = (random.random((2000, 6)) < chance[:, None]).astype(np.float32)
    return texts(features, targets, languages=("en",) * 2000)


def texts(features, targets, *, languages):
    found = grams([np.array([7 if goals[0] else 8], np.int32) for goals in targets])
    return ReadTexts(features=features, found=found, targets=targets, languages=languages)


@pytest.mark.parametrize("weights", [(1, 0), (0, 1), (0.5, 0.5), (0.75, 0.25)])
def test_each_gets_the_weight_that_it_earns(weights):
    unseen = held_out(weights=weights)
    members = [reads(column=0), reads(column=1)]
    found, _, chosen = best_blend(members, None, held_out=unseen, scheme=SCHEMES["ekman6"])
    assert chosen == weights
    mixed = unseen.features @ np.array(weights, np.float32)[:, None]
    np.testing.assert_allclose(found.logits(unseen.features), mixed.repeat(6, 1), atol=1e-5)


def test_languages_count_alike_however_many_texts_they_have():
    """Ten languages in which the first member is right weigh more than one of as many texts."""
    right, wrong = held_out(weights=(1, 0)), held_out(weights=(0, 1))
    unseen = texts(
        np.concatenate([right.features, wrong.features]),
        np.concatenate([right.targets, wrong.targets]),
        languages=(*(f"l{index % 10}" for index in range(2000)), *("de",) * 2000),
    )
    members = [reads(column=0), reads(column=1)]
    _, _, (first, second) = best_blend(members, None, held_out=unseen, scheme=SCHEMES["ekman6"])
    assert first > second


def test_texts_of_no_language_are_not_counted():
    unseen = held_out(weights=(1, 0))
    mixed = replace(unseen, languages=("und",) * 1990 + ("de",) * 10)
    counted = mixed.counted()
    assert counted.languages == ("de",) * 10
    np.testing.assert_array_equal(counted.features, unseen.features[-10:])
    np.testing.assert_array_equal(counted.found.codes, unseen.found.codes[-10:])


def test_words_that_know_the_answer_are_heard():
    unseen = held_out(weights=(1, 0))
    targets = np.repeat(unseen.targets[:, :1], 6, axis=1)
    unseen = replace(unseen, targets=targets)
    pieces = [np.array([7 if goals[0] else 8], np.int32) for goals in targets]
    words = fit_words(pieces, targets, languages=unseen.languages, kind="multilabel", strength=1.0)
    arrays, kept, weights = best_blend([reads(column=0)], words, held_out=unseen, scheme=SCHEMES["ekman6"])
    assert weights[-1] >= 0.5
    assert kept is not None
    dense = arrays.logits(unseen.features)
    strange = kept.logits(unseen.found, languages=["xx"] * 2000, dense=dense)
    known = kept.logits(unseen.found, languages=unseen.languages, dense=dense)
    # Of a language that they do not know, words say what the dense part leads one to expect.
    np.testing.assert_allclose(strange.mean(axis=0), known.mean(axis=0), atol=1e-3)
    assert np.corrcoef(strange[:, 0], dense[:, 0])[0, 1] > 0.999
