"""A bag is one network: the mean of its members."""

from __future__ import annotations

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st

from tongli.emotion.head import Arrays
from tongli.learning import bag
from tongli.learning.tasks import TASKS


def test_averaging_networks_averages_their_logits(monkeypatch):
    kept = []
    original = bag._average
    monkeypatch.setattr(
        bag, "_average", lambda networks, **k: kept.extend(networks) or original(networks, **k)
    )
    random = np.random.default_rng(1)
    features = random.normal(size=(60, 5)).astype(np.float32)
    targets = (features[:, :6] > 0).astype(np.float32)[:, :1].repeat(6, 1)
    found = bag.fit_bag(
        features,
        targets,
        groups=[str(index) for index in range(60)],
        languages=["en"] * 60,
        kind="multilabel",
        task=TASKS["ekman6"],
        seed=0,
        tell=lambda line: None,
    )
    inputs = torch.from_numpy((features - found.arrays.mean) * found.arrays.scale)
    with torch.no_grad():
        mean = np.mean([network(inputs).numpy() for network in kept], axis=0)
    np.testing.assert_allclose(found.arrays.logits(features), mean, atol=1e-4)
    assert len(kept) == TASKS["ekman6"].folds


def network(random, *, inner):
    return Arrays(
        mean=random.normal(size=5).astype(np.float32),
        scale=random.uniform(0.5, 2, size=5).astype(np.float32),
        up=random.normal(size=(5, inner)).astype(np.float32),
        up_bias=random.normal(size=inner).astype(np.float32),
        down=random.normal(size=(inner, 3)).astype(np.float32),
        bias=random.normal(size=3).astype(np.float32),
    )


@given(st.lists(st.floats(0.1, 1), min_size=1, max_size=3), st.integers(0, 99))
def test_a_blend_has_the_weighted_sum_of_the_logits(weights, seed):
    random = np.random.default_rng(seed)
    members = [network(random, inner=4 + place) for place in range(len(weights))]
    features = random.normal(size=(9, 5)).astype(np.float32)
    mixed = sum(weight * member.logits(features) for weight, member in zip(weights, members, strict=True))
    np.testing.assert_allclose(bag.blend(members, weights).logits(features), mixed, atol=1e-3)


def test_what_weighs_nothing_is_left_out():
    random = np.random.default_rng(0)
    first, second = network(random, inner=4), network(random, inner=7)
    assert bag.blend([first, second], [0.0, 1.0]).up.shape == (5, 7)


def test_a_widened_network_reads_its_own_columns_only():
    random = np.random.default_rng(0)
    narrow = network(random, inner=4)
    features = random.normal(size=(9, 8)).astype(np.float32)
    found = bag.widened(narrow, width=8).logits(features)
    np.testing.assert_allclose(found, narrow.logits(features[:, :5]), atol=1e-5)
