"""From trained to kept: as much of the new weights as forgets no more than the bound.

References:
    Wortsman et al. (2022), "Robust fine-tuning of zero-shot models", CVPR (WiSE-FT).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tongli.core import ModelError, Settings
from tongli.emotion.card import Card
from tongli.emotion.words import grams
from tongli.learning.continual.bench import Bench, Output, Outputs, Seen, make_bench
from tongli.learning.continual.cards import Origin, calibrated, final_card
from tongli.learning.continual.forgetting import NO_INTERVALS, Change, too_much
from tongli.learning.continual.run import Plan
from tongli.learning.continual.weights import Reader, Tell, between, publish, read_heads, write_weights
from tongli.learning.train.loop import predict
from tongli.learning.train.network import Upper
from tongli.learning.words import dense_beside

SHARES = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""Shares of the new weights that are tried, the largest first."""

REPORT = "continued.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was kept.

    Attributes:
        base: digest of the weights before.
        share: of the new weights in the mean of old and new.
        penalty: ewc, l2-sp or none; strength: of it.
        replay_share: of the texts drawn.
        max_forgetting: the bound, in points.
        old: changes on held-out replayed texts, empty when nothing was replayed: then nothing is bounded.
        new: changes on held-out new texts.
        cards: of the heads as written.
    """

    base: str
    share: float
    penalty: str
    strength: float
    replay_share: float
    max_forgetting: float
    old: Sequence[Change]
    new: Sequence[Change]
    cards: Sequence[Card]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, without the cards."""
        return {
            "base": self.base,
            "share": self.share,
            "penalty": self.penalty,
            "strength": self.strength,
            "replay_share": self.replay_share,
            "max_forgetting": self.max_forgetting,
            "measured": bool(self.old),
            "old": [change.to_dict() for change in self.old],
            "new": [change.to_dict() for change in self.new],
        }


def settle(plan: Plan, network: Upper, *, tell: Tell) -> Outcome:
    """Write the weights that have learnt most within the bound.

    Shares are tried on the network first, which is quick; what passes is written, and measured again through
    the int8 encoder that is built from those very files.

    Args:
        plan: of the run.
        network: that was trained.
        tell: told about long steps.

    Raises:
        ModelError: ``continue.forgotten`` when even the smallest share forgets too much; no weights are
            written then.
        StorageError: ``continue.unwritable``.
    """
    folder = plan.job.out / "run" / "candidate"
    seen = _seen(plan, plan.base.settings, tell=tell)[1]
    before = seen.outputs(plan.base.heads)
    bench = make_bench(plan.mixture, base=before)
    started = _predicted(plan, plan.network, seen=seen)
    broken: list[Change] = []
    for share in SHARES:
        mixed = between(plan.network, network, share)
        quick = bench.forgetting(started, _predicted(plan, mixed, seen=seen), how=NO_INTERVALS)
        broken = too_much(quick, bound=plan.job.max_forgetting)
        if not broken:
            after = _written(plan, mixed, bench=bench, folder=folder, tell=tell)
            changes = bench.forgetting(before, after)
            broken = too_much(changes, bound=plan.job.max_forgetting)
            if not broken:
                outcome = _outcome(plan, bench, before=before, after=after, old=changes, share=share)
                _publish(outcome, folder=folder, out=plan.job.out)
                return outcome
        tell(f"{share:.0%} of the new weights: {told(broken)}")
    shutil.rmtree(folder, ignore_errors=True)
    raise ModelError(
        "continue.forgotten",
        received=f"{told(broken)}, with {SHARES[-1]:.0%} of the new weights",
        allowed=f"at most {plan.job.max_forgetting:g} points lost a head",
        fix="Replay more old records, raise --replay-share or --strength, lower the rates in the recipe, "
        "or allow more with --max-forgetting.",
    )


def told(changes: Sequence[Change]) -> str:
    """What was lost, worst first, in words."""
    worst = sorted(changes, key=lambda change: -change.lost.value)[:3]
    named = [f"{change.head} ({change.lang}) loses {change.lost.value:.1f} points" for change in worst]
    more = len(changes) - len(worst)
    return ", ".join(named) + (f", and {more} more" if more else "")


def _seen(plan: Plan, settings: Settings, *, tell: Tell) -> tuple[str, Seen]:
    """The id of the encoder of some weights, and what it makes of the held-out texts."""
    items = [plan.mixture.pool.items[row] for row in plan.mixture.pool.held_out]
    reader = Reader(model=plan.recipe.model, settings=settings, cache=plan.job.cache, tell=tell)
    encoder, features, pieces = reader.read([item.text for item in items])
    languages = [next(iter(item.langs.values())) for item in items]
    return encoder, Seen(features=features, found=grams(pieces), languages=languages)


def _predicted(plan: Plan, network: Upper, *, seen: Seen) -> dict[str, Output]:
    """What a network says, under the cards and with the words of the base."""
    heads = plan.base.heads
    found = predict(network, heads=tuple(heads), states=plan.states, rows=plan.mixture.pool.held_out)
    return {
        name: seen.output(heads[name], dense=dense_beside(logits, heads[name].words))
        for name, logits in found.items()
    }


def _written(plan: Plan, network: Upper, *, bench: Bench, folder: Path, tell: Tell) -> Mapping[str, Output]:
    """What the written files say, under cards that know the new languages."""
    write_weights(folder, network, base=plan.base, trunk=plan.trunk)
    encoder, seen = _seen(plan, replace(plan.settings, heads=folder), tell=tell)
    return calibrated(seen.outputs(read_heads(folder, base=plan.base, encoder=encoder)), bench=bench)


def _outcome(
    plan: Plan, bench: Bench, *, before: Outputs, after: Outputs, old: Sequence[Change], share: float
) -> Outcome:
    job = plan.job
    origin = Origin(base=plan.base.digest, recipe=plan.recipe, share=share)
    return Outcome(
        base=plan.base.digest,
        share=share,
        penalty=job.held_by,
        strength=job.held_with,
        replay_share=job.replay_share if job.replay else 0.0,
        max_forgetting=job.max_forgetting,
        old=old,
        new=bench.learning(before, after),
        cards=[
            final_card(output, bench=bench, mixture=plan.mixture, changes=old, origin=origin)
            for output in after.values()
        ],
    )


def _publish(outcome: Outcome, *, folder: Path, out: Path) -> None:
    for card in outcome.cards:
        card.save(folder / f"{card.head}.json")
    text = json.dumps(outcome.to_dict(), ensure_ascii=False, indent=1)
    (folder / REPORT).write_text(text + "\n", encoding="utf-8")
    publish(folder, out)
