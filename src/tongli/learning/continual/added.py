"""New heads beside trained ones, whose files stay as they are, byte for byte.

Nothing that the old heads read is trained: a new head is a bag of perceptrons on the features that the tuned
layers give, with the weights of words beside it.
"""

from __future__ import annotations

import numpy as np

from tongli.emotion.card import Card
from tongli.emotion.head import Arrays
from tongli.learning.bag import fit_bag
from tongli.learning.continual.kept import Kept, open_kept, write_beside
from tongli.learning.recipe_file import wrong
from tongli.learning.tasks import Task
from tongli.learning.train.corpus import Corpus
from tongli.learning.train.head import Features, Finish, Material, finish_head
from tongli.learning.train.pool import gather, require_held_out
from tongli.learning.train.recipe import Recipe

_BAG, _PASSES = 5, 25
"""Perceptrons of a new head where the recipe says nothing, and the fewest passes over its texts."""


def add_heads(recipe: Recipe, corpus: Corpus, *, where: Finish) -> list[Card]:
    """Train the heads of a recipe on the weights that it names as ``base``; write both, whole or not at all.

    Args:
        recipe: with ``base``.
        corpus: its data.
        where: files are written and kept.

    Raises:
        ConfigError: ``recipe.value`` for a head that the base has, ``output.exists``.
        ModelError: ``continue.base``, ``release.*``, ``heads.*``.
        StorageError: ``continue.unwritable``.
    """
    kept = open_kept(recipe, where.settings)
    if known := [name for name in recipe.heads if name in kept.heads]:
        allowed = "heads that it has not, or refit = true to go on with those that it has"
        raise wrong("recipe.value", f"heads.{known[0]}, which {recipe.base} has", allowed)
    return write_beside(kept, lambda part: _learn(recipe, corpus, kept=kept, where=part), where=where)


def _learn(recipe: Recipe, corpus: Corpus, *, kept: Kept, where: Finish) -> list[Card]:
    pool = gather(corpus, held_out=recipe.held_out, near=recipe.near)
    require_held_out(pool, recipe.heads)
    where.tell(f"{len(pool.fit):,} texts to learn from, {len(pool.held_out):,} held out")
    encoder = kept.encoder(progress=where.tell)
    run = Material(
        recipe=recipe,
        corpus=corpus,
        pool=pool,
        features=Features(pool, encoder=encoder, rows=np.arange(len(pool.items)), where=where),
        where=where,
    )
    return [finish_head(name, {"bag": _bag(name, run)}, run=run) for name in recipe.heads]


def _bag(head: str, run: Material) -> Arrays:
    pool, recipe, plan = run.pool, run.recipe, run.recipe.heads[head]
    rows = pool.rows_of(head, among=pool.fit)
    return fit_bag(
        run.features.of(rows),
        pool.targets(head, rows),
        groups=[pool.items[row].text for row in rows],
        languages=pool.langs(head, rows),
        kind=recipe.scheme(head).kind,
        task=Task(
            head=head,
            train=(),
            dev=(),
            folds=plan.bag or _BAG,
            epochs=max(plan.bag_epochs, _PASSES),
            inner=plan.inner,
            balance=recipe.power,
        ),
        seed=recipe.seed,
        tell=run.where.tell,
    ).arrays
