"""The active-learning queue: which records to label next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from tongli.core import ConfigError, FloatArray, InputError
from tongli.emotion.head import Head
from tongli.emotion.words import grams
from tongli.learning.annotate.acquire import bald, entropy, margin
from tongli.learning.annotate.coreset import k_center_greedy, standardise
from tongli.learning.annotate.dropout import sample_values
from tongli.learning.annotate.survey import Survey
from tongli.learning.data.record import Record

Strategy = Literal["uncertainty", "margin", "bald", "coreset", "hybrid"]
STRATEGIES: tuple[Strategy, ...] = get_args(Strategy)

_POOL = 5
"""The hybrid strategy spreads its choice over this many times as many uncertain examples."""

_ROWS = 4096

Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A record to label and how much it would teach, 0..1; ``None`` where the strategy has no such number."""

    record: Record
    lang: str
    score: float | None


def queue(
    seen: Survey,
    *,
    heads: Sequence[Head],
    labels: Sequence[str] | None = None,
    strategy: Strategy = "hybrid",
    count: int = 100,
    balance: bool = False,
    seed: int = 0,
) -> list[Queued]:
    """Records to label next, the most useful first.

    Records that have labels of all the heads count as labelled: they are not queued again, and the core-set
    keeps away from them. Of records with the same text only the first is queued.

    Args:
        seen: the pool.
        heads: of the model, that the labels are for; scores are means over them. ``coreset`` needs none.
        labels: names of the heads that the labels are for, if not those.
        strategy: ``uncertainty`` (entropy), ``margin``, ``bald`` (sampled by dropout), ``coreset``
            (diversity), or ``hybrid`` (a core-set of the most uncertain).
        count: how many, at least 1.
        balance: the same number of each language, as far as there are enough.
        seed: of the dropout masks.

    Raises:
        ConfigError: ``queue.strategy``, ``queue.count`` or ``queue.head``.
        InputError: ``queue.empty`` when everything is labelled.
    """
    _check(strategy, count)
    done, open_ = _split(seen, labels or [head.card.head for head in heads])
    scores = _scores(seen, heads, strategy=strategy, seed=seed)
    features = standardise(seen.features)
    languages = seen.languages

    def pick(rows: Rows, wanted: int) -> Rows:
        if strategy == "hybrid" and scores is not None:
            rows = _highest(rows, scores, count=_POOL * wanted)
        elif scores is not None:
            return _highest(rows, scores, count=wanted)
        return rows[k_center_greedy(features[rows], wanted, centres=features[done])]

    if balance:
        shares = _shares(Counter(languages[row] for row in open_), count)
        groups = {tag: np.array([row for row in open_ if languages[row] == tag]) for tag in shares}
        chosen = list(_in_turn(pick(groups[tag], share) for tag, share in shares.items()))
    else:
        chosen = list(pick(open_, count))
    return [
        Queued(
            record=seen.records[row],
            lang=languages[row],
            score=None if scores is None else round(float(scores[row]), 4),
        )
        for row in chosen
    ]


def _scores(seen: Survey, heads: Sequence[Head], *, strategy: Strategy, seed: int) -> FloatArray | None:
    if strategy == "coreset":
        return None

    def score(head: Head) -> FloatArray:
        if strategy == "bald":
            return _bald(seen, head, seed=seed)
        scheme = head.card.scheme
        return (margin if strategy == "margin" else entropy)(seen.values(scheme.name), scheme=scheme)

    return np.asarray(np.mean([score(head) for head in heads], axis=0), np.float32)


def _bald(seen: Survey, head: Head, *, seed: int) -> FloatArray:
    """In pieces, so that the samples of a large pool need not all be held; one seed draws the same masks."""
    languages = seen.languages
    parts = []
    for start in range(0, len(languages), _ROWS):
        rows = slice(start, start + _ROWS)
        samples = sample_values(
            head, seen.features[rows], grams(seen.pieces[rows]), languages=languages[rows], seed=seed
        )
        parts.append(bald(samples, scheme=head.card.scheme))
    return np.concatenate(parts)


def _split(seen: Survey, heads: Sequence[str]) -> tuple[Rows, Rows]:
    """Rows that are labelled, and rows to choose from."""
    labelled = [set(heads) <= set(record.labels) for record in seen.records]
    texts = {record.text for record, known in zip(seen.records, labelled, strict=True) if known}
    rows = []
    for row, record in enumerate(seen.records):
        if record.text not in texts:
            texts.add(record.text)
            rows.append(row)
    if not rows:
        raise InputError(
            "queue.empty",
            received=f"{len(labelled)} records, all of them labelled",
            allowed="at least one record without labels",
            fix="Add unlabelled records to the pool.",
        )
    return np.flatnonzero(labelled), np.array(rows, np.intp)


def _highest(rows: Rows, scores: FloatArray, *, count: int) -> Rows:
    return np.asarray(rows[np.argsort(-scores[rows], kind="stable")[:count]], np.intp)


def _shares(sizes: Counter[str], count: int) -> dict[str, int]:
    """Equal shares; what a small language cannot fill goes to the others."""
    shares: dict[str, int] = {}
    left = count
    for index, (tag, size) in enumerate(sorted(sizes.items(), key=lambda pair: (pair[1], pair[0]))):
        shares[tag] = min(size, left // (len(sizes) - index))
        left -= shares[tag]
    return {tag: share for tag, share in shares.items() if share}


def _in_turn(groups: Iterable[Rows]) -> Iterable[int]:
    rounds = zip_longest(*(group.tolist() for group in groups))
    return (row for row in chain.from_iterable(rounds) if row is not None)


def _check(strategy: str, count: int) -> None:
    if strategy not in STRATEGIES:
        raise ConfigError(
            "queue.strategy",
            received=repr(strategy),
            allowed=", ".join(STRATEGIES),
            fix="Choose one of these.",
        )
    if count < 1:
        raise ConfigError(
            "queue.count", received=str(count), allowed="1 or more", fix="Ask for at least one record."
        )
