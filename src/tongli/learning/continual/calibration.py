"""A new language's own calibration and thresholds; every other language keeps what it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from tongli.core import FloatArray
from tongli.emotion.card import Calibration, Card, Thresholds
from tongli.emotion.head import calibrate
from tongli.learning.bag import masked_loss
from tongli.learning.calibrate import ENOUGH, PRIOR, fit_thresholds
from tongli.learning.train.loop import FEWEST

_ROUNDS = 100


def with_languages(card: Card, *, logits: FloatArray, targets: FloatArray, languages: Sequence[str]) -> Card:
    """The card with rows for the languages that it has not learnt before, and no other change.

    Args:
        card: of the base.
        logits, targets: ``(texts, labels)`` of held-out new texts, by the new weights.
        languages: tag of each text; those with fewer than twenty texts, and ``und``, get no row.
    """
    tags = np.asarray(languages)
    for tag in sorted(set(languages) - set(card.languages) - {"und"}):
        rows = np.flatnonzero(tags == tag)
        if len(rows) >= FEWEST:
            card = _with_offset(card, logits[rows], targets[rows], tag=tag)
            card = _with_thresholds(card, logits[rows], targets[rows], tag=tag)
    return card


def _with_offset(card: Card, logits: FloatArray, targets: FloatArray, *, tag: str) -> Card:
    """Maximum a posteriori; the prior is around the offset of the nearest relative."""
    calibration = card.calibration
    prior = torch.tensor(calibration.shift(tag))
    scaled = logits * np.asarray(calibration.slope, np.float32) + np.asarray(calibration.offset, np.float32)
    inputs, goals = torch.from_numpy(scaled.astype(np.float32)), torch.from_numpy(targets)
    terms = len(targets) if card.scheme.kind == "multiclass" else int((~torch.isnan(goals)).sum())
    shift = prior.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([shift], max_iter=_ROUNDS, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimiser.zero_grad()
        penalty = PRIOR * (shift - prior).square().sum() / (2 * terms)
        loss = masked_loss(inputs + shift, goals, kind=card.scheme.kind) + penalty
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimiser.step(closure)  # type: ignore[no-untyped-call]
    row = tuple(round(value, 5) for value in shift.detach().tolist())
    return replace(
        card,
        calibration=Calibration(
            slope=calibration.slope,
            offset=calibration.offset,
            by_language={**calibration.by_language, tag: row},
        ),
    )


def _with_thresholds(card: Card, logits: FloatArray, targets: FloatArray, *, tag: str) -> Card:
    if card.scheme.kind != "multilabel" or len(targets) < ENOUGH:
        return card
    tags = [tag] * len(logits)
    values = calibrate(logits, card=card, languages=tags)
    found = fit_thresholds(values, targets, languages=tags, scheme=card.scheme)
    thresholds = card.thresholds
    return replace(
        card,
        thresholds=Thresholds(
            default=thresholds.default, by_language={**thresholds.by_language, tag: found.default}
        ),
    )
