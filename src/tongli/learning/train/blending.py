"""A trained head, a bag and the weights of words → the mixture that predicts held-out texts best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.emotion.head import Arrays
from tongli.emotion.words import Grams, Words
from tongli.knowledge.schemes import Scheme
from tongli.learning.bag import blend
from tongli.learning.calibrate import calibrated_loss
from tongli.learning.words import as_expected

_PARTS = 8
"""Weights are multiples of one part of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTexts:
    """Texts as heads read them.

    Attributes:
        features: ``(texts, width)``.
        found: grams of the texts.
        targets: ``(texts, labels)``; nan where not annotated.
        languages: tag of each text; ``und`` for those whose language nobody said.
    """

    features: FloatArray
    found: Grams
    targets: FloatArray
    languages: tuple[str, ...]

    def counted(self) -> ReadTexts:
        """Without the texts filed under ``und``, unless all are."""
        known = np.array([tag != "und" for tag in self.languages], bool)
        return self.of(known) if known.any() else self

    def of(self, chosen: NDArray[np.bool_]) -> ReadTexts:
        """Some of the texts."""
        rows = np.flatnonzero(chosen)
        return ReadTexts(
            features=self.features[rows],
            found=self.found.of(rows),
            targets=self.targets[rows],
            languages=tuple(self.languages[row] for row in rows),
        )


def best_blend(
    members: Sequence[Arrays], words: Words | None, *, held_out: ReadTexts, scheme: Scheme
) -> tuple[Arrays, Words | None, tuple[float, ...]]:
    """The blend with the smallest calibrated loss, a mean over languages, and the members' weights in it.

    Args:
        members: networks of the same inputs and outputs.
        words: that are blended in too; their weight is the last.
        held_out: decides; without ``und``.
        scheme: of the head.

    Returns:
        One network, the words, and the weights.
    """
    logits = [member.logits(held_out.features) for member in members]
    if words is not None:
        logits.append(words.logits(held_out.found, languages=held_out.languages, dense=logits[0]))

    def loss(weights: tuple[float, ...]) -> float:
        mixed = sum(weight * each for weight, each in zip(weights, logits, strict=True))
        return calibrated_loss(
            np.asarray(mixed, np.float32), held_out.targets, languages=held_out.languages, scheme=scheme
        )

    shares = (tuple(part / _PARTS for part in parts) for parts in _shares(len(logits), _PARTS))
    best = min((weights for weights in shares if any(weights[: len(members)])), key=loss)
    arrays = blend(members, best[: len(members)])
    if words is None or not best[-1]:
        return arrays, None, best
    scaled, said = words.scaled(best[-1]), logits[-1] * best[-1]
    dense = arrays.logits(held_out.features)
    return arrays, as_expected(scaled, said, dense=dense, languages=held_out.languages), best


def _shares(members: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to give the parts to the members."""
    if members == 1:
        yield (parts,)
        return
    for own in range(parts, -1, -1):
        for others in _shares(members - 1, parts - own):
            yield (own, *others)
