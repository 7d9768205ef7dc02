"""What attacks on the texts cost: the main measure of each head over rates of change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from tongli.knowledge.schemes import SCHEMES, Schemes
from tongli.learning.data.record import Record
from tongli.learning.evaluate.attacks import perturb
from tongli.learning.evaluate.measures import MEASURES, main_measure
from tongli.learning.evaluate.sheet import Line, annotated, make_sheet

RATES = (0.0, 0.05, 0.1, 0.15, 0.2)
DEFAULT_ATTACKS = ("typos", "casing", "punctuation", "diacritics", "homoglyphs")

Read = Callable[[Sequence[Record]], Sequence[Line]]
"""A model: one line a record, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """One head under one attack.

    Attributes:
        head, attack: names.
        measure: the head's main measure.
        rates: shares of words changed, from 0.
        figures: the measure at each rate; nan when undefined.
        texts_changed: share of texts that differ from the original at each rate.
    """

    head: str
    attack: str
    measure: str
    rates: tuple[float, ...]
    figures: tuple[float, ...]
    texts_changed: tuple[float, ...]


def measure_robustness(
    read: Read,
    records: Sequence[Record],
    *,
    heads: Iterable[str],
    attacks: Sequence[str] = DEFAULT_ATTACKS,
    rates: Sequence[float] = RATES,
    seed: int = 0,
    schemes: Schemes = SCHEMES,
) -> tuple[Curve, ...]:
    """A curve of every head and attack.

    Args:
        read: the model; called once on the records as they are, and once an attack and rate above 0.
        records: annotated texts.
        heads: heads to measure.
        attacks: names in :data:`tongli.learning.evaluate.attacks.ATTACKS`.
        rates: shares of words to change.
        seed: of the attacks.
        schemes: of all heads.

    Raises:
        ConfigError: those of :func:`tongli.learning.evaluate.attacks.perturb`.
    """
    heads = tuple(heads)
    measure = partial(_figures, heads=heads, schemes=schemes)
    clean = measure(records, read(records))
    curves: list[Curve] = []
    for attack in attacks:
        steps = [
            _step(read, records, clean, measure=measure, attack=attack, rate=r, seed=seed) for r in rates
        ]
        curves += [
            Curve(
                head=head,
                attack=attack,
                measure=main_measure(schemes[head].kind),
                rates=tuple(rates),
                figures=tuple(figures[head] for figures, _ in steps),
                texts_changed=tuple(changed for _, changed in steps),
            )
            for head in heads
        ]
    return tuple(curves)


def _step(
    read: Read,
    records: Sequence[Record],
    clean: Mapping[str, float],
    *,
    measure: Callable[[Sequence[Record], Sequence[Line]], Mapping[str, float]],
    attack: str,
    rate: float,
    seed: int,
) -> tuple[Mapping[str, float], float]:
    """Figures of the heads under one attack, and the share of texts that it changed."""
    changed = [
        replace(record, text=perturb(record.text, attack=attack, rate=rate, seed=seed)) for record in records
    ]
    share = float(np.mean([new.text != old.text for new, old in zip(changed, records, strict=True)]))
    return (measure(changed, read(changed)) if share else clean), share


def _figures(
    records: Sequence[Record], lines: Sequence[Line], *, heads: Iterable[str], schemes: Schemes
) -> dict[str, float]:
    found = {}
    for head in heads:
        places = annotated(records, head)
        sheet = make_sheet(
            head, [records[at] for at in places], [lines[at] for at in places], schemes=schemes
        )
        measures = MEASURES[sheet.scheme.kind]
        found[head] = measures[main_measure(sheet.scheme.kind)](sheet)
    return found
