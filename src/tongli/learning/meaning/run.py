"""Learn to compare two texts, from the four parallel sets and from sentences of our own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from tongli.learning.meaning.examples import Example, examples
from tongli.learning.meaning.fit import Encode, Recipe, fit, shuffled
from tongli.learning.meaning.network import PairNetwork
from tongli.learning.meaning.parallel import UNSEEN, Group

HIDDEN = 384
OWN = 1200
"""Sentences of our own, each with a change of one thing."""
MOST = 8500
"""Examples that are learnt from, in about five minutes of one processor."""
LONGEST = 240
"""Characters of both texts together; longer ones take the time of many short ones."""
_SEED, _START = 5, 11
CARD = {
    "data": [
        "NTREX-128, development part (CC BY-SA 4.0)",
        "CoCoA-MT with the IWSLT 2023 formality data, training part (CDLA-Sharing-1.0)",
        "MT-GenEval, development part (CC BY-SA 3.0)",
        "xSID 0.7, validation part (CC BY-SA 4.0)",
        "sentences of our own (Apache-2.0)",
    ],
    "not_learnt_from": [*UNSEEN],
    "seeds": [_SEED, _START],
    "limitations": "One changed word in a long text is often missed; texts of a few words say little.",
}
"""What is stored beside the weights."""


def material(found: Sequence[Group], *, own: int = OWN, most: int = MOST) -> list[Example]:
    """What is learnt from: examples of the groups that serve this, without the languages kept aside."""
    kept = [
        replace(group, texts={lang: texts for lang, texts in group.texts.items() if lang not in UNSEEN})
        for group in found
        if group.part == "fit"
    ]
    made = examples(kept, seed=_SEED, own_facts=own)
    short = [each for each in made if len(each.first.text) + len(each.second.text) <= LONGEST]
    return shuffled(short, seed=_SEED)[:most]


def learn(
    chosen: Sequence[Example],
    *,
    encode: Encode,
    recipe: Recipe | None = None,
    checkpoint: Path,
    tell: Callable[[str], None],
) -> PairNetwork:
    """A network that learnt from the examples.

    Args:
        chosen: see :func:`material`.
        encode: texts → tokens with frozen states.
        recipe: of the run.
        checkpoint: file that gets the weights after every chunk.
        tell: told how far it is.
    """
    torch.manual_seed(_START)
    network = PairNetwork(HIDDEN)
    fit(network, chosen, encode=encode, recipe=recipe or Recipe(), checkpoint=checkpoint, tell=tell)
    return network
