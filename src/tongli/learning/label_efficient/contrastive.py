"""Few-shot learning in SetFit's two steps on frozen features: contrast pairs of examples, then regress.

The encoder stays as it is: pairs fine-tune one layer over its features. The result is an ordinary head.

References:
    Tunstall et al. (2022), "Efficient few-shot learning without prompts" (SetFit).
    Reimers and Gurevych (2019), "Sentence-BERT", EMNLP (cosine-similarity loss over pairs).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from tongli.core import FloatArray
from tongli.emotion.head import Arrays
from tongli.knowledge.schemes import Kind
from tongli.learning.bag import masked_loss

_STRENGTH = 20.0
"""Inverse of the L2 penalty of the regression, for codes of length one on average."""

_DROP = 0.1
_DECAY = 0.01
_BATCH = 96
_ITERATIONS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """How pairs fine-tune the layer.

    Attributes:
        inner: width of the codes.
        steps: each contrasts all pairs of up to 96 examples.
        rate: of AdamW.
    """

    inner: int = 128
    steps: int = 200
    rate: float = 1e-3


def fit_contrastive(
    features: FloatArray, targets: FloatArray, *, kind: Kind, how: Contrast, seed: int
) -> Arrays:
    """A head whose hidden layer brings examples with the same labels together.

    Args:
        features: ``(n, width)``.
        targets: ``(n, labels)``, nan where not annotated.
        kind: multi-label, multi-class or binary.
        how: size and length of the fine-tuning.
        seed: of the layer, its dropout and the batches.
    """
    mean, scale = _spread(features)
    inputs = torch.from_numpy((features - mean) * scale)
    layer = _contrast(inputs, targets, how=how, seed=seed)
    with torch.no_grad():
        codes = torch.relu(layer(inputs))
        up, up_bias = layer.weight.numpy().T.copy(), layer.bias.numpy().copy()
    down, bias = _regress(codes, torch.from_numpy(targets), kind=kind)
    return Arrays(mean=mean, scale=scale, up=up, up_bias=up_bias, down=down, bias=bias)


def fit_logistic(features: FloatArray, targets: FloatArray, *, kind: Kind) -> Arrays:
    """Logistic regression on the features themselves, as a head: ``relu(z) - relu(-z) = z``.

    Shapes as in :func:`fit_contrastive`.
    """
    mean, scale = _spread(features)
    inputs = torch.from_numpy((features - mean) * scale)
    weights, bias = _regress(inputs, torch.from_numpy(targets), kind=kind)
    labels = np.eye(weights.shape[1], dtype=np.float32)
    return Arrays(
        mean=mean,
        scale=scale,
        up=np.hstack([weights, -weights]),
        up_bias=np.zeros(2 * len(labels), np.float32),
        down=np.vstack([labels, -labels]),
        bias=bias,
    )


def likeness(targets: FloatArray) -> FloatArray:
    """How alike the labels of two texts are, ``(n, n)`` in 0..1: Jaccard's index of what both were asked.

    It is 1 where neither has any label, 1 or 0 for heads of one choice, nan where nothing was asked of both.
    """
    columns = np.hstack([targets, 1 - targets]) if targets.shape[1] == 1 else targets
    known = ~np.isnan(columns)
    filled = np.where(known, columns, 0.0).astype(np.float64)
    both = known[:, None, :] & known[None, :, :]
    shared = (np.minimum(filled[:, None, :], filled[None, :, :]) * both).sum(axis=2)
    either = (np.maximum(filled[:, None, :], filled[None, :, :]) * both).sum(axis=2)
    found = np.where(either > 0, shared / np.maximum(either, 1e-12), 1.0)
    return np.where(both.any(axis=2), found, np.nan).astype(np.float32)


def _contrast(inputs: Tensor, targets: FloatArray, *, how: Contrast, seed: int) -> nn.Linear:
    torch.manual_seed(seed)
    source = np.random.default_rng(seed)
    layer = nn.Linear(inputs.shape[1], how.inner)
    optimiser = torch.optim.AdamW(layer.parameters(), lr=how.rate, weight_decay=_DECAY)
    for _ in range(how.steps):
        rows = source.permutation(len(inputs))[:_BATCH]
        codes = torch.relu(layer(nn.functional.dropout(inputs[torch.from_numpy(rows)], _DROP)))
        unit = nn.functional.normalize(codes, dim=1)
        optimiser.zero_grad()
        _pair_loss(unit @ unit.T, torch.from_numpy(likeness(targets[rows]))).backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return layer


def _pair_loss(cosines: Tensor, alike: Tensor) -> Tensor:
    """Squared error of the cosines; like and unlike pairs weigh the same, whatever their numbers."""
    off = ~torch.eye(len(alike), dtype=torch.bool) & ~torch.isnan(alike)
    found, wanted = cosines[off], alike[off]
    errors = (found - wanted).square()
    like, unlike = wanted, 1 - wanted
    return (errors * like).sum() / like.sum().clamp(min=1) + (errors * unlike).sum() / unlike.sum().clamp(
        min=1
    )


def _regress(codes: Tensor, goals: Tensor, *, kind: Kind) -> tuple[FloatArray, FloatArray]:
    """Penalised logistic regression on standardised codes: weights ``(width, labels)`` and biases."""
    middle, spread = codes.mean(dim=0), codes.std(dim=0, correction=0) + 1e-6
    inputs = (codes - middle) / spread
    weights = torch.zeros(inputs.shape[1], goals.shape[1], requires_grad=True)
    bias = torch.zeros(goals.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=_ITERATIONS, line_search_fn="strong_wolfe")
    penalty = inputs.shape[1] / (2 * _STRENGTH * len(inputs))

    def closure() -> Tensor:
        optimiser.zero_grad()
        loss = masked_loss(inputs @ weights + bias, goals, kind=kind) + penalty * weights.square().sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    with torch.no_grad():
        own = weights / spread[:, None]
        shifted = bias - middle @ own
    return own.numpy(), shifted.numpy()


def _spread(features: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and inverse spread, ``(width,)`` each."""
    mean = features.mean(axis=0, dtype=np.float32)
    scale = 1 / (features.std(axis=0, dtype=np.float32) + 1e-6)
    return mean, np.asarray(scale, np.float32)
