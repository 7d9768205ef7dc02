"""Held-out texts, old and new, on which weights are measured before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.card import Card
from tongli.emotion.head import Head, calibrate
from tongli.emotion.words import Grams
from tongli.learning.continual.forgetting import INTERVALS, Answers, Change, Rows, Yardstick, compare
from tongli.learning.continual.mixture import Mixture
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.report import decide


@dataclass(frozen=True, slots=True)
class Output:
    """What one head says of the held-out texts: logits ``(texts, labels)``, and its card."""

    logits: FloatArray
    card: Card


Outputs = Mapping[str, Output]
"""Head → output."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A yardstick and the places of its texts among the held-out ones."""

    places: Rows
    yardstick: Yardstick

    def change(self, before: Output, after: Output, *, how: Resampling) -> list[Change]:
        """See :func:`compare`."""
        return compare(self.yardstick, self._answers(before), self._answers(after), how=how)

    def _answers(self, output: Output) -> Answers:
        values = calibrate(output.logits[self.places], card=output.card, languages=self.yardstick.languages)
        return Answers(values=values, card=output.card)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What is measured.

    Attributes:
        rows: of the pool: every held-out text, replayed and new.
        old, new: one entry a head that has such texts.
    """

    rows: Rows
    old: Sequence[Measured]
    new: Sequence[Measured]

    def forgetting(self, before: Outputs, after: Outputs, *, how: Resampling = INTERVALS) -> list[Change]:
        """Changes on replayed texts."""
        return _changes(self.old, before, after, how=how)

    def learning(self, before: Outputs, after: Outputs) -> list[Change]:
        """Changes on new texts."""
        return _changes(self.new, before, after, how=INTERVALS)


def make_bench(mixture: Mixture, *, base: Outputs) -> Bench:
    """The bench of a mixture.

    Args:
        mixture: with stand-ins.
        base: what the base says of ``mixture.pool.held_out``; its decisions are what stand-ins are held to.
    """
    old, new = [], []
    for head, output in base.items():
        if (found := _measured(head, mixture, replayed=True)) is not None:
            stands_in = head in mixture.stand_ins
            old.append(_decided_by(found, output) if stands_in else found)
        if (found := _measured(head, mixture, replayed=False)) is not None:
            new.append(found)
    return Bench(rows=mixture.pool.held_out, old=old, new=new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Texts as heads see them.

    Attributes:
        features: ``(texts, width)``.
        found: grams of each.
        languages: tag of each.
    """

    features: FloatArray
    found: Grams
    languages: Sequence[str]

    def output(self, head: Head, *, dense: FloatArray | None = None) -> Output:
        """What a head says; from logits ``(texts, labels)`` of its dense part, where those are at hand."""
        dense = head.arrays.logits(self.features) if dense is None else dense
        return Output(dense + head.said(self.found, languages=self.languages, dense=dense), head.card)

    def outputs(self, heads: Mapping[str, Head]) -> dict[str, Output]:
        """What each head says."""
        return {name: self.output(head) for name, head in heads.items()}


def _changes(parts: Iterable[Measured], before: Outputs, after: Outputs, *, how: Resampling) -> list[Change]:
    return [
        change
        for part in parts
        for change in part.change(before[part.yardstick.head], after[part.yardstick.head], how=how)
    ]


def _measured(head: str, mixture: Mixture, *, replayed: bool) -> Measured | None:
    pool = mixture.pool
    rows = pool.rows_of(head, among=mixture.rows(among=pool.held_out, replayed=replayed))
    if not len(rows):
        return None
    yardstick = Yardstick(head=head, targets=pool.targets(head, rows), languages=pool.langs(head, rows))
    return Measured(np.searchsorted(pool.held_out, rows), yardstick)


def _decided_by(measured: Measured, output: Output) -> Measured:
    """The same texts, with what the base decided as their labels."""
    languages, card = measured.yardstick.languages, output.card
    values = calibrate(output.logits[measured.places], card=card, languages=languages)
    if card.scheme.kind == "multilabel":
        decided = decide(values, languages=languages, card=card).astype(np.float32)
        silent = ~decided.any(axis=0)
        if not silent.all():
            decided[:, silent] = np.nan  # labels that the base never decides have no F1
        values = decided
    elif card.scheme.kind == "multiclass":
        values = np.eye(values.shape[1], dtype=np.float32)[values.argmax(axis=1)]
    yardstick = Yardstick(head=card.head, targets=values, languages=languages, stand_in=True)
    return Measured(measured.places, yardstick)
