from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs tongli[train]")

from tongli.learning.label_efficient.contrastive import Contrast, fit_contrastive, fit_logistic, likeness

NAN = np.nan


def test_likeness_is_jaccards_index_of_what_both_were_asked():
    found = likeness(np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0], [0, 0, NAN], [NAN, NAN, 1]], np.float32))
    np.testing.assert_array_equal(found, found.T)
    assert found[0].tolist() == pytest.approx([1, 0.5, 0, 0, 0])
    assert (found[2, 3], found[1, 4]) == (1, 0)
    assert np.isnan(found[3, 4])


def test_likeness_of_a_yes_or_no_is_one_or_nothing():
    assert likeness(np.array([[1], [0], [0]], np.float32)).tolist() == [[1, 0, 0], [0, 1, 1], [0, 1, 1]]


def few(seed=0, size=48, width=10):
    """A weak signal in one direction among noise."""
    source = np.random.default_rng(seed)
    targets = (np.arange(size) % 2).astype(np.float32)[:, None]
    features = source.normal(size=(size, width)).astype(np.float32)
    features[:, 0] += 3 * targets[:, 0]
    return features, targets


def cosines(arrays, features):
    codes = np.maximum(((features - arrays.mean) * arrays.scale) @ arrays.up + arrays.up_bias, 0)
    unit = codes / np.linalg.norm(codes, axis=1, keepdims=True)
    return unit @ unit.T


def margin(found, targets):
    same = targets == targets.T
    return found[same].mean() - found[~same].mean()


@pytest.mark.parametrize("kind", ["binary", "multilabel"])
def test_pairs_bring_texts_with_the_same_label_together(kind):
    features, targets = few()
    unseen, truth = few(seed=1)
    plain, tuned = (
        fit_contrastive(features, targets, kind=kind, how=Contrast(inner=16, steps=steps, rate=0.01), seed=0)
        for steps in (1, 100)
    )
    assert margin(cosines(tuned, unseen), truth) > margin(cosines(plain, unseen), truth) + 0.2
    assert ((tuned.logits(unseen) > 0) == (truth > 0.5)).mean() > 0.85


def test_the_same_seed_gives_the_same_head():
    features, targets = few()
    how = Contrast(inner=8, steps=5)
    first, again, other = (
        fit_contrastive(features, targets, kind="binary", how=how, seed=seed) for seed in (3, 3, 4)
    )
    np.testing.assert_array_equal(first.logits(features), again.logits(features))
    assert not np.allclose(first.logits(features), other.logits(features))


def test_a_regression_is_linear_though_its_head_has_a_hidden_layer():
    features, targets = few()
    head = fit_logistic(features, targets, kind="binary")
    one, two, origin = features[:1], features[1:2], head.mean[None]
    together = head.logits(one + two - origin)
    np.testing.assert_allclose(together, head.logits(one) + head.logits(two) - head.logits(origin), atol=1e-4)


def test_a_regression_is_that_of_scikit_learn():
    linear = pytest.importorskip("sklearn.linear_model")
    features, targets = few()
    inputs = (features - features.mean(axis=0)) / features.std(axis=0)
    theirs = linear.LogisticRegression(C=20 / inputs.shape[1], max_iter=1000).fit(inputs, targets[:, 0])
    ours = fit_logistic(features, targets, kind="binary").logits(features)[:, 0]
    np.testing.assert_allclose(ours, theirs.decision_function(inputs), atol=0.02)


def test_one_choice_of_three_and_unknown_labels():
    source = np.random.default_rng(0)
    place = np.arange(60) % 3
    targets = np.eye(3, dtype=np.float32)[place]
    features = np.hstack([targets * 3, np.zeros((60, 5), np.float32)])
    features += source.normal(size=features.shape).astype(np.float32)
    head = fit_contrastive(features, targets, kind="multiclass", how=Contrast(inner=8, steps=50), seed=0)
    assert (head.logits(features).argmax(axis=1) == place).mean() > 0.9
    targets[::2, 1] = NAN
    masked = fit_logistic(features, targets, kind="multilabel")
    assert np.isfinite(masked.logits(features)).all()
