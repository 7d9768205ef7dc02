"""A few examples of each label, and what is held out from them."""

from __future__ import annotations

import numpy as np

from tongli.learning.data.normal import normal_form
from tongli.learning.label_efficient.labelled import Labelled
from tongli.learning.metrics import Mask


def draw_shots(labelled: Labelled, shots: int, *, seed: int) -> tuple[Labelled, Labelled]:
    """Examples in random order, and all texts that share nothing with them.

    Each label, and its absence where a text may have none, gets ``shots`` texts as far as there are any. A
    text with several labels counts for each of them.
    """
    targets = labelled.targets
    columns: list[Mask] = [targets[:, place] > 0.5 for place in range(targets.shape[1])]
    columns.append(np.asarray((np.nan_to_num(targets) <= 0.5).all(axis=1)))
    order = np.random.default_rng(seed).permutation(len(labelled))
    chosen = np.zeros(len(labelled), bool)
    for column in columns:
        missing = shots - int((chosen & column).sum())
        chosen[order[column[order] & ~chosen[order]][: max(missing, 0)]] = True
    examples = labelled.take(order[chosen[order]])
    taken = set(examples.groups)
    return examples, labelled.take([row for row, group in enumerate(labelled.groups) if group not in taken])


def apart(labelled: Labelled, examples: Labelled) -> Labelled:
    """The texts that are not among the examples, whatever their case, links and user names."""
    known = {normal_form(text) for text in examples.texts}
    return labelled.take([row for row, text in enumerate(labelled.texts) if normal_form(text) not in known])


def sample(labelled: Labelled, size: int, *, seed: int) -> Labelled:
    """At most so many of the texts, drawn at random, in their order."""
    if len(labelled) <= size:
        return labelled
    return labelled.take(np.sort(np.random.default_rng(seed).choice(len(labelled), size, replace=False)))
