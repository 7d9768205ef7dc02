"""Few-shot learning compared: regression on frozen features, contrastive fine-tuning, and a language model.

All are measured on the same held-out texts or, where there are none, in the same cross-validation of the
examples.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.card import Card
from tongli.emotion.head import Arrays
from tongli.learning.calibrate import plain_card
from tongli.learning.evaluate.resample import Difference, Estimate, Resampling, compare, estimate
from tongli.learning.evaluate.sheet import Sheet
from tongli.learning.label_efficient.chat import Chat
from tongli.learning.label_efficient.contrastive import Contrast, fit_contrastive, fit_logistic
from tongli.learning.label_efficient.decisions import (
    as_sheet,
    cross_fitted_sheet,
    decided_sheet,
    fitted,
    measure_of,
)
from tongli.learning.label_efficient.labelled import Labelled, Rows, fold_of, require_deciding
from tongli.learning.label_efficient.prompting import Answers, label_texts
from tongli.learning.metrics import Mask

Progress = Callable[[str, int, int], None]
Fit = Callable[[FloatArray, FloatArray], Arrays]

BASELINE, CONTRASTIVE = "logistic", "contrastive"

_FOLDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to learn and measure.

    Attributes:
        contrast: the fine-tuning.
        how: bootstrap; its seed is that of everything.
        chat: a language model to compare with.
    """

    contrast: Contrast
    how: Resampling
    chat: Chat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One way to learn from the examples.

    Attributes:
        name: ``logistic``, ``contrastive``, or that of the language model.
        figure: the measure.
        abstained: texts without a well-formed answer.
        examples: examples that it learnt from, or that its prompt held.
        against: its figure minus that of ``logistic``, paired; ``None`` for that itself.
    """

    name: str
    figure: Estimate
    abstained: int
    examples: int
    against: Difference | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """A head that was learnt, with a card that calibrates and decides."""

    arrays: Arrays
    card: Card


@dataclass(frozen=True, slots=True, kw_only=True)
class FewShot:
    """The report, and what was learnt.

    Attributes:
        head, measure: what was learnt, and how it is measured.
        examples, measured: numbers of texts.
        held_out: measured on held-out texts; else cross-validated on the examples.
        methods: the baseline first.
        learnt: method → head; none for the language model.
    """

    head: str
    measure: str
    examples: int
    measured: int
    held_out: bool
    methods: tuple[Method, ...]
    learnt: dict[str, Learnt]


def few_shot(
    examples: Labelled,
    features: FloatArray,
    held_out: Labelled | None,
    held_out_features: FloatArray | None,
    *,
    plan: Plan,
    progress: Progress = lambda _what, _done, _total: None,
) -> FewShot:
    """Learn from the examples in each way, and compare.

    Args:
        examples, features: n texts and ``(n, width)``.
        held_out, held_out_features: m texts that share nothing with them, and ``(m, width)``; or neither.
        plan: how.
        progress: told what is being done, and how far it is.

    Raises:
        ConfigError: ``labels.numbers``.
        EngineError: when the language model does not work.
    """
    require_deciding(examples.scheme)
    kind, seed = examples.scheme.kind, plan.how.seed
    fits: dict[str, Fit] = {
        BASELINE: lambda inputs, targets: fit_logistic(inputs, targets, kind=kind),
        CONTRASTIVE: lambda inputs, targets: fit_contrastive(
            inputs, targets, kind=kind, how=plan.contrast, seed=seed
        ),
    }
    learnt: dict[str, Learnt] = {}
    sheets: dict[str, Sheet] = {}
    for done, (name, fit) in enumerate(fits.items()):
        progress("Learning", done, len(fits))
        logits = _out_of_fold(examples, features, fit, seed=seed)
        learnt[name] = Learnt(
            arrays=fit(features, examples.targets), card=fitted(plain_card(examples.scheme), logits, examples)
        )
        if held_out is None or held_out_features is None:
            sheets[name] = cross_fitted_sheet(logits, examples, seed=seed)
        else:
            found = learnt[name]
            sheets[name] = decided_sheet(found.card, found.arrays.logits(held_out_features), held_out)
    shown = len(examples)
    if plan.chat is not None:
        answers = _ask(examples, held_out, chat=plan.chat, seed=seed, progress=progress)
        sheets[plan.chat.name] = _answered(held_out or examples, answers)
        shown = answers.examples
    return _report(examples, sheets, learnt=learnt, shown=shown, held_out=held_out is not None, how=plan.how)


def _report(
    examples: Labelled,
    sheets: dict[str, Sheet],
    *,
    learnt: dict[str, Learnt],
    shown: int,
    held_out: bool,
    how: Resampling,
) -> FewShot:
    name, measure = measure_of(examples.scheme)
    baseline = sheets[BASELINE]
    methods = tuple(
        Method(
            name=method,
            figure=estimate(lambda rows, sheet=sheet: measure(sheet.take(rows)), len(sheet), how=how),  # type: ignore[misc]
            abstained=int(sheet.abstained.sum()),
            examples=len(examples) if method in learnt else shown,
            against=None if sheet is baseline else compare(measure, sheet, baseline, how=how),
        )
        for method, sheet in sheets.items()
    )
    return FewShot(
        head=examples.head,
        measure=name,
        examples=len(examples),
        measured=len(baseline),
        held_out=held_out,
        methods=methods,
        learnt=learnt,
    )


def _folds(examples: Labelled, *, seed: int) -> list[tuple[Rows, Rows]]:
    """Rows to learn from, and rows to predict."""
    fold = fold_of(examples.groups, _FOLDS, seed=seed)
    return [(np.flatnonzero(fold != part), np.flatnonzero(fold == part)) for part in np.unique(fold)]


def _out_of_fold(examples: Labelled, features: FloatArray, fit: Fit, *, seed: int) -> FloatArray:
    logits = np.empty_like(examples.targets)
    for others, own in _folds(examples, seed=seed):
        logits[own] = fit(features[others], examples.targets[others]).logits(features[own])
    return logits


def _ask(
    examples: Labelled, held_out: Labelled | None, *, chat: Chat, seed: int, progress: Progress
) -> Answers:
    def told(done: int, total: int) -> None:
        progress(f"Asking {chat.name}", done, total)

    if held_out is not None:
        return label_texts(held_out.texts, examples, chat=chat, progress=told)
    decided = np.empty_like(examples.targets)
    shown = 0
    for others, own in _folds(examples, seed=seed):
        answers = label_texts(examples.take(own).texts, examples.take(others), chat=chat, progress=told)
        decided[own], shown = answers.decided, answers.examples
    return Answers(decided=decided, examples=shown)


def _answered(labelled: Labelled, answers: Answers) -> Sheet:
    """Answers as a sheet; an abstention decides nothing, and no side is more probable."""
    abstained: Mask = np.asarray(np.isnan(answers.decided).all(axis=1))
    values = np.nan_to_num(answers.decided, nan=0.5)
    sheet = as_sheet(labelled, values, np.full_like(values, 0.75))
    return replace(sheet, abstained=abstained)
