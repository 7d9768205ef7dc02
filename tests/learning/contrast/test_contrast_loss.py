from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.contrast.loss import contrastive_loss, overlap

NAN = math.nan
VALUES = st.sampled_from([0.0, 0.3, 1.0, NAN])


@st.composite
def batches(draw, size=6):
    """Unit vectors, targets and languages of a few messages."""
    seed = draw(st.integers(0, 10_000))
    vectors = np.random.default_rng(seed).normal(size=(size, 3))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    targets = [[draw(VALUES) for _ in range(3)] for _ in range(size)]
    languages = [draw(st.integers(0, 2)) for _ in range(size)]
    return torch.tensor(vectors), torch.tensor(targets, dtype=torch.float64), torch.tensor(languages)


def loss_of(vectors, targets, languages, temperature=0.5):
    return contrastive_loss(
        vectors,
        alike=overlap(targets),
        comparable=languages[:, None] != languages[None],
        temperature=temperature,
    )


def test_overlap_by_hand():
    found = overlap(
        torch.tensor([[1.0, 1, 0], [1, 0, 0], [0, 0, 0], [NAN, 0, 0], [NAN, NAN, 1], [0.5, 0.5, NAN]])
    )
    assert found[0].tolist() == pytest.approx([1, 1 / 2, 0, 0, 0, 1 / 2])
    assert found[1].tolist() == pytest.approx([1 / 2, 1, 0, 1, 0, 1 / 3])  # of 1 and 3 the first is open
    assert found[2].tolist() == pytest.approx([0, 0, 1, 1, 0, 0])
    assert overlap(torch.tensor([[1.0, NAN], [NAN, 1.0]]))[0, 1] == 0


@given(batch=batches())
def test_overlap_is_symmetric_bounded_and_whole_with_itself(batch):
    _, targets, _ = batch
    found = overlap(targets)
    assert torch.equal(found, found.T)
    assert ((found >= 0) & (found <= 1)).all()
    annotated = ~torch.isnan(targets).all(dim=1)
    assert torch.equal(found.diagonal(), annotated.to(found.dtype))


@given(batch=batches())
def test_the_loss_is_that_of_its_definition(batch):
    vectors, targets, languages = batch
    alike = overlap(targets)
    size, terms = len(vectors), []
    for i in range(size):
        others = [j for j in range(size) if languages[j] != languages[i]]
        weight = sum(float(alike[i, j]) for j in others)
        if weight:
            total = sum(math.exp(float(vectors[i] @ vectors[j]) / 0.5) for j in others)
            logs = [float(vectors[i] @ vectors[j]) / 0.5 - math.log(total) for j in others]
            terms.append(-sum(float(alike[i, j]) * log for j, log in zip(others, logs, strict=True)) / weight)
    expected = sum(terms) / len(terms) if terms else 0.0
    assert float(loss_of(*batch)) == pytest.approx(expected, abs=1e-9)


@given(batch=batches(), order=st.permutations(range(6)))
def test_order_and_rotation_change_nothing(batch, order):
    vectors, targets, languages = batch
    loss = float(loss_of(vectors, targets, languages))
    shuffled = float(loss_of(vectors[order], targets[order], languages[order]))
    assert shuffled == pytest.approx(loss, abs=1e-9)
    rotation = torch.linalg.qr(torch.tensor(np.random.default_rng(1).normal(size=(3, 3))))[0]
    assert float(loss_of(vectors @ rotation, targets, languages)) == pytest.approx(loss, abs=1e-9)


@given(start=st.floats(0.2, 3.0), share=st.floats(0.05, 0.9))
def test_nearer_positives_cost_less(start, share):
    """Two feelings in two languages: the positive moves towards the anchor, the rest stays."""
    targets = torch.tensor([[1.0, 0], [1, 0], [0, 1]], dtype=torch.float64)
    languages = torch.tensor([0, 1, 2])

    def loss(angle):
        angles = torch.tensor([0.0, angle, math.pi], dtype=torch.float64)
        return float(loss_of(torch.stack([angles.cos(), angles.sin()], dim=1), targets, languages))

    assert loss(start * (1 - share)) < loss(start)


def test_descent_brings_a_feeling_together_across_languages():
    torch.manual_seed(0)
    raw = torch.randn(8, 3, requires_grad=True)
    joy = torch.tensor([1.0, 0, 1, 0, 1, 0, 1, 0])
    languages = torch.tensor([0, 0, 0, 0, 1, 1, 1, 1])
    targets = torch.stack([joy, 1 - joy], dim=1)
    optimiser = torch.optim.Adam([raw], lr=0.05)
    for _ in range(150):
        optimiser.zero_grad()
        loss_of(torch.nn.functional.normalize(raw, dim=1), targets, languages).backward()
        optimiser.step()
    units = torch.nn.functional.normalize(raw.detach(), dim=1)
    cosines = (units @ units.T)[:4, 4:]
    same = joy[:4, None] == joy[None, 4:]
    assert cosines[same].min() > cosines[~same].max() + 1


def test_without_any_positive_the_loss_is_zero_and_flows():
    vectors = torch.eye(3, requires_grad=True)
    alone = loss_of(vectors, torch.tensor([[1.0], [1], [1]]), torch.tensor([0, 0, 0]))
    alone.backward()
    assert alone.item() == 0
    assert vectors.grad is not None
    assert not vectors.grad.any()
