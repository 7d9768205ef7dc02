"""The members of one head → its file and its card: blended, calibrated, given thresholds, measured.

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
from tongli.encoders.text import TextEncoder
from tongli.learning.calibrate import centred, fit_card, plain_card
from tongli.learning.features import cached_features, pieces_of
from tongli.learning.kept import counting
from tongli.learning.provenance import made_by, sources
from tongli.learning.report import measure
from tongli.learning.tasks import Example
from tongli.learning.train.blending import ReadTexts, best_blend
from tongli.learning.train.corpus import Corpus
from tongli.learning.train.everyday import Everyday, aside, labelled, taught, with_confidence
from tongli.learning.train.pool import Pool, Rows
from tongli.learning.train.recipe import Recipe
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


class Features:
    """Features of the pool's texts as they ship, computed once for all heads, which share texts.

    Args:
        pool: of the run.
        encoder: that the heads will read.
        rows: of the pool, in rising order, that are read.
        where: of the run.
    """

    def __init__(self, pool: Pool, *, encoder: TextEncoder, rows: Rows, where: Finish) -> None:
        self.encoder = encoder
        self._pool = pool
        self._rows = rows
        self._table = cached_features(
            [pool.items[row].text for row in self._rows],
            encoder=encoder,
            folder=where.cache,
            tell=counting(where.tell),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What every head of a run is finished from.

    Attributes:
        recipe: of the run.
        corpus, pool: its texts.
        features: of the pool's texts.
        where: files are written and kept.
    """

    recipe: Recipe
    corpus: Corpus
    pool: Pool
    features: Features
    where: Finish


def finish_head(head: str, members: dict[str, Arrays], *, run: Material) -> Card:
    """Write a head and its card.

    Args:
        head: of the recipe.
        members: networks to blend, by what they are called; the first decides how inputs are standardised.
        run: its material.
    """
    pool, recipe, features, where = run.pool, run.recipe, run.features, run.where
    held_out = read_rows(head, pool, pool.rows_of(head, among=pool.held_out), features=features).counted()
    draft = _draft(head, run)
    words = _words(head, run)
    arrays, kept, weights = best_blend(tuple(members.values()), words, held_out=held_out, scheme=draft.scheme)
    names = [*members, "words"][: len(weights)]
    shares = (f"{name} {weight:.1%}" for name, weight in zip(names, weights, strict=True))
    where.tell(f"{head}: {', '.join(shares)}")
    draft = replace(draft, words=kept.languages if kept is not None else ())
    everyday, unlabelled = _everyday(draft, run), _unlabelled(head, run)
    card = calibrated(Head(arrays, draft, kept), held_out=held_out)
    if everyday is not None:
        texts = read_rows(head, pool, pool.rows_of(head, among=pool.fit), features=features)
        untaught = Head(arrays, card, kept)
        arrays = taught(untaught, texts, everyday.learnt, seed=recipe.seed, unlabelled=unlabelled)
        draft = replace(draft, data=(*draft.data, *everyday.sources))
        card = calibrated(Head(arrays, draft, kept), held_out=held_out)
        card = with_confidence(Head(arrays, card, kept), everyday.aside)
    if unlabelled is not None:
        card = _centred(Head(arrays, card, kept), unlabelled)
    arrays.save(where.out / f"{head}.safetensors", words=kept)
    card.save(where.out / f"{head}.json")
    dev = _dev(head, run.corpus.dev[head], encoder=features.encoder, where=where)
    card = replace(card, metrics={**card.metrics, **dev})
    card.save(where.out / f"{head}.json")
    where.tell(f"{head}: {summary(card)}")
    return card


def read_rows(head: str, pool: Pool, rows: Rows, *, features: Features) -> ReadTexts:
    """What a head reads of texts of the pool."""
    return ReadTexts(
        features=np.asarray(features.of(rows), np.float32),
        found=grams(features.pieces(rows)),
        targets=pool.targets(head, rows),
        languages=tuple(pool.langs(head, rows)),
    )


def _everyday(draft: Card, run: Material) -> Everyday | None:
    """Everyday texts for a head that has some, labelled."""
    corpus, encoder, where = run.corpus, run.features.encoder, run.where
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


def _unlabelled(head: str, run: Material) -> ReadTexts | None:
    """Texts of the head's kind without labels, if there are any."""
    examples = run.corpus.unlabelled.get(head)
    return _read(examples, encoder=run.features.encoder, where=run.where) if examples else None


def _words(head: str, run: Material) -> Words | None:
    pool, recipe, strength = run.pool, run.recipe, run.recipe.heads[head].words
    if not strength:
        return None
    rows = pool.rows_of(head, among=pool.fit)
    return fit_words(
        run.features.pieces(rows),
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
        tell=counting(where.tell),
    )
    place = {text: index for index, text in enumerate(unique)}
    return np.asarray(table[[place[text] for text in texts]], np.float32)


def _draft(head: str, run: Material) -> Card:
    pool, recipe, verdict = run.pool, run.recipe, run.corpus.verdict
    rows = pool.rows_of(head, among=pool.fit)
    return replace(
        plain_card(recipe.scheme(head)),
        encoder=run.features.encoder.id,
        data=sources((pool.items[row].sources[head] for row in rows), verdict=verdict),
        languages=tuple(sorted(set(pool.langs(head, rows)) - {"und"})),
        seed=recipe.seed,
        releasable=verdict.releasable,
        lender=recipe.heads[head].lender or None,
        adviser=recipe.heads[head].adviser or None,
        made_by=made_by(recipe=repr(recipe), texts=(item.text for item in pool.items)),
    )
