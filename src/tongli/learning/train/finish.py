"""A trained network → the files that ship: tuned layers, heads, calibration, thresholds, figures.

Everything is measured through the int8 encoder built from the very files that were written, so that no figure
depends on what only existed in training.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import FloatArray, IntArray, Settings
from tongli.emotion.card import Card
from tongli.emotion.head import Arrays, Head, calibrate, load_head
from tongli.emotion.words import Words, grams
from tongli.encoders.overlay import save_overlay
from tongli.encoders.sources import OVERLAY, find_source
from tongli.encoders.text import TextEncoder
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.bag import fit_bag, widened
from tongli.learning.calibrate import centred, fit_card, plain_card
from tongli.learning.features import cached_features, pieces_of
from tongli.learning.provenance import made_by, sources
from tongli.learning.report import measure
from tongli.learning.tasks import Example, Task
from tongli.learning.train.blending import ReadTexts, best_blend
from tongli.learning.train.everyday import Everyday, aside, labelled, taught, with_confidence
from tongli.learning.train.network import Upper, to_layer
from tongli.learning.train.pool import Pool, Rows
from tongli.learning.train.recipe import Recipe
from tongli.learning.train.run import Prepared
from tongli.learning.words import fit_words

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
    features = _Features(prepared.pool, encoder=encoder, recipe=recipe, where=where)
    return [
        _finish_head(name, prepared, network, features=features, recipe=recipe, where=where)
        for name in recipe.heads
    ]


class _Features:
    """Features of the pool's texts as they ship, computed once for all heads, which share texts.

    Without bags only held-out texts are read.
    """

    def __init__(self, pool: Pool, *, encoder: TextEncoder, recipe: Recipe, where: Finish) -> None:
        bags = any(head.bag for head in recipe.heads.values())
        self.encoder = encoder
        self._pool = pool
        self._rows = np.arange(len(pool.items)) if bags else pool.held_out
        self._table = cached_features(
            [pool.items[row].text for row in self._rows],
            encoder=encoder,
            folder=where.cache,
            tell=_counting(where),
        )

    @property
    def width(self) -> int:
        """Of a row."""
        return int(self._table.shape[1])

    def of(self, rows: Rows) -> FloatArray:
        """Features ``(rows, width)``, float16."""
        return self._table[np.searchsorted(self._rows, rows)]

    def pieces(self, rows: Rows) -> list[IntArray]:
        """Pieces of each text."""
        return pieces_of([self._pool.items[row].text for row in rows], encoder=self.encoder)


def _finish_head(
    head: str, prepared: Prepared, network: Upper, *, features: _Features, recipe: Recipe, where: Finish
) -> Card:
    pool = prepared.pool
    held_out = _read_rows(head, pool, pool.rows_of(head, among=pool.held_out), features=features).counted()
    draft = _draft(head, prepared, encoder=features.encoder, recipe=recipe)
    members = {"tuned head": _arrays(network, head)}
    if recipe.heads[head].bag:
        members["bag"] = _bag(head, prepared, features=features, recipe=recipe, tell=where.tell)
    words = _words(head, prepared, features=features, recipe=recipe)
    arrays, kept, weights = best_blend(tuple(members.values()), words, held_out=held_out, scheme=draft.scheme)
    names = [*members, "words"][: len(weights)]
    shares = (f"{name} {weight:.1%}" for name, weight in zip(names, weights, strict=True))
    where.tell(f"{head}: {', '.join(shares)}")
    draft = replace(draft, words=kept.languages if kept is not None else ())
    everyday = _everyday(draft, prepared, encoder=features.encoder, where=where)
    card = calibrated(Head(arrays, draft, kept), held_out=held_out)
    if everyday is not None:
        texts = _read_rows(head, pool, pool.rows_of(head, among=pool.fit), features=features)
        arrays = taught(Head(arrays, card, kept), texts, everyday.learnt, seed=recipe.seed)
        draft = replace(draft, data=(*draft.data, *everyday.sources))
        card = calibrated(Head(arrays, draft, kept), held_out=held_out)
        card = with_confidence(Head(arrays, card, kept), everyday.aside)
    if unlabelled := prepared.corpus.unlabelled.get(head):
        card = _centred(Head(arrays, card, kept), _read(unlabelled, encoder=features.encoder, where=where))
    arrays.save(where.out / f"{head}.safetensors", words=kept)
    card.save(where.out / f"{head}.json")
    dev = _dev(head, prepared.corpus.dev[head], encoder=features.encoder, where=where)
    card = replace(card, metrics={**card.metrics, **dev})
    card.save(where.out / f"{head}.json")
    where.tell(f"{head}: {summary(card)}")
    return card


def _read_rows(head: str, pool: Pool, rows: Rows, *, features: _Features) -> ReadTexts:
    """What a head reads of texts of the pool."""
    return ReadTexts(
        features=np.asarray(features.of(rows), np.float32),
        found=grams(features.pieces(rows)),
        targets=pool.targets(head, rows),
        languages=tuple(pool.langs(head, rows)),
    )


def _everyday(draft: Card, prepared: Prepared, *, encoder: TextEncoder, where: Finish) -> Everyday | None:
    """Everyday texts for a head that has some, labelled by their forms of address."""
    corpus = prepared.corpus
    if not corpus.everyday.get(draft.head):
        return None
    examples = labelled(corpus.everyday[draft.head], languages=draft.languages, encoder=encoder)
    where.tell(f"{draft.head}: {len(examples):,} everyday texts")
    kept = aside(examples)
    learnt, measured = (
        [example for example, away in zip(examples, kept, strict=True) if away == side]
        for side in (False, True)
    )
    return Everyday(
        learnt=_read(learnt, encoder=encoder, where=where),
        aside=_read(measured, encoder=encoder, where=where),
        sources=sources((example.source for example in learnt), verdict=corpus.verdict),
    )


def _bag(head: str, prepared: Prepared, *, features: _Features, recipe: Recipe, tell: Tell) -> Arrays:
    """Perceptrons on the frozen layers alone.

    The tuned layers know the texts that they were tuned on, and what learns from those again trusts them too
    much. The frozen layers know none.
    """
    pool, plan, trunk = prepared.pool, recipe.heads[head], prepared.trunk
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
        features.of(rows)[:, : len(trunk.lower) * trunk.weights.hidden],
        pool.targets(head, rows),
        groups=[pool.items[row].text for row in rows],
        languages=pool.langs(head, rows),
        kind=recipe.scheme(head).kind,
        task=task,
        seed=recipe.seed,
        tell=tell,
    )
    return widened(low.arrays, width=features.width)


def _words(head: str, prepared: Prepared, *, features: _Features, recipe: Recipe) -> Words | None:
    pool, strength = prepared.pool, recipe.heads[head].words
    if not strength:
        return None
    rows = pool.rows_of(head, among=pool.fit)
    return fit_words(
        features.pieces(rows),
        pool.targets(head, rows),
        languages=pool.langs(head, rows),
        kind=recipe.scheme(head).kind,
        strength=strength,
    )


def calibrated(head: Head, *, held_out: ReadTexts) -> Card:
    """The card with calibration, thresholds and held-out figures.

    Args:
        head: with the draft of a card.
        held_out: texts that were not learnt from, without ``und``.
    """
    languages, targets = held_out.languages, held_out.targets
    logits = head.logits(held_out.features, held_out.found, languages=languages)
    card = fit_card(head.card, logits, targets, languages=languages)
    values = calibrate(logits, card=card, languages=languages)
    return replace(card, metrics={"held_out": measure(values, targets, languages=languages, card=card)})


def _centred(head: Head, texts: ReadTexts) -> Card:
    logits = head.logits(texts.features, texts.found, languages=texts.languages)
    return centred(head.card, logits, languages=texts.languages)


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
    texts = _read(dev, encoder=encoder, where=where)
    values = head.values(texts.features, texts.found, languages=texts.languages)
    return {"dev": measure(values, texts.targets, languages=texts.languages, card=head.card)}


def _read(examples: Sequence[Example], *, encoder: TextEncoder, where: Finish) -> ReadTexts:
    """What heads read of texts outside the pool."""
    texts = [example.text for example in examples]
    return ReadTexts(
        features=_features(texts, encoder=encoder, where=where),
        found=grams(pieces_of(texts, encoder=encoder)),
        targets=np.stack([example.target for example in examples]),
        languages=tuple(example.lang for example in examples),
    )


def _features(texts: Sequence[str], *, encoder: TextEncoder, where: Finish) -> FloatArray:
    unique = sorted(set(texts))
    table = cached_features(
        unique,
        encoder=encoder,
        folder=where.cache,
        tell=_counting(where),
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
    pool, verdict = prepared.pool, prepared.corpus.verdict
    rows = pool.rows_of(head, among=pool.fit)
    return replace(
        plain_card(recipe.scheme(head)),
        encoder=encoder.id,
        data=sources((pool.items[row].sources[head] for row in rows), verdict=verdict),
        languages=tuple(sorted(set(pool.langs(head, rows)) - {"und"})),
        seed=recipe.seed,
        releasable=verdict.releasable,
        lender=recipe.heads[head].lender or None,
        made_by=made_by(recipe=repr(recipe), texts=(item.text for item in pool.items)),
    )


def _counting(where: Finish) -> Callable[[int, int], None]:
    return lambda done, total: where.tell(f"{done:,} of {total:,} texts encoded")
