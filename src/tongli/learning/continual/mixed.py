"""The trainer that draws replayed texts at a given share."""

from __future__ import annotations

from typing import Any

import numpy as np

from tongli.core import FloatArray
from tongli.learning.continual.mixture import Mixture
from tongli.learning.train.loop import Trainer
from tongli.learning.train.network import Upper


class MixedTrainer(Trainer):
    """A :class:`Trainer` of which a given share of the draws is replayed, whatever the sizes.

    Args:
        network: as it starts.
        mixture: of new and old texts.
        share: of replayed texts in 0..1; without any in the mixture, all draws are new.
        options: as of :class:`Trainer`.
    """

    def __init__(self, network: Upper, *, mixture: Mixture, share: float, **options: Any) -> None:
        super().__init__(network, pool=mixture.pool, **options)
        self._weights = shared(self._weights, mixture.replayed[mixture.pool.fit], share=share)


def shared(weights: FloatArray, replayed: np.typing.NDArray[np.bool_], *, share: float) -> FloatArray:
    """Weights ``(texts,)`` of which the replayed ones sum to ``share`` and the others to the rest."""
    if not replayed.any():
        return weights
    old, new = float(weights[replayed].sum()), float(weights[~replayed].sum())
    return np.where(replayed, weights * (share / old), weights * ((1 - share) / new))
