"""New texts and replayed old ones in one pool, and the answers that stand in where nobody annotated.

References:
    Rolnick et al. (2019), "Experience replay for continual learning", NeurIPS.
    Buzzega et al. (2020), "Dark experience for general continual learning", NeurIPS: replayed outputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from tongli.core import FloatArray, InputError
from tongli.knowledge.schemes import SCHEMES, Kind, Scheme
from tongli.learning.data.licences import Verdict
from tongli.learning.data.record import read_records
from tongli.learning.states import States
from tongli.learning.tasks import Example
from tongli.learning.train.corpus import NONE, Corpus, from_records
from tongli.learning.train.loop import FEWEST, predict
from tongli.learning.train.network import Upper
from tongli.learning.train.pool import Pool, Rows, gather
from tongli.learning.train.recipe import Recipe

STAND_IN = "the base's own answers"
"""Source of targets that nobody annotated."""

_MOST = 20_000
"""Different texts that are replayed; of more, a random sample is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """What is learnt from.

    Attributes:
        pool: of all texts.
        verdict: what the licences of both parts allow.
        replayed: whether a text is replayed, ``(texts,)``; a text of both parts counts as new.
        stand_ins: heads whose old answers are replayed, for want of annotations.
    """

    pool: Pool
    verdict: Verdict
    replayed: np.typing.NDArray[np.bool_]
    stand_ins: tuple[str, ...] = ()

    def rows(self, *, among: Rows, replayed: bool) -> Rows:
        """Those rows that are replayed, or those that are new."""
        chosen: Rows = among[self.replayed[among] == replayed]
        return chosen


def mix(
    heads: Sequence[str],
    *,
    new: Path,
    replay: Path | None,
    held_out: float,
    seed: int,
    research_only: bool,
    own: Mapping[str, Scheme] = NONE,
) -> Mixture:
    """Read both files; labels of heads that the base does not have are left out.

    Args:
        heads: of the base.
        new, replay: JSONL files of records.
        held_out: share of the texts of each that are not learnt from.
        seed: of the sample of a large replay.
        research_only, own: see :func:`from_records`.

    Raises:
        InputError: ``continue.empty`` when no head learns anything new; ``train.one-class``, ``record.*``.
        ConfigError: ``licence.not-free``.
        StorageError: ``record.unreadable``.
    """
    read = partial(_read, heads=heads, research_only=research_only, own=own)
    added = read(new)
    if added is None:
        raise InputError(
            "continue.empty",
            received=f"{new.name} without a text that has labels of {', '.join(heads)}",
            allowed="labelled texts for at least one head of the base",
            fix="Add labels of these heads, or go on from weights that have the heads of the records.",
        )
    old = read(replay) if replay is not None else None
    old = old and replace(old, train=_sample(old.train, seed=seed))
    train = {head: [*added.train.get(head, ()), *(old.train.get(head, ()) if old else ())] for head in heads}
    verdict = added.verdict if old is None else _both(added.verdict, old.verdict)
    pool = gather(Corpus(train=train, dev={}, verdict=verdict), held_out=held_out)
    ours = {example.text for examples in added.train.values() for example in examples}
    replayed = np.array([item.text not in ours for item in pool.items], bool)
    mixture = Mixture(pool=pool, verdict=verdict, replayed=replayed)
    _require_enough(mixture, replay=replay)
    return mixture


def _read(
    path: Path, *, heads: Sequence[str], research_only: bool, own: Mapping[str, Scheme]
) -> Corpus | None:
    """The records with those heads that they have labels of; ``None`` when there are none."""
    labelled = {
        head
        for record in read_records(path, schemes={**SCHEMES, **own})
        if record.text.strip()
        for head in record.labels
        if record.labels[head]
    }
    found = [head for head in heads if head in labelled]
    if not found:
        return None
    return from_records(found, train=[path], dev=[], research_only=research_only, own=own)


def _sample(train: Mapping[str, Sequence[Example]], *, seed: int) -> dict[str, list[Example]]:
    texts = sorted({example.text for examples in train.values() for example in examples})
    if len(texts) > _MOST:
        texts = np.random.default_rng(seed).choice(np.array(texts, object), _MOST, replace=False).tolist()
    kept = set(texts)
    return {head: [each for each in examples if each.text in kept] for head, examples in train.items()}


def _both(one: Verdict, other: Verdict) -> Verdict:
    return Verdict(
        releasable=one.releasable and other.releasable,
        research_only=one.research_only,
        sources=(*one.sources, *(source for source in other.sources if source not in one.sources)),
    )


def _require_enough(mixture: Mixture, *, replay: Path | None) -> None:
    new = len(mixture.rows(among=mixture.pool.fit, replayed=False))
    old = [len(mixture.rows(among=rows, replayed=True)) for rows in (mixture.pool.fit, mixture.pool.held_out)]
    if not new or (replay is not None and (not old[0] or old[1] < FEWEST)):
        raise InputError(
            "continue.few",
            received=f"{new:,} new texts and {old[0]:,} old ones to learn from, {old[1]:,} old ones held out",
            allowed=f"new texts; with --replay, old ones to learn from and {FEWEST} or more held out",
            fix="Add records, or raise held_out in the recipe.",
        )


def with_stand_ins(mixture: Mixture, *, network: Upper, states: States, recipe: Recipe) -> Mixture:
    """The mixture, in which heads that the replay hardly speaks of keep to what they said before.

    Such a head still reads the features that are tuned. Its own outputs become its targets on every replayed
    text without a label: soft ones, as its outputs before calibration are.

    Args:
        mixture: from :func:`mix`.
        network: as it starts.
        states: of the pool's texts.
        recipe: that knows the schemes.
    """
    pool = mixture.pool
    old = np.flatnonzero(mixture.replayed)
    held_out = mixture.rows(among=pool.held_out, replayed=True)
    missing = tuple(head for head in network.heads if len(pool.rows_of(head, among=held_out)) < FEWEST)
    if not len(old) or not missing:
        return mixture
    outputs = predict(network, heads=missing, states=states, rows=old)
    items = list(pool.items)
    for head, logits in outputs.items():
        for row, target in zip(old, _soft(logits, kind=recipe.scheme(head).kind), strict=True):
            item = items[row]
            if head not in item.targets:
                items[row] = replace(
                    item,
                    targets={**item.targets, head: target},
                    langs={**item.langs, head: next(iter(item.langs.values()))},
                    sources={**item.sources, head: STAND_IN},
                )
    return replace(mixture, pool=replace(pool, items=tuple(items)), stand_ins=missing)


def _soft(logits: FloatArray, *, kind: Kind) -> FloatArray:
    if kind in {"ordinal", "regression"}:
        return logits
    if kind == "multiclass":
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)
