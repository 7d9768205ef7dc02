"""The same texts with two persons in them: a head should say the same of both.

Not every name is recognised, so some stand in what the heads read. Texts in which the common person has been
given a name show the heads what names do to features, in all languages of the training texts; what is said of
a text with the name is drawn to what is said of it without, and the other way round.

References:
    Garg et al. (2019), "Counterfactual fairness in text classification through robustness", AIES:
        counterfactual logit pairing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tongli.core import FloatArray
from tongli.core.text import clean
from tongli.encoders.impersonal import impersonal
from tongli.encoders.impersonal.lists import lists, script_of
from tongli.encoders.text import TextEncoder
from tongli.learning.features import cached_features
from tongli.learning.kept import counting
from tongli.learning.train.head import Finish
from tongli.learning.train.losses import divergences
from tongli.learning.train.network import Upper
from tongli.learning.train.pool import Pool, Rows
from tongli.learning.train.recipe import Recipe

MOST = 200
"""Texts of one language."""

_BATCH = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Swaps:
    """Features of texts with persons in them.

    Attributes:
        rows: of the pool.
        named: of the texts with a name in the place of the common person, float16 ``(rows, width)``.
    """

    rows: Rows
    named: FloatArray


def read_swaps(pool: Pool, *, encoder: TextEncoder, where: Finish) -> Swaps:
    """Texts to learn from in which somebody is recognised, some of each language, with other names."""
    named = _with_names(pool)
    return Swaps(
        rows=np.array(list(named), np.intp),
        named=cached_features(
            list(named.values()),
            encoder=encoder,
            folder=where.cache,
            tell=counting(where.tell, what="texts encoded with names"),
            as_written=True,
        ),
    )


class Pairing:
    """The difference between what heads say of both, as a penalty on a network.

    Args:
        swaps: from :func:`read_swaps`.
        blind: features of the same texts without their persons, ``(rows, width)``.
        recipe: its weight, the losses of the heads, and the seed.
    """

    def __init__(self, swaps: Swaps, *, blind: NDArray[np.float16], recipe: Recipe) -> None:
        self._named, self._blind, self._recipe = swaps.named, blind, recipe
        self._generator = np.random.default_rng([recipe.seed, len(swaps.rows)])

    def __call__(self, network: Upper) -> Tensor:
        """The penalty of a step; other texts are drawn for each."""
        rows = self._generator.integers(len(self._blind), size=_BATCH)
        named, blind = (self._standardised(part[rows], network) for part in (self._named, self._blind))
        total = torch.zeros((), device=network.mean.device)
        for name, head in network.heads.items():
            left, right = head(named), head(blind)
            apart = divergences(left, right, torch.zeros_like(left), kind=self._recipe.scheme(name).kind)
            total = total + self._recipe.heads[name].loss * apart.mean()
        return self._recipe.swaps * total

    def _standardised(self, features: NDArray[Any], network: Upper) -> Tensor:
        values = torch.from_numpy(np.asarray(features, np.float32)).to(network.mean.device)
        return (values - network.mean) * network.scale


def _with_names(pool: Pool) -> dict[int, str]:
    """Row → its text with a name, at most :data:`MOST` of a language, by the hash of the text."""
    groups: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in pool.fit.tolist():
        item = pool.items[row]
        digest = hashlib.sha256(f"swaps {item.text}".encode("utf-8", "surrogatepass")).digest()
        groups[next(iter(item.langs.values()))].append((int.from_bytes(digest[:8], "big"), row))
    found: dict[int, str] = {}
    for group in groups.values():
        chosen = 0
        for chance, row in sorted(group):
            text = impersonal(clean(pool.items[row].text)[0])
            if (named := _named(text, chance=chance)) != text:
                found[row] = named
                chosen += 1
            if chosen == MOST:
                break
    return dict(sorted(found.items()))


def _named(text: str, *, chance: int) -> str:
    """The text with a listed name of the same script in the place of the common person."""
    for script, person in lists().persons.items():
        names = _names(script)
        if person in text and names:
            name = names[chance % len(names)]
            text = text.replace(person, name.title() if person.istitle() else name)
    return text


@cache
def _names(script: str) -> tuple[str, ...]:
    """Names that are no ordinary words, in alphabetical order."""
    return tuple(
        sorted(name for name, also in lists().names.items() if not also and script_of(name) == script)
    )
