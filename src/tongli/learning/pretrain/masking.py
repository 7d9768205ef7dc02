"""Which tokens are to be predicted, and what stands in their place.

Masks are drawn anew whenever a text comes up (RoBERTa: Liu et al. 2019). Of the tokens to predict, 80 % are
replaced by the mask, 10 % by another token, and 10 % stay (BERT: Devlin et al. 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.learning.pretrain.windows import FIXED, Windows

Places = NDArray[np.intp]

MASKED, SWAPPED = 0.8, 0.1
"""Shares of the tokens to predict; the rest stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Windows with hidden tokens.

    Attributes:
        ids: int64 ``(windows, longest)``, with what is hidden replaced.
        mask: float32 of the same shape, 1 for real tokens.
        hidden: bool of the same shape, tokens to predict.
        targets: int64 ``(hidden,)``, what stood there, row by row.
        rows: int64 ``(hidden,)``, the window of each.
    """

    ids: NDArray[np.int64]
    mask: NDArray[np.float32]
    hidden: NDArray[np.bool_]
    targets: NDArray[np.int64]
    rows: NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Masker:
    """How tokens are hidden.

    Attributes:
        share: of the tokens to predict, in 0..1.
        whole_words: hide words rather than pieces of words.
        mask_id, pad_id: places in the vocabulary.
        others: places of tokens that may stand in for another.
    """

    share: float
    whole_words: bool
    mask_id: int
    pad_id: int
    others: NDArray[np.int64]

    def batch(
        self,
        windows: Windows,
        rows: Sequence[int],
        *,
        generator: np.random.Generator,
        only_mask: bool = False,
    ) -> Batch:
        """Hide tokens of some windows; ``only_mask`` puts the mask for all of them, as measuring does."""
        parts = [windows.window(row) for row in rows]
        shape = (len(parts), max(len(ids) for ids, _ in parts))
        whole = np.full(shape, self.pad_id, np.int64)
        mask, hidden = np.zeros(shape, np.float32), np.zeros(shape, bool)
        for row, (ids, words) in enumerate(parts):
            whole[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
            chosen = choose(words, share=self.share, whole_words=self.whole_words, generator=generator)
            hidden[row, chosen] = True
        targets = whole[hidden]
        whole[hidden] = self.mask_id if only_mask else self.replaced(targets, generator=generator)
        return Batch(ids=whole, mask=mask, hidden=hidden, targets=targets, rows=np.nonzero(hidden)[0])

    def replaced(self, targets: NDArray[np.int64], *, generator: np.random.Generator) -> NDArray[np.int64]:
        """What stands in the place of each token to predict."""
        chance = generator.random(len(targets))
        others = generator.choice(self.others, len(targets))
        kept = np.where(chance < MASKED + SWAPPED, others, targets)
        return np.where(chance < MASKED, self.mask_id, kept)


def choose(
    words: NDArray[np.int32], *, share: float, whole_words: bool, generator: np.random.Generator
) -> Places:
    """Places to predict: ``share`` of those that are free, rounded, and at least one.

    Args:
        words: word number of each token, or ``FIXED``.
        share: in 0..1.
        whole_words: take all pieces of a word or none. Words that would be too many are passed over, but one
            is always taken.
        generator: of the choice.
    """
    free = np.flatnonzero(words != FIXED)
    count = min(len(free), max(1, round(share * len(free))))
    if not whole_words:
        return generator.permutation(free)[:count]
    units = [free[words[free] == number] for number in generator.permutation(np.unique(words[free]))]
    chosen: list[Places] = []
    for unit in units:
        if len(unit) <= count:
            chosen.append(unit)
            count -= len(unit)
    return np.concatenate(chosen) if chosen else min(units, key=len)
