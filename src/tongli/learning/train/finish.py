"""A trained network → the files that ship: tuned layers, heads, calibration, thresholds, figures.

Everything is measured through the int8 encoder built from the very files that were written, so that no figure
depends on what only existed in training.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tongli import __version__
from tongli.core import FloatArray, Settings
from tongli.emotion.card import Calibration, Card, Source, Thresholds
from tongli.emotion.head import Arrays, calibrate, load_head
from tongli.encoders.overlay import save_overlay
from tongli.encoders.sources import OVERLAY, find_source
from tongli.encoders.text import TextEncoder
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.bag import fit_bag, widened
from tongli.learning.calibrate import fit_calibration, fit_thresholds
from tongli.learning.features import cached_features
from tongli.learning.report import measure
from tongli.learning.tasks import Example, Task
from tongli.learning.train.blending import HeldOut, best_blend
from tongli.learning.train.network import Upper, to_layer
from tongli.learning.train.recipe import Recipe
from tongli.learning.train.run import Prepared

_DOUBT = 0.08

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish:
    """Where finishing reads and writes.

    Attributes:
        out: folder of the tuned layers, heads and cards.
        cache: folder of computed features.
        settings: cache and threads for the encoder that is built.
        tell: told about long steps.
    """

    out: Path
    cache: Path
    settings: Settings
    tell: Tell


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
    return [
        _finish_head(name, prepared, network, encoder=encoder, recipe=recipe, where=where)
        for name in recipe.heads
    ]


def _finish_head(
    head: str, prepared: Prepared, network: Upper, *, encoder: TextEncoder, recipe: Recipe, where: Finish
) -> Card:
    pool = prepared.pool
    rows = pool.rows_of(head, among=pool.held_out)
    held_out = HeldOut(
        features=_features([pool.items[row].text for row in rows], encoder=encoder, where=where),
        targets=pool.targets(head, rows),
        languages=tuple(pool.langs(head, rows)),
    ).counted()
    draft = _draft(head, prepared, encoder=encoder, recipe=recipe)
    arrays = _arrays(network, head)
    if recipe.heads[head].bag:
        bags = _bags(head, prepared, encoder=encoder, recipe=recipe, where=where)
        arrays, weights = best_blend([arrays, *bags], held_out=held_out, scheme=draft.scheme)
        where.tell(f"{head}: tuned head, bag on all layers, bag on frozen layers weigh {weights}")
    card = calibrated(draft, arrays, held_out=held_out)
    arrays.save(where.out / f"{head}.safetensors")
    card.save(where.out / f"{head}.json")
    dev = _dev(head, prepared.corpus.dev[head], encoder=encoder, where=where)
    card = replace(card, metrics={**card.metrics, **dev})
    card.save(where.out / f"{head}.json")
    where.tell(f"{head}: {summary(card)}")
    return card


def _bags(
    head: str, prepared: Prepared, *, encoder: TextEncoder, recipe: Recipe, where: Finish
) -> tuple[Arrays, Arrays]:
    """Perceptrons on the features as they ship, of all layers and of the frozen ones alone.

    The tuned layers know the texts that they were tuned on, and what learns from those again trusts them too
    much. The frozen layers know none.
    """
    pool, plan, trunk = prepared.pool, recipe.heads[head], prepared.trunk
    rows = pool.rows_of(head, among=pool.fit)
    table = cached_features(
        [item.text for item in pool.items],  # of all heads at once: they share texts
        encoder=encoder,
        folder=where.cache,
        tell=lambda done, total: where.tell(f"{done:,} of {total:,} texts encoded"),
    )
    frozen = len(trunk.lower) * trunk.weights.hidden
    task = Task(
        head=head,
        train=(),
        dev=(),
        folds=plan.bag,
        epochs=plan.bag_epochs,
        inner=plan.bag_inner,
        balance=recipe.power,
    )
    every, low = (
        fit_bag(
            table[rows, :width],
            pool.targets(head, rows),
            groups=[pool.items[row].text for row in rows],
            languages=pool.langs(head, rows),
            kind=SCHEMES[head].kind,
            task=task,
            seed=recipe.seed,
            tell=where.tell,
        ).arrays
        for width in (table.shape[1], frozen)
    )
    return every, widened(low, width=table.shape[1])


def calibrated(card: Card, arrays: Arrays, *, held_out: HeldOut) -> Card:
    """The card with calibration, thresholds and held-out figures.

    Args:
        card: a draft.
        arrays: of the head.
        held_out: texts that were not learnt from, without ``und``.
    """
    scheme, languages, targets = card.scheme, held_out.languages, held_out.targets
    logits = arrays.logits(held_out.features)
    card = replace(card, calibration=fit_calibration(logits, targets, languages=languages, scheme=scheme))
    values = calibrate(logits, card=card, languages=languages)
    card = replace(card, thresholds=fit_thresholds(values, targets, languages=languages, scheme=scheme))
    return replace(card, metrics={"held_out": measure(values, targets, languages=languages, card=card)})


def summary(card: Card) -> str:
    """The figures of a card that are single numbers, in one line."""
    return "; ".join(
        f"{split} "
        + ", ".join(f"{key} {value}" for key, value in found.items() if not isinstance(value, dict))
        for split, found in card.metrics.items()
    )


def _dev(name: str, dev: Sequence[Example], *, encoder: TextEncoder, where: Finish) -> Mapping[str, Any]:
    """Figures of the files as written, on the development sets."""
    if not dev:
        return {}
    head = load_head(where.out, name)
    languages = [example.lang for example in dev]
    features = _features([example.text for example in dev], encoder=encoder, where=where)
    targets = np.stack([example.target for example in dev])
    values = head.values(features, languages)
    return {"dev": measure(values, targets, languages=languages, card=head.card)}


def _features(texts: Sequence[str], *, encoder: TextEncoder, where: Finish) -> FloatArray:
    unique = sorted(set(texts))
    table = cached_features(
        unique,
        encoder=encoder,
        folder=where.cache,
        tell=lambda done, total: where.tell(f"{done:,} of {total:,} texts encoded"),
    )
    place = {text: index for index, text in enumerate(unique)}
    return np.asarray(table[[place[text] for text in texts]], np.float32)


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


def _draft(head: str, prepared: Prepared, *, encoder: TextEncoder, recipe: Recipe) -> Card:
    pool = prepared.pool
    labels = SCHEMES[head].labels
    zeros = (0.0,) * len(labels)
    rows = pool.rows_of(head, among=pool.fit)
    counts = Counter(pool.items[row].sources[head] for row in rows)
    licences = {item.source: item.licence for item in prepared.corpus.verdict.sources}
    return Card(
        head=head,
        encoder=encoder.id,
        labels=labels,
        data=tuple(
            Source(name=name, licence=licences[name], examples=count) for name, count in counts.most_common()
        ),
        languages=tuple(sorted(set(pool.langs(head, rows)) - {"und"})),
        calibration=Calibration(slope=(1.0,) * len(labels), offset=zeros),
        thresholds=Thresholds(default=zeros),
        doubt=_DOUBT,
        metrics={},
        seed=recipe.seed,
        releasable=prepared.corpus.verdict.releasable,
        made_by={
            "tongli": __version__,
            "recipe": _digest(repr(recipe)),
            "texts": _digest("\0".join(item.text for item in pool.items)),
        },
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]
