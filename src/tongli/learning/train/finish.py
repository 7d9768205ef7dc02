"""A trained network → the files that ship: tuned layers, and every head with its card."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tongli.emotion.card import Card
from tongli.emotion.head import Arrays
from tongli.encoders.overlay import save_overlay
from tongli.encoders.sources import OVERLAY, find_source
from tongli.encoders.text import TextEncoder
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.bag import fit_bag, widened
from tongli.learning.tasks import Task
from tongli.learning.train.head import Features, Finish, Material, finish_head
from tongli.learning.train.network import Upper, to_layer
from tongli.learning.train.recipe import Recipe
from tongli.learning.train.run import Prepared


def finish(prepared: Prepared, network: Upper, *, recipe: Recipe, where: Finish) -> list[Card]:
    """Write every head of the recipe with its card; the tuned layers first.

    Raises:
        ModelError: ``adapt.merge`` for an adaptation that plain layers cannot hold.
    """
    if recipe.adaptation != Adaptation():
        from tongli.learning.adapt.insert import merged  # it imports peft, which takes long

        network = merged(network)
    where.out.mkdir(parents=True, exist_ok=True)
    save_overlay(
        where.out / OVERLAY,
        base=prepared.trunk.weights,
        base_digest=find_source(recipe.model, where.settings).digest,
        tuned=[to_layer(layer.state_dict()) for layer in network.layers],
    )
    encoder = TextEncoder(model=recipe.model, settings=replace(where.settings, heads=where.out))
    pool = prepared.pool
    bags = any(head.bag for head in recipe.heads.values())
    rows = np.arange(len(pool.items)) if bags else pool.held_out
    run = Material(
        recipe=recipe,
        corpus=prepared.corpus,
        pool=pool,
        features=Features(pool, encoder=encoder, rows=rows, where=where),
        where=where,
    )
    return [finish_head(name, _members(name, prepared, network, run=run), run=run) for name in recipe.heads]


def _members(head: str, prepared: Prepared, network: Upper, *, run: Material) -> dict[str, Arrays]:
    members = {"tuned head": _arrays(network, head)}
    if run.recipe.heads[head].bag:
        members["bag"] = _bag(head, prepared, run=run)
    return members


def _bag(head: str, prepared: Prepared, *, run: Material) -> Arrays:
    """Perceptrons on the frozen layers alone.

    The tuned layers know the texts that they were tuned on, and what learns from those again trusts them too
    much. The frozen layers know none.
    """
    pool, trunk, recipe = prepared.pool, prepared.trunk, run.recipe
    plan = recipe.heads[head]
    rows = pool.rows_of(head, among=pool.fit)
    task = Task(
        head=head,
        train=(),
        dev=(),
        folds=plan.bag,
        epochs=plan.bag_epochs,
        inner=plan.bag_inner,
        balance=recipe.power,
    )
    low = fit_bag(
        run.features.of(rows)[:, : len(trunk.lower) * trunk.weights.hidden],
        pool.targets(head, rows),
        groups=[pool.items[row].text for row in rows],
        languages=pool.langs(head, rows),
        kind=recipe.scheme(head).kind,
        task=task,
        seed=recipe.seed,
        tell=run.where.tell,
    )
    return widened(low.arrays, width=run.features.width)


def _arrays(network: Upper, head: str) -> Arrays:
    module = network.heads[head]
    tensors = {name: value.detach().numpy().astype(np.float32) for name, value in module.state_dict().items()}
    return Arrays(
        mean=network.mean.numpy(),
        scale=network.scale.numpy(),
        up=np.ascontiguousarray(tensors["up.weight"].T),
        up_bias=tensors["up.bias"],
        down=np.ascontiguousarray(tensors["down.weight"].T),
        bias=tensors["down.bias"],
    )
