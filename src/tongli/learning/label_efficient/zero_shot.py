"""Zero-shot transfer across languages: each one left out of the training, and then not.

Languages are the groups of a cross-validation: the model of each fold never saw one of them, and how it reads
that language, calibrated and decided by thresholds of the others, is what a new language gets. The same
recipe in an ordinary cross-validation, which saw other folds of the language, is what labels of it are worth.

References:
    Pires, Schlinger and Garrette (2019), "How multilingual is multilingual BERT?", ACL.
    Hu et al. (2020), "XTREME: a massively multilingual multi-task benchmark for evaluating cross-lingual
    generalisation", ICML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, InputError
from tongli.knowledge.tags import primary
from tongli.learning.bag import fit_bag
from tongli.learning.calibrate import plain_card
from tongli.learning.evaluate.resample import Estimate, Resampling, estimate
from tongli.learning.evaluate.sheet import Rows, Sheet
from tongli.learning.label_efficient.decisions import (
    cross_fitted_sheet,
    decided_sheet,
    fitted,
    measure_of,
)
from tongli.learning.label_efficient.labelled import Labelled
from tongli.learning.tasks import Task

Statistic = Callable[[Rows], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One language, or the mean of all.

    Attributes:
        lang: its tag; ``mean`` over all.
        texts: labelled texts.
        left_out: the measure without any training text of the language.
        trained: with the other folds of it.
        gap: trained minus left out, paired.
    """

    lang: str
    texts: int
    left_out: Estimate
    trained: Estimate
    gap: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ZeroShot:
    """The report.

    Attributes:
        head, measure: what was measured.
        languages: a row a language, the widest gap first.
        mean: over the languages, each weighing the same.
        unknown: texts without a language, left out of everything.
    """

    head: str
    measure: str
    languages: tuple[Transfer, ...]
    mean: Transfer
    unknown: int


def zero_shot(
    labelled: Labelled,
    features: FloatArray,
    *,
    task: Task,
    how: Resampling,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> ZeroShot:
    """Leave one language out, for each language.

    Tags of one language (``pt-BR``, ``pt-MZ``) are left out together. The same text in two languages is
    learnt from in the other one; :func:`tongli.learning.data.duplicates` finds such texts beforehand.

    Args:
        labelled: texts of at least two languages.
        features: ``(n, width)`` of the encoder.
        task: recipe of every network; its folds are those of the ordinary cross-validation.
        how: bootstrap; its seed is that of the training too.
        progress: called with networks trained and their number.

    Raises:
        InputError: ``labels.languages``.
    """
    tags = np.asarray(labelled.languages)
    known = np.flatnonzero(tags != "und")
    unknown = len(tags) - len(known)
    labelled, features = labelled.take(known), features[known]
    spoken = [primary(tag) for tag in labelled.languages]
    total = len(set(spoken))
    _require_several(total)
    done = count(1)

    def logits(groups: Sequence[str], folds: int) -> FloatArray:
        return fit_bag(
            features,
            labelled.targets,
            groups=groups,
            languages=labelled.languages,
            kind=labelled.scheme.kind,
            task=replace(task, folds=folds),
            seed=how.seed,
            tell=lambda _line: progress(next(done), total + task.folds),
        ).out_of_fold

    left_out = _unseen(logits(spoken, total), labelled, np.asarray(spoken))
    trained = cross_fitted_sheet(logits(labelled.groups, task.folds), labelled, seed=how.seed)
    return _report(labelled, left_out, trained, unknown=unknown, how=how)


def _unseen(logits: FloatArray, labelled: Labelled, spoken: NDArray[np.str_]) -> dict[str, Sheet]:
    """Language → sheet of its texts, with calibration and thresholds of all the others."""
    found = {}
    for language in sorted(set(spoken.tolist())):
        own, others = np.flatnonzero(spoken == language), np.flatnonzero(spoken != language)
        card = fitted(plain_card(labelled.scheme), logits[others], labelled.take(others))
        found[language] = decided_sheet(card, logits[own], labelled.take(own))
    return found


def _report(
    labelled: Labelled, left_out: dict[str, Sheet], trained: Sheet, *, unknown: int, how: Resampling
) -> ZeroShot:
    name, measure = measure_of(labelled.scheme)
    tags = np.asarray(labelled.languages)
    rows: list[Transfer] = []
    pairs: dict[str, tuple[Sheet, Sheet]] = {}
    for language, sheet in left_out.items():
        own = np.flatnonzero([primary(tag) == language for tag in tags.tolist()])
        for tag in sorted(set(tags[own].tolist())):
            here = np.flatnonzero(tags[own] == tag)
            pairs[tag] = (sheet.take(here), trained.take(own[here]))
    for tag, (without, with_) in pairs.items():
        rows.append(
            _transfer(
                tag,
                len(with_),
                lambda at, sheet=without: measure(sheet.take(at)),  # type: ignore[misc]
                lambda at, sheet=with_: measure(sheet.take(at)),  # type: ignore[misc]
                how=how,
            )
        )
    return ZeroShot(
        head=labelled.head,
        measure=name,
        languages=tuple(sorted(rows, key=lambda row: -row.gap.value)),
        mean=_mean(pairs, measure, how=how),
        unknown=unknown,
    )


def _mean(
    pairs: dict[str, tuple[Sheet, Sheet]], measure: Callable[[Sheet], float], *, how: Resampling
) -> Transfer:
    """The mean over languages; the bootstrap draws from all texts, so languages keep about their sizes."""
    sizes = [len(with_) for _, with_ in pairs.values()]
    starts = np.cumsum([0, *sizes])

    def over(side: int) -> Statistic:
        def figure(at: Rows) -> float:
            ordered = np.sort(at)
            bounds = np.searchsorted(ordered, starts)
            parts = [
                measure(pair[side].take(ordered[low:high] - start))
                for pair, low, high, start in zip(
                    pairs.values(), bounds[:-1], bounds[1:], starts[:-1], strict=True
                )
                if high > low
            ]
            return float(np.nanmean(parts)) if not np.isnan(parts).all() else np.nan

        return figure

    return _transfer("mean", sum(sizes), over(0), over(1), how=how)


def _transfer(lang: str, texts: int, without: Statistic, with_: Statistic, *, how: Resampling) -> Transfer:
    return Transfer(
        lang=lang,
        texts=texts,
        left_out=estimate(without, texts, how=how),
        trained=estimate(with_, texts, how=how),
        gap=estimate(lambda at: with_(at) - without(at), texts, how=how),
    )


def _require_several(languages: int) -> None:
    if languages < 2:
        raise InputError(
            "labels.languages",
            received=f"labelled texts of {languages} language{'s' if languages != 1 else ''}",
            allowed="at least two languages, with a tag in lang",
            fix="Add records of another language, or set lang in those that lack it.",
        )
