"""What was lost of each head and language, how sure that is, and whether it is too much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.emotion.card import Card
from tongli.knowledge.schemes import Kind
from tongli.learning.evaluate.resample import Estimate, Resampling, estimate
from tongli.learning.metrics import macro_f1, pearson
from tongli.learning.report import decide
from tongli.learning.train.loop import FEWEST

Rows = NDArray[np.intp]
Figure = Callable[[Rows], float]

MEASURES: Mapping[Kind, str] = {
    "multilabel": "macro_f1",
    "multiclass": "accuracy",
    "binary": "accuracy",
    "ordinal": "pearson",
    "regression": "pearson",
}
ALL = "all"

INTERVALS = Resampling(draws=300)
NO_INTERVALS = Resampling(draws=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Yardstick:
    """Held-out texts of one head that both weights are measured on.

    Attributes:
        head: name of its scheme.
        targets: ``(texts, labels)``, nan where not annotated; of a stand-in, what the base decided.
        languages: tag of each text.
        stand_in: whether the base's answers stand in for labels.
    """

    head: str
    targets: FloatArray
    languages: Sequence[str]
    stand_in: bool = False

    def __len__(self) -> int:
        return len(self.targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Calibrated values ``(texts, labels)`` on a yardstick's texts, and the card they came by."""

    values: FloatArray
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A head's figure in one language before and after.

    Attributes:
        head, lang: ``lang`` is ``all`` for the mean over languages.
        measure: macro_f1, accuracy or pearson.
        texts: that it was measured on.
        before, after: figures.
        lost: points (hundredths) lost, negative for a gain, with the bounds of its 95 % interval.
        stand_in: whether before is agreement with itself, for want of labels.
    """

    head: str
    lang: str
    measure: str
    texts: int
    before: float
    after: float
    lost: Estimate
    stand_in: bool

    def to_dict(self) -> dict[str, Any]:
        """Plain data, rounded; no interval where it is undefined."""
        found = asdict(self)
        lost = {name: _plain(value, digits=2) for name, value in found.pop("lost").items()}
        return {**found, "before": _plain(self.before), "after": _plain(self.after), "lost": lost}


def compare(
    yardstick: Yardstick, before: Answers, after: Answers, *, how: Resampling = INTERVALS
) -> list[Change]:
    """The change over all languages, then in each one that has enough texts.

    A language with fewer than twenty texts counts only where no language has more.
    """
    figures = [_figure(yardstick, answers) for answers in (before, after)]
    tags = np.asarray(yardstick.languages)
    parts = {str(tag): np.flatnonzero(tags == tag) for tag in sorted(set(yardstick.languages))}
    parts = {tag: rows for tag, rows in parts.items() if len(rows) >= FEWEST} or {ALL: np.arange(len(tags))}
    parts_of = {ALL: list(parts.values()), **{tag: [rows] for tag, rows in parts.items()}}
    measure = MEASURES[before.card.scheme.kind]
    return [
        _change(yardstick, figures, tag, rows, measure=measure, how=how) for tag, rows in parts_of.items()
    ]


def too_much(changes: Iterable[Change], *, bound: float) -> list[Change]:
    """Changes that break the bound.

    A head may lose at most ``bound`` points in the mean over its languages, and in no single language surely
    more: with the whole interval above the bound. A single language has too few texts to ask for less.
    """
    slack = bound + 1e-9
    return [
        change for change in changes if (change.lost.value if change.lang == ALL else change.lost.low) > slack
    ]


def _change(
    yardstick: Yardstick,
    figures: Sequence[Figure],
    tag: str,
    parts: Sequence[Rows],
    *,
    measure: str,
    how: Resampling,
) -> Change:
    """Of the mean over some parts of the texts."""
    texts = np.concatenate(parts)
    owner = np.repeat(np.arange(len(parts)), [len(rows) for rows in parts])

    def mean(figure: Figure, drawn: Rows) -> float:
        found = owner[drawn]
        return float(np.mean([figure(texts[drawn[found == part]]) for part in np.unique(found)]))

    def lost(drawn: Rows) -> float:
        return 100 * (mean(figures[0], drawn) - mean(figures[1], drawn))

    everything = np.arange(len(texts))
    return Change(
        head=yardstick.head,
        lang=tag,
        measure=measure,
        texts=len(texts),
        before=mean(figures[0], everything),
        after=mean(figures[1], everything),
        lost=estimate(lost, len(texts), how=how),
        stand_in=yardstick.stand_in,
    )


def _figure(yardstick: Yardstick, answers: Answers) -> Figure:
    """The measure of some rows."""
    values, targets = answers.values, yardstick.targets
    kind = answers.card.scheme.kind
    if kind == "multilabel":
        decided = decide(values, languages=yardstick.languages, card=answers.card)
        return lambda rows: macro_f1(decided[rows], targets[rows])
    if kind in {"ordinal", "regression"}:
        columns = [at for at in range(targets.shape[1]) if len(np.unique(_known(targets[:, at]))) > 1]
        return lambda rows: float(
            np.mean([pearson(values[rows, at], targets[rows, at]) for at in columns or [0]])
        )
    right = _choices(values) == _choices(targets)
    return lambda rows: float(right[rows].mean())


def _known(column: FloatArray) -> FloatArray:
    return column[~np.isnan(column)]


def _choices(values: FloatArray) -> Rows:
    if values.shape[1] == 1:
        return (values[:, 0] > 0.5).astype(np.intp)
    return np.asarray(values.argmax(axis=1))


def _plain(value: float, *, digits: int = 4) -> float | None:
    return None if np.isnan(value) else round(value, digits)
