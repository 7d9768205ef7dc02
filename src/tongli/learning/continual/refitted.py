"""Heads that trained weights have, learning on from what they are; layers and other heads stay.

The layers give the features as they ship, so what changed since they were trained (how texts are read, say)
is learnt by the heads in minutes.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tongli.emotion.card import Card
from tongli.emotion.head import Head, load_head
from tongli.learning.continual.base import on_common_scale, to_arrays
from tongli.learning.continual.kept import Kept, open_kept, write_beside
from tongli.learning.continual.swaps import Pairing, Swaps, read_swaps
from tongli.learning.provenance import made_by
from tongli.learning.recipe_file import wrong
from tongli.learning.states import States
from tongli.learning.train.corpus import Corpus
from tongli.learning.train.head import Features, Finish, Material, finish_head
from tongli.learning.train.loop import Penalty, Trainer
from tongli.learning.train.network import OnFeatures, Upper
from tongli.learning.train.pool import Pool, gather, require_held_out
from tongli.learning.train.recipe import Recipe
from tongli.learning.train.tracking import Log
from tongli.learning.words import alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Refitting:
    """All that a refit learns from.

    Attributes:
        pool: the texts that are read: those held out, and the portion that is learnt from.
        states: their features, as pooled states of texts without tokens.
        heads: as they are before.
        swaps: texts with persons in them; none when their weight is 0.
        whole: every text; the weights of words learn from all.
        features: of the texts that are read.
    """

    pool: Pool
    states: States
    heads: Mapping[str, Head]
    swaps: Swaps | None
    whole: Pool
    features: Features

    def anew(self, recipe: Recipe) -> Upper:
        """The heads as they are, as a network that reads features."""
        first = next(iter(self.heads.values())).arrays
        network = OnFeatures(
            heads={name: head.arrays.down.shape for name, head in self.heads.items()},
            mean=first.mean,
            scale=first.scale,
            dropout=recipe.head_dropout,
        )
        for name, head in self.heads.items():
            weights = on_common_scale(alone(head), mean=first.mean, scale=first.scale)
            network.heads[name].load_state_dict(weights)
        return network

    def penalty(self, recipe: Recipe) -> Penalty | None:
        """What heads say differently of a text with a name and without."""
        if self.swaps is None or not recipe.swaps:
            return None
        return Pairing(self.swaps, blind=self.states.pooled[self.swaps.rows], recipe=recipe)


def refit_heads(recipe: Recipe, corpus: Corpus, *, where: Finish, log: Log) -> list[Card]:
    """Refit the heads of a recipe, and write them with the rest of its ``base``, whole or not at all.

    Args:
        recipe: with ``base`` and ``refit``.
        corpus: its data.
        where: files are written and kept.
        log: of the numbers of training.

    Raises:
        ConfigError: ``recipe.value`` for a head that the base has not, ``output.exists``.
        ModelError: ``continue.base``, ``release.*``, ``heads.*``, ``train.nan``.
        StorageError: ``continue.unwritable``.
    """
    kept = open_kept(recipe, where.settings)

    def learn(part: Finish) -> list[Card]:
        prepared = _prepared(recipe, corpus, kept=kept, where=part)
        network = _trained(prepared, recipe, tell=part.tell, log=log)
        run = Material(
            recipe=recipe, corpus=corpus, pool=prepared.whole, features=prepared.features, where=part
        )
        made = made_by(
            recipe=repr((recipe, recipe.portion, recipe.swaps)),
            texts=(item.text for item in prepared.whole.items),
        )
        cards = [
            finish_head(name, {"refitted head": to_arrays(network, name)}, run=run) for name in recipe.heads
        ]
        return [replace(card, made_by=made) for card in cards]

    return write_beside(kept, learn, where=where, but=tuple(recipe.heads))


def prepare_refit(recipe: Recipe, corpus: Corpus, *, where: Finish) -> Refitting:
    """Read the texts, and the heads that learn on.

    Raises:
        ConfigError: ``recipe.value`` for a head that the base has not.
        InputError: ``train.held-out``.
        ModelError: ``continue.base``, ``release.*``, ``heads.*``.
    """
    return _prepared(recipe, corpus, kept=open_kept(recipe, where.settings), where=where)


def _prepared(recipe: Recipe, corpus: Corpus, *, kept: Kept, where: Finish) -> Refitting:
    if strange := [name for name in recipe.heads if name not in kept.heads]:
        allowed = ", ".join(kept.heads)
        raise wrong("recipe.value", f"heads.{strange[0]}, which {recipe.base} has not", allowed)
    whole = gather(corpus, held_out=recipe.held_out, near=recipe.near)
    rows = np.union1d(whole.held_out, [row for row in whole.fit if _portion(whole, row) < recipe.portion])
    pool = _cut(whole, rows)
    require_held_out(pool, recipe.heads)
    where.tell(f"{len(pool.fit):,} texts to learn from, {len(pool.held_out):,} held out")
    encoder = kept.encoder(progress=where.tell)
    features = Features(whole, encoder=encoder, rows=rows, where=where)
    return Refitting(
        pool=pool,
        states=_without_tokens(np.asarray(features.of(rows), np.float16)),
        heads={name: load_head(kept.folder, name) for name in recipe.heads},
        swaps=read_swaps(pool, encoder=encoder, where=where) if recipe.swaps else None,
        whole=whole,
        features=features,
    )


def _trained(prepared: Refitting, recipe: Recipe, *, tell: Callable[[str], None], log: Log) -> Upper:
    with tempfile.TemporaryDirectory() as scratch:  # it takes minutes: a killed run starts again
        return Trainer(
            prepared.anew(recipe),
            pool=prepared.pool,
            states=prepared.states,
            recipe=recipe,
            folder=Path(scratch),
            tell=tell,
            log=log,
            penalty=prepared.penalty(recipe),
        ).run()


def _cut(pool: Pool, rows: NDArray[np.intp]) -> Pool:
    """The pool with some of its texts."""
    return Pool(
        items=tuple(pool.items[row] for row in rows),
        fit=np.flatnonzero(np.isin(rows, pool.fit)),
        held_out=np.flatnonzero(np.isin(rows, pool.held_out)),
    )


def _without_tokens(features: NDArray[np.float16]) -> States:
    """Features as states that only hold what is pooled."""
    return States(
        tokens=np.zeros((0, 1), np.float16), starts=np.zeros(len(features) + 1, np.int64), pooled=features
    )


def _portion(pool: Pool, row: int) -> float:
    digest = hashlib.sha256(f"portion {pool.items[row].text}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
