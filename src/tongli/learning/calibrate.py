"""Calibration and thresholds from out-of-fold logits: neither ever sees a development set.

References:
    Platt (1999), "Probabilistic outputs for support vector machines".
    Guo et al. (2017), "On Calibration of Modern Neural Networks".
    Zhou et al. (2024), "Batch Calibration: Rethinking Calibration for In-Context Learning and Prompt
        Engineering": centring, without labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from tongli.core import FloatArray
from tongli.emotion.card import Calibration, Card, Thresholds
from tongli.emotion.head import calibrate
from tongli.knowledge.schemes import SCHEMES, Scheme
from tongli.learning.bag import masked_loss
from tongli.learning.metrics import Mask, f1

PRIOR = 20.0
"""Strength of the Gaussian prior on language offsets, in examples: a language with fewer stays global."""

STEADY = 0.02
"""Strength of the Gaussian priors on slopes (around 1) and offsets, in examples: next to nothing, but labels
that the logits tell apart without an error would otherwise have a slope without bound."""

_RANGE = (0.02, 0.85)
"""Thresholds are kept within it."""

_CAREFUL = 0.25
"""Quantile of the languages' thresholds for a language that has none: what is read with less certainty has
probabilities nearer to each other."""

_UNKNOWN = 0.5
"""Threshold of a label that nobody annotated."""

_GRID = np.arange(0.05, 0.85, 0.01)
ENOUGH = 50
"""Texts of a language from which it gets thresholds of its own."""

DOUBT = 0.08
"""Half-width of the band in which heads abstain."""

_ROUNDS = 200


def plain_card(scheme: Scheme) -> Card:
    """A card that changes nothing, to be filled in."""
    labels = scheme.labels
    zeros = (0.0,) * len(labels)
    return Card(
        head=scheme.name,
        encoder="",
        labels=labels,
        data=(),
        languages=(),
        calibration=Calibration(slope=(1.0,) * len(labels), offset=zeros),
        thresholds=Thresholds(default=zeros),
        doubt=DOUBT,
        metrics={},
        kind=None if scheme.name in SCHEMES else scheme.kind,
    )


def fit_card(card: Card, logits: FloatArray, targets: FloatArray, *, languages: Sequence[str]) -> Card:
    """The card with calibration and thresholds; arguments are those of :func:`fit_calibration`."""
    found = fit_calibration(logits, targets, languages=languages, scheme=card.scheme)
    return with_thresholds(replace(card, calibration=found), logits, targets, languages=languages)


def with_thresholds(card: Card, logits: FloatArray, targets: FloatArray, *, languages: Sequence[str]) -> Card:
    """The card with thresholds that fit its calibration."""
    values = calibrate(logits, card=card, languages=languages)
    return replace(card, thresholds=fit_thresholds(values, targets, languages=languages, scheme=card.scheme))


def fit_calibration(
    logits: FloatArray, targets: FloatArray, *, languages: Sequence[str], scheme: Scheme
) -> Calibration:
    """Slope and offset a label, and an offset a language and label, by penalised maximum likelihood.

    Args:
        logits, targets: ``(examples, labels)``; nan targets are masked.
        languages: tag of each example.
        scheme: decides the loss.
    """
    tags = sorted(set(languages))
    where = torch.tensor([tags.index(tag) for tag in languages])
    inputs, goals = torch.from_numpy(logits), torch.from_numpy(targets)
    terms = len(languages) if scheme.kind == "multiclass" else int((~torch.isnan(goals)).sum())
    slope = torch.ones(logits.shape[1], requires_grad=True)
    offset = torch.zeros(logits.shape[1], requires_grad=True)
    shifts = torch.zeros(len(tags), logits.shape[1], requires_grad=True)
    optimiser = torch.optim.LBFGS([slope, offset, shifts], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        values = inputs * slope + offset + shifts[where]
        change = (slope - 1).square().sum() + offset.square().sum()
        penalty = (PRIOR * shifts.square().sum() + STEADY * change) / (2 * terms)
        loss = masked_loss(values, goals, kind=scheme.kind) + penalty
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    return Calibration(
        slope=_rounded(slope),
        offset=_rounded(offset),
        by_language={tag: _rounded(shifts[index]) for index, tag in enumerate(tags)} if len(tags) > 1 else {},
    )


def centred(card: Card, logits: FloatArray, *, languages: Sequence[str]) -> Card:
    """The card with offsets for languages that the head has not learnt, so that it favours none of them.

    Encoders place languages apart, which a head that learnt from one of them mistakes for its labels. Texts
    of one kind in many languages show by how much; their labels are not needed.

    Args:
        card: with calibration.
        logits: ``(texts, labels)``, not calibrated.
        languages: tag of each text; the card's own languages must be among them.
    """
    tags, slope = np.asarray(languages), np.asarray(card.calibration.slope)
    home = logits[np.isin(tags, card.languages)].mean(axis=0)
    shifts = {
        tag: tuple(round(float(value), 5) for value in slope * (home - logits[tags == tag].mean(axis=0)))
        for tag in sorted(set(languages) - set(card.languages))
    }
    known = card.calibration.by_language
    return replace(card, calibration=replace(card.calibration, by_language={**shifts, **known}))


def calibrated_loss(
    logits: FloatArray, targets: FloatArray, *, languages: Sequence[str], scheme: Scheme
) -> float:
    """Loss that is left when these logits are calibrated on these targets: the mean of the languages' losses.

    Arguments are those of :func:`fit_calibration`.
    """
    found = fit_calibration(logits, targets, languages=languages, scheme=scheme)
    shifted = logits * np.asarray(found.slope, np.float32) + np.asarray(found.offset, np.float32)
    if found.by_language:
        shifted += np.asarray([found.by_language[tag] for tag in languages], np.float32)
    tags = np.asarray(languages)
    losses = []
    for tag in sorted(set(languages)):
        rows = np.flatnonzero(tags == tag)
        loss = masked_loss(torch.from_numpy(shifted[rows]), torch.from_numpy(targets[rows]), kind=scheme.kind)
        losses.append(float(loss))
    return float(np.mean(losses))


def fit_thresholds(
    values: FloatArray, targets: FloatArray, *, languages: Sequence[str], scheme: Scheme
) -> Thresholds:
    """Thresholds a label; languages with enough examples get their own, others the lower quartile of those.

    Thresholds maximise the F1 that the calibrated probabilities themselves lead one to expect
    (:func:`expected_thresholds`). Schemes of one choice (binary, multi-class) need no search: they decide
    above a fixed confidence.

    Args:
        values: ``(examples, labels)``, calibrated.
        targets: ``(examples, labels)``; only which of them are nan matters.
        languages: tag of each example.
        scheme: its kind decides.
    """
    if scheme.kind != "multilabel":
        fixed = 0.0 if scheme.kind in {"ordinal", "regression"} else 0.6 if scheme.kind == "binary" else 0.45
        return Thresholds(default=(fixed,) * len(scheme.labels))
    known = ~np.isnan(targets)
    pooled = expected_thresholds(values, known)
    tags = np.asarray(languages)
    own = {}
    for tag in sorted(set(languages)):
        rows = np.flatnonzero(tags == tag)
        if ENOUGH <= len(rows) < len(tags):
            found = expected_thresholds(values[rows], known[rows])
            own[tag] = np.where(np.isnan(found), pooled, found)
    default = np.quantile(list(own.values()), _CAREFUL, axis=0) if own else pooled
    return Thresholds(
        default=_thresholds(np.where(np.isnan(default), _UNKNOWN, default)),
        by_language={tag: _thresholds(found) for tag, found in own.items()},
    )


def expected_thresholds(values: FloatArray, known: Mask) -> FloatArray:
    """The threshold of each label with the largest expected F1, ``(labels,)``; nan where nothing is known.

    With calibrated probabilities p, deciding the k most probable of n texts has an expected F1 of about
    ``2 * sum(p of those k) / (k + sum(p))``. That needs no labels, whose noise misleads a search for the best
    threshold where a language has only a hundred examples.

    Args:
        values: ``(examples, labels)``, calibrated probabilities.
        known: ``(examples, labels)``, what was annotated.

    Reference:
        Lipton, Elkan & Naryanaswamy (2014), "Optimal thresholding of classifiers to maximize F1 measure".
    """
    found = []
    for column, annotated in zip(values.T, known.T, strict=True):
        ranked = np.sort(column[annotated])[::-1].astype(np.float64)
        if not len(ranked):
            found.append(np.nan)
            continue
        score = np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
        last = int(np.argmax(score))
        below = ranked[last + 1] if last + 1 < len(ranked) else 0.0
        found.append(float(np.clip((ranked[last] + below) / 2, *_RANGE)))
    return np.asarray(found, np.float32)


def best_thresholds(values: FloatArray, targets: FloatArray) -> FloatArray:
    """The threshold of each label with the best F1, ``(labels,)``; 0.5 where a label never occurs."""
    best = []
    for column in range(targets.shape[1]):
        truth, value = targets[:, column], values[:, column]
        if not np.nansum(truth):
            best.append(0.5)
            continue
        found = [f1(value >= threshold, truth) for threshold in _GRID]
        best.append(float(_GRID[int(np.argmax(found))]))
    return np.asarray(best, np.float32)


def _rounded(tensor: Tensor) -> tuple[float, ...]:
    return tuple(round(value, 5) for value in tensor.detach().tolist())


def _thresholds(values: FloatArray) -> tuple[float, ...]:
    return tuple(round(value, 4) for value in values.tolist())
