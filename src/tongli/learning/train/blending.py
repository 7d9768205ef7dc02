"""A trained head and bags on its features → the mixture that predicts held-out texts best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.head import Arrays
from tongli.knowledge.schemes import Scheme
from tongli.learning.bag import blend
from tongli.learning.calibrate import calibrated_loss

_PARTS = 4
"""Weights are multiples of one part of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """Texts that were not learnt from.

    Attributes:
        features: ``(texts, width)``.
        targets: ``(texts, labels)``; nan where not annotated.
        languages: tag of each text; those filed under ``und`` are not counted.
    """

    features: FloatArray
    targets: FloatArray
    languages: tuple[str, ...]

    def counted(self) -> HeldOut:
        """Without the texts filed under ``und``."""
        rows = np.flatnonzero([tag != "und" for tag in self.languages])
        return HeldOut(
            features=self.features[rows],
            targets=self.targets[rows],
            languages=tuple(self.languages[row] for row in rows),
        )


def best_blend(
    members: Sequence[Arrays], *, held_out: HeldOut, scheme: Scheme
) -> tuple[Arrays, tuple[float, ...]]:
    """The blend with the smallest calibrated loss, a mean over languages, and the members' weights in it.

    Args:
        members: networks of the same inputs and outputs.
        held_out: decides; without ``und``.
        scheme: of the head.
    """
    logits = [member.logits(held_out.features) for member in members]

    def loss(weights: tuple[float, ...]) -> float:
        mixed = sum(weight * each for weight, each in zip(weights, logits, strict=True))
        return calibrated_loss(
            np.asarray(mixed, np.float32), held_out.targets, languages=held_out.languages, scheme=scheme
        )

    best = min((tuple(part / _PARTS for part in parts) for parts in _shares(len(members), _PARTS)), key=loss)
    return blend(members, best), best


def _shares(members: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to give the parts to the members."""
    if members == 1:
        yield (parts,)
        return
    for own in range(parts, -1, -1):
        for others in _shares(members - 1, parts - own):
            yield (own, *others)
