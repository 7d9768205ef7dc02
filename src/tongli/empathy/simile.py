"""Figurative phrases: which of several readings one has, by nearness of meaning.

Plain similes are mostly told, readings that rest on a culture are not: see ``docs/idioms.md`` for how far to
trust it.

References:
    Kabra et al. (2023), "Multi-lingual and Multi-cultural Figurative Language Understanding", Findings of
    ACL: the task.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray

Embed = Callable[[Sequence[str]], FloatArray]
"""Sentence vectors of unit length, ``(texts, hidden)``: :meth:`tongli.Tongli.sentences`."""

SURE = 0.7
"""Least chance of a reading that is chosen."""
_SHARPNESS = 66.0
"""Log-odds a unit of cosine, fitted on 1,105 similes of ours (``benchmarks/figurative/similes.txt``)."""
_END = re.compile(r"[\s.!?…。！？।]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a figurative phrase means.

    Attributes:
        index: of the reading, from 0; ``None`` when none is sure enough.
        scores: chance of each reading, together 1.
    """

    index: int | None
    scores: tuple[float, ...]


def choose(phrase: str, readings: Sequence[str], *, embed: Embed) -> Chosen:
    """Which reading a phrase has; how it is punctuated at the end does not matter.

    Args:
        phrase: such as "The exam was a walk in the park."
        readings: at least two, in the same language.
        embed: sentence vectors of the embedded encoder, which the chances were fitted on.
    """
    own, *others = embed([_END.sub("", text) for text in (phrase, *readings)])
    odds = np.exp(_SHARPNESS * (np.array(others) @ own - 1))
    scores = odds / odds.sum()
    best = int(scores.argmax())
    return Chosen(index=best if scores[best] >= SURE else None, scores=tuple(map(float, scores)))
