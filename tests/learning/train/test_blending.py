"""Of a head and a bag, the mixture is taken that predicts unseen texts best."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.emotion.head import Arrays
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.train.blending import HeldOut, best_blend


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


def held_out(*, weights: tuple[float, float]) -> HeldOut:
    random = np.random.default_rng(0)
    features = random.normal(size=(2000, 2)).astype(np.float32)
    chance = 1 / (1 + np.exp(-3 * features @ np.array(weights)))
    targets = (random.random((2000, 6)) < chance[:, None]).astype(np.float32)
    return HeldOut(features=features, targets=targets, languages=("en",) * 2000)


@pytest.mark.parametrize("weights", [(1, 0), (0, 1), (0.5, 0.5), (0.75, 0.25)])
def test_each_gets_the_weight_that_it_earns(weights):
    texts = held_out(weights=weights)
    members = [reads(column=0), reads(column=1)]
    found, chosen = best_blend(members, held_out=texts, scheme=SCHEMES["ekman6"])
    assert chosen == weights
    mixed = texts.features @ np.array(weights, np.float32)[:, None]
    np.testing.assert_allclose(found.logits(texts.features), mixed.repeat(6, 1), atol=1e-5)


def test_languages_count_alike_however_many_texts_they_have():
    """Ten languages in which the first member is right weigh more than one of as many texts."""
    right, wrong = held_out(weights=(1, 0)), held_out(weights=(0, 1))
    texts = HeldOut(
        features=np.concatenate([right.features, wrong.features]),
        targets=np.concatenate([right.targets, wrong.targets]),
        languages=(*(f"l{index % 10}" for index in range(2000)), *("de",) * 2000),
    )
    members = [reads(column=0), reads(column=1)]
    _, (first, second) = best_blend(members, held_out=texts, scheme=SCHEMES["ekman6"])
    assert first > second


def test_texts_of_no_language_are_not_counted():
    texts = held_out(weights=(1, 0))
    mixed = HeldOut(features=texts.features, targets=texts.targets, languages=("und",) * 1990 + ("de",) * 10)
    assert mixed.counted().languages == ("de",) * 10
    np.testing.assert_array_equal(mixed.counted().features, texts.features[-10:])
