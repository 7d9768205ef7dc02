from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.distributions import Bernoulli, Categorical, kl_divergence

from tongli.learning.train.losses import divergences, example_losses
from tongli.learning.train.recipe import HeadRecipe

HEADS = (
    HeadRecipe(),
    HeadRecipe(objective="asymmetric"),
    HeadRecipe(objective="asymmetric", label_smoothing=0.1, margin=0.0),
    HeadRecipe(label_smoothing=0.2),
)


@given(
    st.lists(st.sampled_from([0.0, 1.0, float("nan")]), min_size=3, max_size=3),
    st.integers(0, 99),
    st.sampled_from(HEADS),
)
def test_what_is_not_annotated_changes_nothing(goals, seed, head):
    torch.manual_seed(seed)
    logits = torch.randn(1, 3)
    changed = logits.clone()
    changed[0, [np.isnan(goal) for goal in goals]] += 7
    target = torch.tensor([goals])
    for kind in ("multilabel", "ordinal"):
        before, after = (example_losses(value, target, kind=kind, head=head) for value in (logits, changed))
        assert torch.equal(before, after)
        assert torch.isfinite(before).all()
        assert torch.equal(
            divergences(logits, logits + 1, target, kind=kind),
            divergences(changed, logits + 1, target, kind=kind),
        )


def test_one_choice_uses_cross_entropy():
    loss = example_losses(torch.zeros(2, 4), torch.eye(4)[:2], kind="multiclass")
    torch.testing.assert_close(loss, torch.full((2,), np.log(4), dtype=torch.float32))


def test_without_focusing_the_asymmetric_loss_is_cross_entropy():
    head = HeadRecipe(objective="asymmetric", gamma_positive=0.0, gamma_negative=0.0, margin=0.0)
    logits, goals = torch.linspace(-60, 60, 40).reshape(8, 5), torch.tensor([0.0, 1.0, 1.0, 0.3, 0.0])
    goals = goals.repeat(8, 1)
    torch.testing.assert_close(
        example_losses(logits, goals, kind="multilabel", head=head),
        example_losses(logits, goals, kind="multilabel"),
    )


def test_the_asymmetric_gradient_is_that_of_the_paper():
    """Ridnik et al. 2021, equation 8, with the published focusing of 4 and margin of 0.05."""
    logits = torch.linspace(-4, 4, 33, dtype=torch.float64)[:, None].requires_grad_()
    head = HeadRecipe(objective="asymmetric")
    example_losses(logits, torch.zeros_like(logits), kind="multilabel", head=head).sum().backward()
    chance = logits.detach().sigmoid()
    shifted = chance - 0.05
    wanted = shifted**4 * (1 / (1 - shifted) - 4 / shifted * torch.log(1 - shifted)) * chance * (1 - chance)
    torch.testing.assert_close(logits.grad, torch.where(shifted > 0, wanted, 0.0))


def test_easy_negatives_weigh_little_and_positives_as_ever():
    head = HeadRecipe(objective="asymmetric")
    logits = torch.tensor([[-3.5], [-1.0], [2.0]])

    def ratio(goal):
        goals = torch.full_like(logits, goal)
        return example_losses(logits, goals, kind="multilabel", head=head) / example_losses(
            logits, goals, kind="multilabel"
        )

    none, little, much = ratio(0.0)
    assert none < 1e-6 < little < 0.01
    assert 0.3 < much < 1
    torch.testing.assert_close(ratio(1.0), torch.ones(3))


@given(
    st.floats(-200, 200),
    st.sampled_from([0.0, 1.0, 0.25]),
    st.sampled_from([0.0, 0.5, 1.0, 4.0]),
    st.sampled_from([0.0, 1e-9, 0.05, 0.9]),
)
def test_the_asymmetric_loss_and_its_gradient_are_finite(logit, goal, gamma, margin):
    head = HeadRecipe(objective="asymmetric", gamma_positive=gamma, gamma_negative=gamma, margin=margin)
    logits = torch.tensor([[logit]], requires_grad=True)
    loss = example_losses(logits, torch.tensor([[goal]]), kind="multilabel", head=head)
    loss.sum().backward()
    assert torch.isfinite(loss).all()
    assert torch.isfinite(logits.grad).all()
    assert (loss >= 0).all()


def test_smoothed_goals_are_where_the_loss_is_least():
    head = HeadRecipe(label_smoothing=0.2)
    goals = torch.eye(4)[:1]
    for kind, best in (
        ("multiclass", torch.log(goals * 0.8 + 0.05)),
        ("multilabel", torch.logit(goals * 0.8 + 0.1)),
        ("binary", torch.logit(goals * 0.8 + 0.1)),
    ):
        logits = best.clone().requires_grad_()
        example_losses(logits, goals, kind=kind, head=head).sum().backward()
        torch.testing.assert_close(logits.grad, torch.zeros_like(logits), atol=1e-6, rtol=0)
        logits.grad = None
        example_losses(logits, goals, kind=kind).sum().backward()
        assert logits.grad.abs().max() > 0.02


@pytest.mark.parametrize(
    ("kind", "distribution"),
    [
        ("multilabel", lambda logits: Bernoulli(logits=logits)),
        ("multiclass", lambda logits: Categorical(logits=logits)),
    ],
)
def test_divergences_are_the_mean_of_both_directions(kind, distribution):
    torch.manual_seed(0)
    left, right = torch.randn(5, 3), torch.randn(5, 3)
    one, two = distribution(left), distribution(right)
    wanted = (kl_divergence(one, two) + kl_divergence(two, one)) / 2
    wanted = wanted.mean(1) if kind == "multilabel" else wanted
    found = divergences(left, right, torch.zeros(5, 3), kind=kind)
    torch.testing.assert_close(found, wanted)
    torch.testing.assert_close(found, divergences(right, left, torch.zeros(5, 3), kind=kind))
    assert divergences(left, left, torch.zeros(5, 3), kind=kind).eq(0).all()


def test_numbers_are_apart_by_their_squared_difference():
    left, right = torch.tensor([[1.0, 2.0, 9.0]]), torch.tensor([[3.0, 2.0, 0.0]])
    goals = torch.tensor([[0.0, 0.0, float("nan")]])
    assert divergences(left, right, goals, kind="regression").tolist() == [2.0]
