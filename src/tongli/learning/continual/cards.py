"""What the card of a head says after it learnt something more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tongli.emotion.card import Card, Source
from tongli.emotion.head import calibrate
from tongli.learning.continual.bench import Bench, Output, Outputs
from tongli.learning.continual.calibration import with_languages
from tongli.learning.continual.forgetting import ALL, Change
from tongli.learning.continual.mixture import STAND_IN, Mixture
from tongli.learning.provenance import made_by
from tongli.learning.report import measure
from tongli.learning.train.recipe import Recipe


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where weights come from.

    Attributes:
        base: digest of the weights before.
        recipe: of the run.
        share: of the new weights in the mean of old and new.
    """

    base: str
    recipe: Recipe
    share: float


def calibrated(after: Outputs, *, bench: Bench) -> dict[str, Output]:
    """The outputs under cards that have rows for the new languages."""
    found = dict(after)
    for part in bench.new:
        output = found[part.yardstick.head]
        card = with_languages(
            output.card,
            logits=output.logits[part.places],
            targets=part.yardstick.targets,
            languages=part.yardstick.languages,
        )
        found[part.yardstick.head] = Output(output.logits, card)
    return found


def final_card(
    output: Output, *, bench: Bench, mixture: Mixture, changes: Sequence[Change], origin: Origin
) -> Card:
    """The card that is written.

    Its figures are those on held-out new texts, and what held-out old texts lost; figures of the base are not
    carried over, since they were measured on other weights.

    Args:
        output: with calibrated card.
        bench, mixture: of the run.
        changes: on old texts.
        origin: of the weights.
    """
    card = output.card
    rows = mixture.pool.rows_of(card.head, among=mixture.rows(among=mixture.pool.fit, replayed=False))
    learnt = set(mixture.pool.langs(card.head, rows)) - {"und"}
    return replace(
        card,
        data=_data(card, mixture),
        languages=tuple(sorted({*card.languages, *learnt})),
        metrics={**_new(output, bench), **_old(card.head, changes)},
        seed=origin.recipe.seed,
        releasable=card.releasable and mixture.verdict.releasable,
        made_by={
            **made_by(recipe=repr(origin.recipe), texts=(item.text for item in mixture.pool.items)),
            "base": origin.base,
            "share": f"{origin.share:g}",
        },
    )


def _data(card: Card, mixture: Mixture) -> tuple[Source, ...]:
    """The base's sets; new texts are added to their counts, replayed ones only name sets it does not have."""
    licences = {item.source: item.licence for item in mixture.verdict.sources}
    pool = mixture.pool
    found = {source.name: source for source in card.data}
    for replayed in (False, True):
        rows = pool.rows_of(card.head, among=mixture.rows(among=pool.fit, replayed=replayed))
        counts = Counter(pool.items[row].sources[card.head] for row in rows)
        for name, count in counts.items():
            if name == STAND_IN or (replayed and name in found):
                continue
            known = found.get(name, Source(name=name, licence=licences.get(name, "unknown"), examples=0))
            found[name] = replace(known, examples=known.examples + count)
    return tuple(found.values())


def _new(output: Output, bench: Bench) -> Mapping[str, Any]:
    for part in bench.new:
        yardstick = part.yardstick
        if yardstick.head == output.card.head:
            values = calibrate(output.logits[part.places], card=output.card, languages=yardstick.languages)
            figures = measure(values, yardstick.targets, languages=yardstick.languages, card=output.card)
            return {"new": figures}
    return {}


def _old(head: str, changes: Sequence[Change]) -> Mapping[str, Any]:
    """After and before by language; what the mean over languages lost, in points, with its interval."""
    mine = [change.to_dict() for change in changes if change.head == head]
    if not mine:
        return {}
    mean = next(change for change in mine if change["lang"] == ALL)
    mine = [change for change in mine if change is not mean] or mine
    return {
        "old": {
            f"{mean['measure']}_after_by_language": {each["lang"]: each["after"] for each in mine},
            f"{mean['measure']}_before_by_language": {each["lang"]: each["before"] for each in mine},
            "lost_points": mean["lost"]["value"],
            "lost_points_interval": f"{mean['lost']['low']} to {mean['lost']['high']}",
            "measured_against": STAND_IN if mean["stand_in"] else "labels",
        }
    }
