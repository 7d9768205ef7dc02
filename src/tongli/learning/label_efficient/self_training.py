"""Self-training: a teacher labels what it is sure of, a student learns from both and teaches the next round.

The whole of it, teacher, pseudo-labels and students, runs once in each fold of a cross-validation, so that no
network learns from a label that measures it, or from a pseudo-label of one that did; and once on all labelled
texts, for the weights. A fold's few numbers of calibration are fitted on the other folds' texts, as their own
models read them. Noise is dropout on inputs and hidden units, as in every bag.

References:
    Xie et al. (2020), "Self-training with Noisy Student improves ImageNet classification", CVPR.
    Arazo et al. (2020), "Pseudo-labeling and confirmation bias in deep semi-supervised learning", IJCNN.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from tongli.core import FloatArray, InputError
from tongli.emotion.card import Card
from tongli.emotion.head import Arrays, calibrate
from tongli.knowledge.schemes import Scheme
from tongli.learning.bag import fit_bag
from tongli.learning.calibrate import plain_card
from tongli.learning.data.normal import normal_form
from tongli.learning.data.record import Record
from tongli.learning.evaluate.resample import Difference, Resampling, compare
from tongli.learning.evaluate.sheet import Sheet
from tongli.learning.label_efficient.decisions import cross_fitted_sheet, fitted, measure_of
from tongli.learning.label_efficient.labelled import Labelled, Rows, fold_of, require_deciding
from tongli.learning.label_efficient.pseudo_labels import Pseudo, choose, nothing, positive_shares
from tongli.learning.tasks import Task

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to train.

    Attributes:
        task: recipe of every bag.
        confidence: least calibrated probability of a pseudo-label, 0.5..1.
        rounds: students at most; the first that is no better than the round before is the last.
        folds: of the cross-validation.
        per_language: most pseudo-labelled texts a language; ``None``: as many as it has labelled, and for a
            language without any, as many as the median one.
        how: bootstrap of the gain; its seed is that of everything.
    """

    task: Task
    confidence: float = 0.9
    rounds: int = 3
    folds: int = 5
    per_language: int | None = None
    how: Resampling


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One generation.

    Attributes:
        figure: the measure, cross-validated.
        logits: ``(labelled texts, labels)``, each from a model that never met that text's label.
        model: trained on all labelled texts.
        card: its calibration and thresholds, fitted on the logits.
        pseudo: what the model learnt from beside them; nothing for the first teacher.
    """

    figure: float
    logits: FloatArray
    model: Arrays
    card: Card
    pseudo: Pseudo


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTrained:
    """What came of it.

    Attributes:
        measure: name of the measure.
        rounds: the teacher, then its students.
        best: number of the best student, from 1.
        gain: its measure minus the teacher's, paired, with an interval that is widened for the number of
            students it was chosen from (Bonferroni).
    """

    measure: str
    rounds: tuple[Round, ...]
    best: int
    gain: Difference

    @property
    def improved(self) -> bool:
        """The whole interval of the gain lies above 0."""
        return self.gain.delta.low > 0

    @property
    def student(self) -> Round:
        """The best one."""
        return self.rounds[self.best]


def distinct(unlabelled: Sequence[Record], labelled: Labelled) -> list[Record]:
    """The unlabelled records with a text that neither the labelled ones nor an earlier record has.

    Raises:
        InputError: ``labels.unlabelled`` when nothing is left.
    """
    seen = {normal_form(text) for text in labelled.texts}
    kept = []
    for record in unlabelled:
        form = normal_form(record.text)
        if form and form not in seen:
            seen.add(form)
            kept.append(record)
    if not kept:
        raise InputError(
            "labels.unlabelled",
            received=f"{len(unlabelled):,} unlabelled records, none with a text of its own",
            allowed="texts that are not among the labelled ones",
            fix="Add more unlabelled texts.",
        )
    return kept


def self_train(
    labelled: Labelled,
    features: FloatArray,
    unlabelled: Sequence[Record],
    unlabelled_features: FloatArray,
    *,
    plan: Plan,
    progress: Progress = lambda _done, _total: None,
) -> SelfTrained:
    """Train a teacher and its students, and measure them.

    Args:
        labelled, features: n texts and ``(n, width)``.
        unlabelled, unlabelled_features: m records of :func:`distinct` and ``(m, width)``; labels that
            they may have are not read.
        plan: how.
        progress: called with networks trained and the most there can be.

    Raises:
        ConfigError: ``labels.numbers``.
        InputError: ``labels.unsure`` when the teacher is sure of nothing.
    """
    require_deciding(labelled.scheme)
    school = _School(labelled, features, unlabelled, unlabelled_features, plan=plan, progress=progress)
    _, measure = measure_of(labelled.scheme)
    rounds: list[Round] = []
    sheets: list[Sheet] = []
    lessons = [nothing(len(labelled.scheme.labels))] * (plan.folds + 1)
    for _ in range(plan.rounds + 1):
        if rounds:
            lessons = school.teach(rounds[-1].logits)
        logits, model = school.train(lessons)
        sheets.append(cross_fitted_sheet(logits, labelled, seed=plan.how.seed))
        figure = measure(sheets[-1])
        card = fitted(plain_card(labelled.scheme), logits, labelled)
        rounds.append(Round(figure=figure, logits=logits, model=model, card=card, pseudo=lessons[-1]))
        if len(rounds) > 1 and figure <= rounds[-2].figure:
            break
    return _outcome(labelled.scheme, rounds, sheets, how=plan.how)


def _outcome(
    scheme: Scheme, rounds: Sequence[Round], sheets: Sequence[Sheet], *, how: Resampling
) -> SelfTrained:
    name, measure = measure_of(scheme)
    students = len(rounds) - 1
    best = max(range(1, students + 1), key=lambda place: rounds[place].figure)
    widened = replace(how, confidence=1 - (1 - how.confidence) / students)
    return SelfTrained(
        measure=name,
        rounds=tuple(rounds),
        best=best,
        gain=compare(measure, sheets[best], sheets[0], how=widened),
    )


class _School:
    """The models of one round, one a fold and one on everything, and what they are sure of."""

    def __init__(
        self,
        labelled: Labelled,
        features: FloatArray,
        unlabelled: Sequence[Record],
        unlabelled_features: FloatArray,
        *,
        plan: Plan,
        progress: Progress,
    ) -> None:
        self._labelled, self._features = labelled, features
        self._languages = [record.lang for record in unlabelled]
        self._unlabelled = unlabelled_features
        self._plan = plan
        self._progress = progress
        self._done = count(1)
        fold = fold_of(labelled.groups, plan.folds, seed=plan.how.seed)
        everything = np.arange(len(labelled))
        self._parts: list[Rows] = [np.flatnonzero(fold != part) for part in range(plan.folds)]
        self._parts.append(everything)
        self._unseen: list[Rows] = [np.flatnonzero(fold == part) for part in range(plan.folds)]
        self._models: list[Arrays] = []
        self._caps = _caps(labelled.languages, plan.per_language)

    def train(self, lessons: Sequence[Pseudo]) -> tuple[FloatArray, Arrays]:
        """Out-of-fold logits of the labelled texts, and the model of all of them."""
        self._models = [self._fit(rows, pseudo) for rows, pseudo in zip(self._parts, lessons, strict=True)]
        logits = np.empty_like(self._labelled.targets)
        for model, rows in zip(self._models, self._unseen, strict=False):
            logits[rows] = model.logits(self._features[rows])
        return logits, self._models[-1]

    def teach(self, logits: FloatArray) -> list[Pseudo]:
        """What each model is sure of, calibrated out of fold on the labelled texts that it learnt from."""
        lessons: list[Pseudo] = []
        for model, rows in zip(self._models, self._parts, strict=True):
            known = self._labelled.take(rows)
            card = fitted(plain_card(known.scheme), logits[rows], known)
            values = calibrate(model.logits(self._unlabelled), card=card, languages=self._languages)
            lessons.append(
                choose(
                    values,
                    kind=known.scheme.kind,
                    confidence=self._plan.confidence,
                    languages=self._languages,
                    caps=self._caps,
                    shares=positive_shares(known.targets),
                    seed=self._plan.how.seed,
                )
            )
        if not all(len(lesson.rows) for lesson in lessons):
            raise _unsure(self._plan.confidence)
        return lessons

    def _fit(self, rows: Rows, pseudo: Pseudo) -> Arrays:
        labelled, plan = self._labelled.take(rows), self._plan
        total = (plan.rounds + 1) * (plan.folds + 1) * plan.task.folds
        return fit_bag(
            np.concatenate([self._features[rows], self._unlabelled[pseudo.rows]]),
            np.concatenate([labelled.targets, pseudo.targets]),
            groups=[*labelled.groups, *(f"pseudo {row}" for row in pseudo.rows)],
            languages=[*labelled.languages, *(self._languages[row] for row in pseudo.rows)],
            kind=labelled.scheme.kind,
            task=plan.task,
            seed=plan.how.seed,
            tell=lambda _line: self._progress(next(self._done), total),
        ).arrays


def _caps(languages: Sequence[str], per_language: int | None) -> dict[str, int]:
    """Most pseudo-labelled texts of each language; ``""`` is for all others."""
    if per_language is not None:
        return {"": per_language}
    counts = Counter(languages)
    return {**counts, "": int(np.median(list(counts.values())))}


def _unsure(confidence: float) -> InputError:
    return InputError(
        "labels.unsure",
        received=f"no text that the teacher is {confidence:.0%} sure of on both sides of a label",
        allowed="at least one",
        fix="Lower --confidence, or add labelled or unlabelled texts.",
    )
