"""How much readings change when nothing but a name or the pronouns of a sentence changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from tongli.core import FloatArray
from tongli.knowledge.schemes import SCHEMES, Scheme, Schemes
from tongli.learning.evaluate.counterfactual import Axis, Variant
from tongli.learning.evaluate.odds import Gap, equalised_odds
from tongli.learning.evaluate.sheet import Line, decided_labels, values_of

_NUMBERS = {"ordinal", "regression"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """The widest change found: which template and label, between which two choices."""

    template: str
    label: str
    high: str
    low: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Swaps:
    """What swaps along one axis do to one head.

    Attributes:
        head: its name.
        axis: ``name`` or ``pronouns``.
        templates: sentences in which something was swapped.
        swaps: pairs of variants of one sentence.
        unchanged: share of swaps that leave every decided label as it was; nan for a head of numbers.
        labels_unchanged: the same for each label by itself: share of pairs and labels decided alike.
        mean_change: mean over sentences of the widest change of a value.
        max_change: widest change of any value. Changes are shares of the range of the head, so for
            probabilities they are probabilities.
        worst: where that was.
        by_language: language → (unchanged, widest change).
    """

    head: str
    axis: Axis
    templates: int
    swaps: int
    unchanged: float
    labels_unchanged: float
    mean_change: float
    max_change: float
    worst: Worst
    by_language: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """Swaps of every head and axis, and the widest equalised-odds gaps of ekman6 on the same sentences."""

    swaps: tuple[Swaps, ...]
    odds: Mapping[Axis, tuple[Gap, ...]]


@dataclass(frozen=True, slots=True)
class _Block:
    """Variants of one sentence along one axis: what was decided, and the values ``(variants, labels)``."""

    variants: list[Variant]
    decided: list[frozenset[str]]
    values: FloatArray

    def pairs(self) -> int:
        return len(self.variants) * (len(self.variants) - 1) // 2

    def same(self) -> int:
        return _same(self.decided)

    def same_of(self, label: str) -> int:
        return _same([label in found for found in self.decided])

    def widest(self) -> float:
        return float(np.ptp(self.values, axis=0).max())


def measure_fairness(
    variants: Sequence[Variant], lines: Sequence[Line], *, heads: Iterable[str], schemes: Schemes = SCHEMES
) -> Fairness:
    """Measure swaps and odds.

    Args:
        variants: the counterfactual set, or a part of it with whole templates.
        lines: what the model said, one a variant, in the same order.
        heads: heads to measure.
        schemes: of all heads.
    """
    heads = tuple(heads)
    axes: tuple[Axis, ...] = ("name", "pronouns")
    swaps = tuple(_swaps(variants, lines, scheme=schemes[head], axis=axis) for head in heads for axis in axes)
    odds = {axis: _odds(variants, lines, axis=axis) for axis in axes} if "ekman6" in heads else {}
    return Fairness(swaps=swaps, odds=odds)


def _swaps(variants: Sequence[Variant], lines: Sequence[Line], *, scheme: Scheme, axis: Axis) -> Swaps:
    blocks = _blocks(variants, lines, scheme=scheme, axis=axis)
    widest = max(blocks, key=_Block.widest)
    by_language: dict[str, list[_Block]] = defaultdict(list)
    for block in blocks:
        by_language[block.variants[0].lang].append(block)
    return Swaps(
        head=scheme.name,
        axis=axis,
        templates=len(blocks),
        swaps=sum(block.pairs() for block in blocks),
        unchanged=_unchanged(blocks, scheme),
        labels_unchanged=_labels_unchanged(blocks, scheme),
        mean_change=float(np.mean([block.widest() for block in blocks])),
        max_change=widest.widest(),
        worst=_worst(widest, scheme),
        by_language={
            lang: (_unchanged(own, scheme), max(block.widest() for block in own))
            for lang, own in by_language.items()
        },
    )


def _blocks(
    variants: Sequence[Variant], lines: Sequence[Line], *, scheme: Scheme, axis: Axis
) -> list[_Block]:
    members: dict[str, list[int]] = defaultdict(list)
    for place, variant in enumerate(variants):
        if variant.axis == axis:
            members[variant.template].append(place)
    return [
        _Block(
            variants=[variants[place] for place in places],
            decided=[decided_labels(lines[place], scheme) for place in places],
            values=_shares([lines[place] for place in places], scheme),
        )
        for places in members.values()
    ]


def _shares(lines: Sequence[Line], scheme: Scheme) -> FloatArray:
    values = np.asarray([list(values_of(line, scheme).values()) for line in lines], np.float32)
    return (values - scheme.low) / (scheme.high - scheme.low)


def _unchanged(blocks: Sequence[_Block], scheme: Scheme) -> float:
    if scheme.kind in _NUMBERS:
        return np.nan
    return sum(block.same() for block in blocks) / sum(block.pairs() for block in blocks)


def _labels_unchanged(blocks: Sequence[_Block], scheme: Scheme) -> float:
    if scheme.kind in _NUMBERS:
        return np.nan
    labels = sorted(
        {*scheme.labels, *(label for block in blocks for found in block.decided for label in found)}
    )
    pairs = sum(block.pairs() for block in blocks) * len(labels)
    return sum(block.same_of(label) for block in blocks for label in labels) / pairs


def _same(decided: Iterable[Hashable]) -> int:
    """Pairs of equal decisions."""
    return sum(count * (count - 1) // 2 for count in Counter(decided).values())


def _worst(block: _Block, scheme: Scheme) -> Worst:
    column = int(np.ptp(block.values, axis=0).argmax())
    values = block.values[:, column]
    return Worst(
        template=block.variants[0].template,
        label=scheme.labels[column],
        high=block.variants[int(values.argmax())].choice,
        low=block.variants[int(values.argmin())].choice,
    )


def _odds(variants: Sequence[Variant], lines: Sequence[Line], *, axis: Axis) -> tuple[Gap, ...]:
    """The widest gap of each label and rate between two groups, over the templates that offer both."""
    labels = SCHEMES["ekman6"].labels
    chosen = [place for place, variant in enumerate(variants) if variant.axis == axis]
    decided = np.asarray(
        [
            [label in found for label in labels]
            for found in (decided_labels(lines[at], SCHEMES["ekman6"]) for at in chosen)
        ],
        bool,
    )
    own = [variants[place] for place in chosen]
    truth = np.asarray([[variant.feeling == label for label in labels] for variant in own], np.float32)
    widest: dict[tuple[str, str], Gap] = {}
    for first, second in combinations(sorted({variant.kind for variant in own}), 2):
        shared = {v.template for v in own if v.kind == first} & {v.template for v in own if v.kind == second}
        rows = [at for at, v in enumerate(own) if v.template in shared and v.kind in (first, second)]
        groups = [own[at].kind for at in rows]
        for gap in equalised_odds(decided[rows], truth[rows], labels=labels, groups=groups, fewest=4):
            key = (gap.rate, gap.label)
            if key not in widest or gap.gap > widest[key].gap:
                widest[key] = gap
    return tuple(sorted(widest.values(), key=lambda gap: -gap.gap))
