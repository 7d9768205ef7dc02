"""A trained head and a bag on its features → the mixture that predicts held-out texts best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.head import Arrays
from tongli.knowledge.schemes import Scheme
from tongli.learning.bag import blend
from tongli.learning.calibrate import calibrated_loss

_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


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


def best_blend(head: Arrays, bag: Arrays, *, held_out: HeldOut, scheme: Scheme) -> tuple[Arrays, float]:
    """The blend with the smallest calibrated loss, and the bag's share in it.

    Args:
        head, bag: of the same inputs and outputs.
        held_out: decides; without ``und``.
        scheme: of the head.
    """
    ours, theirs = head.logits(held_out.features), bag.logits(held_out.features)

    def loss(share: float) -> float:
        mixed = (1 - share) * ours + share * theirs
        return calibrated_loss(mixed, held_out.targets, languages=held_out.languages, scheme=scheme)

    share = min(_SHARES, key=loss)
    if share in {0.0, 1.0}:
        return (bag if share else head), share
    return blend(head, bag, share=share), share
