"""Whether messages that feel alike are found across languages: precision at k.

A query is a message with an emotion; its **primary labels** are those with its highest value, if that is at
least one half. Of the messages in *other* languages the ``count`` nearest are taken: a **hit** has one of the
query's primary labels too. A message of which that is not known, since such a label was not annotated there,
is left out for that query. Messages without any emotion are queries of their own kind, whose hits have none
either. Figures are means over the languages of the queries, so that small languages count as much as large.

References:
    Manning, Raghavan and Schütze (2008), "Introduction to Information Retrieval", chapter 8.
    Efron and Tibshirani (1993), "An Introduction to the Bootstrap", chapters 8 and 13.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, InputError
from tongli.emotion.space import nearest
from tongli.knowledge.tags import primary
from tongli.learning.evaluate.resample import Estimate, Resampling

Kind = Literal["emotion", "neutral"]

KINDS: tuple[Kind, ...] = ("emotion", "neutral")

_BLOCK = 512
_PRESENT = 0.5


@dataclass(frozen=True, slots=True)
class _Question:
    """Some queries of one kind: their rows, and what every message is to each, ``(queries, messages)``."""

    rows: NDArray[np.intp]
    hits: NDArray[np.bool_]
    barred: NDArray[np.bool_]


def precision_at(
    vectors: FloatArray,
    targets: FloatArray,
    *,
    languages: Sequence[str],
    kind: Kind = "emotion",
    count: int = 10,
) -> FloatArray:
    """Share of hits among the nearest messages of other languages.

    Args:
        vectors: ``(messages, size)``, of any length; compared by their cosine.
        targets: ``(messages, labels)`` in 0..1, nan where not annotated.
        languages: tag of each message; regions of one language are the same, ``und`` is left out.
        kind: of queries.
        count: how many are taken.

    Returns:
        ``(messages,)``, nan for those that are no query, or have nothing to find.
    """
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    units = np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
    found = np.full(len(targets), np.nan)
    for question in _questions(targets, languages, kind):
        rows, _ = nearest(units[question.rows], units, count=count, barred=question.barred)
        taken = rows >= 0
        hits = np.take_along_axis(question.hits, rows, axis=1) & taken
        found[question.rows] = _share(hits.sum(axis=1), taken.sum(axis=1))
    return found


def chance(targets: FloatArray, *, languages: Sequence[str], kind: Kind = "emotion") -> FloatArray:
    """Precision of messages drawn at random; arguments and result as in :func:`precision_at`."""
    found = np.full(len(targets), np.nan)
    for question in _questions(targets, languages, kind):
        found[question.rows] = _share(
            (question.hits & ~question.barred).sum(axis=1), (~question.barred).sum(axis=1)
        )
    return found


def mean_over_languages(values: FloatArray, languages: Sequence[str], *, how: Resampling) -> Estimate:
    """Mean over languages of the mean over their queries, with a bootstrap interval over queries.

    Queries are drawn anew within each language. The interval says how much the figure depends on these
    queries, not on the choice of languages or the seed of the training.

    Args:
        values: ``(messages,)``, nan for those that are no query.
        languages: tag of each message.
        how: to resample.
    """
    means = by_language(values, languages)
    if not means:
        return Estimate(value=np.nan, low=np.nan, high=np.nan)
    generator = np.random.default_rng(how.seed)
    drawn = np.zeros(how.draws)
    tags = np.asarray(languages)
    for tag in means:
        own = values[(tags == tag) & ~np.isnan(values)]
        drawn += own[generator.integers(len(own), size=(how.draws, len(own)))].mean(axis=1)
    tail = (1 - how.confidence) / 2
    low, high = np.quantile(drawn / len(means), [tail, 1 - tail])
    return Estimate(value=float(np.mean(list(means.values()))), low=float(low), high=float(high))


def by_language(values: FloatArray, languages: Sequence[str]) -> dict[str, float]:
    """Tag → mean over its queries, for languages that have any."""
    tags = np.asarray(languages)
    known = ~np.isnan(values)
    return {str(tag): float(values[known & (tags == tag)].mean()) for tag in np.unique(tags[known])}


@lru_cache(maxsize=4096)
def language_of(tag: str) -> str:
    """The language of a tag, whatever the region; what is not BCP-47 is a language of its own."""
    try:
        return primary(tag)
    except InputError:
        return tag


def _questions(targets: FloatArray, languages: Sequence[str], kind: Kind) -> Iterator[_Question]:
    spoken: NDArray[np.str_] = np.array([language_of(tag) for tag in languages])
    known = ~np.isnan(targets)
    present = np.nan_to_num(targets) >= _PRESENT
    wanted = present & (targets == np.max(np.nan_to_num(targets), axis=1, keepdims=True))
    felt = present.any(axis=1)
    queries = np.asarray(felt if kind == "emotion" else known.all(axis=1) & ~felt)
    rows = np.flatnonzero(queries & (spoken != "und"))
    for start in range(0, len(rows), _BLOCK):
        part = rows[start : start + _BLOCK]
        if kind == "emotion":
            hits = _meet(wanted[part], present)
            unknown = ~hits & _meet(wanted[part], ~known)
        else:
            hits = np.broadcast_to(queries, (len(part), len(queries)))
            unknown = ~hits & ~felt
        same = spoken[part][:, None] == spoken
        yield _Question(rows=part, hits=hits, barred=unknown | same | (spoken == "und"))


def _meet(left: NDArray[np.bool_], right: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whether each row of one has a label in common with each row of the other."""
    return np.asarray(left.astype(np.float32) @ right.astype(np.float32).T > 0)


def _share(part: NDArray[np.intp], whole: NDArray[np.intp]) -> FloatArray:
    return np.where(whole > 0, part / np.maximum(whole, 1), np.nan)
