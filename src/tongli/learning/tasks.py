"""Training data of the heads: which sets, under which licence, and how their labels map to the schemes.

A target is an array over the scheme's labels; ``nan`` means *not annotated* and is masked everywhere.
Only sets that may be shipped are listed, so weights trained by this recipe may be released.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import FloatArray, InputError
from tongli.knowledge.schemes import EKMAN6, SCHEMES
from tongli.knowledge.statements import is_statement

Record = Mapping[str, Any]
Label = Callable[[Record], Iterable[tuple[str, FloatArray]]]
"""A record → pairs of text and target; a record may give several texts or none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """One file of one set.

    Attributes:
        path: below the data folder.
        licence: as stated by the set.
        label: how a record becomes examples.
        lang: language to file the examples under instead of their own. ``und`` keeps a set whose labels
            follow other habits out of its language's calibration and thresholds.
    """

    path: str
    licence: str
    label: Label
    lang: str | None = None

    @property
    def name(self) -> str:
        """Folder name."""
        return self.path.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a head learns from, and what it is measured on.

    Attributes:
        head: name of the scheme.
        train: sets to learn from; never a development or test split that is reported on.
        dev: sets to report on.
        unlabelled: texts of one kind in languages learnt and not learnt, by which the latter are centred
            (:func:`tongli.learning.calibrate.centred`).
        everyday: texts that a head learns to be undecided about where they mark nothing
            (:mod:`tongli.learning.train.everyday`).
        folds: models in the bag; each leaves one fold out, so every example gets one unseen prediction.
        epochs: passes over the data.
        inner: hidden units of each model in the bag.
        balance: languages are sampled in proportion to their size to this power.
    """

    head: str
    train: tuple[DataSet, ...]
    dev: tuple[DataSet, ...]
    unlabelled: tuple[DataSet, ...] = ()
    everyday: tuple[DataSet, ...] = ()
    folds: int = 5
    epochs: int = 12
    inner: int = 256
    balance: float = 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text."""

    text: str
    lang: str
    target: FloatArray
    source: str


def load(sets: Iterable[DataSet], *, data: Path) -> list[Example]:
    """Read the sets.

    Raises:
        InputError: ``data.missing`` or ``data.broken``.
    """
    return [
        Example(text, part.lang or record.get("lang", "und"), target, part.name)
        for part in sets
        for record in read_set(data / part.path)
        for text, target in part.label(record)
        if text.strip()
    ]


def read_set(path: Path) -> Iterator[Record]:
    """The records of a file of a public set.

    Raises:
        InputError: ``data.missing`` or ``data.broken``.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from map(json.loads, file)
    except FileNotFoundError as missing:
        raise InputError(
            "data.missing",
            received=f"no {path.name} in {path.parent}",
            allowed="a data folder with the sets named in tongli.learning.tasks",
            fix="Give the folder with --data.",
        ) from missing
    except (OSError, ValueError, EOFError) as broken:
        raise broken_set(path, broken) from broken


def broken_set(path: Path, error: Exception) -> InputError:
    """The error ``data.broken`` of a file of a public set."""
    return InputError(
        "data.broken",
        received=f"{path.name}: {type(error).__name__}",
        allowed="gzip-compressed JSON lines",
        fix="Fetch the file again.",
    )


def multilabel(head: str, *, rename: Mapping[str, str] | None = None, unknown: tuple[str, ...] = ()) -> Label:
    """Label lists → 0/1 targets; ``unknown`` and the record's ``not_annotated`` labels become nan."""
    labels = SCHEMES[head].labels

    def label(record: Record) -> Iterator[tuple[str, FloatArray]]:
        chosen = {(rename or {}).get(name, name) for name in record["labels"]}
        masked = {*unknown, *(record.get("not_annotated") or ())}
        target = [np.nan if name in masked else float(name in chosen) for name in labels]
        yield record["text"], np.array(target, np.float32)

    return label


def one_of(head: str) -> Label:
    """A single label → a one-hot target; records without one are left out."""
    labels = SCHEMES[head].labels

    def label(record: Record) -> Iterator[tuple[str, FloatArray]]:
        if record["labels"]:
            yield record["text"], np.array([name == record["labels"][0] for name in labels], np.float32)

    return label


def intensities(record: Record) -> Iterator[tuple[str, FloatArray]]:
    """Scores 0..3 an emotion."""
    masked = set(record.get("not_annotated") or ())
    scores = [np.nan if name in masked else record["scores"].get(name, np.nan) for name in EKMAN6]
    yield record["text"], np.array(scores, np.float32)


def outer_quartiles(record: Record) -> Iterator[tuple[str, FloatArray]]:
    """TyDiP's binary label, which exists for the outer quartiles only."""
    if record.get("binary") is not None:
        yield record["text"], np.array([record["binary"]], np.float32)


def no_label(record: Record) -> Iterator[tuple[str, FloatArray]]:
    """The text alone."""
    yield record["text"], np.array([np.nan], np.float32)


def statement(record: Record) -> Iterator[tuple[str, FloatArray]]:
    """A text that addresses nobody, halfway between the two sides of a head; no other."""
    if is_statement(record["text"], lang=record["lang"]):
        yield record["text"], np.array([0.5], np.float32)


def both_sides(record: Record) -> Iterator[tuple[str, FloatArray]]:
    """CoCoA-MT's formal and informal translation of the same sentence."""
    yield record["formal"], np.array([1], np.float32)
    yield record["informal"], np.array([0], np.float32)


def translation(lang: str) -> Label:
    """NTREX's translation into a language, without a label."""

    def label(record: Record) -> Iterator[tuple[str, FloatArray]]:
        if text := record["translations"].get(lang):
            yield text, np.array([np.nan], np.float32)

    return label


def one_score(name: str) -> Label:
    """One score of the record's ``scores``."""

    def label(record: Record) -> Iterator[tuple[str, FloatArray]]:
        yield record["text"], np.array([record["scores"][name]], np.float32)

    return label


def sentiment_of_emotions(positive: frozenset[str], negative: frozenset[str]) -> Label:
    """Sentiment implied by annotated emotions, where they agree; mixed or other emotions give none.

    Sentiment sets that may be shipped exist for few languages; emotion sets cover many more.
    """

    def label(record: Record) -> Iterator[tuple[str, FloatArray]]:
        chosen = set(record["labels"])
        sides = [bool(chosen & negative), not chosen or chosen == {"neutral"}, bool(chosen & positive)]
        if sum(sides) == 1 and chosen <= positive | negative | {"neutral"}:
            yield record["text"], np.array(sides, np.float32)

    return label


_CC_BY = "CC-BY-4.0"
_EMOT = {"happy": "joy"}
_POSITIVE = frozenset({"joy"})
_NEGATIVE = frozenset({"anger", "disgust", "fear", "sadness"})
_REDDIT_POSITIVE = frozenset(
    {"admiration", "amusement", "approval", "caring", "excitement", "gratitude", "joy", "love"}
    | {"optimism", "pride", "relief"}
)
_REDDIT_NEGATIVE = frozenset(
    {"anger", "annoyance", "disappointment", "disapproval", "disgust", "embarrassment", "fear", "grief"}
    | {"nervousness", "remorse", "sadness"}
)


def _brighter(split: str) -> DataSet:
    return DataSet(path=f"brighter/{split}.jsonl.gz", licence=_CC_BY, label=multilabel("ekman6"))


TASKS: Mapping[str, Task] = {
    task.head: task
    for task in (
        Task(
            head="ekman6",
            train=(
                _brighter("train"),
                DataSet(
                    path="indonlu_emot/train.jsonl.gz",
                    licence="Apache-2.0",
                    label=multilabel("ekman6", rename=_EMOT, unknown=("disgust", "surprise")),
                    lang="und",
                ),
            ),
            dev=(_brighter("dev"),),
            inner=256,
            epochs=25,
        ),
        Task(
            head="plutchik8",
            train=(DataSet(path="xed/train.jsonl.gz", licence=_CC_BY, label=multilabel("plutchik8")),),
            dev=(DataSet(path="xed/dev.jsonl.gz", licence=_CC_BY, label=multilabel("plutchik8")),),
            folds=2,
            epochs=8,
        ),
        Task(
            head="goemotions28",
            train=(
                DataSet(
                    path="goemotions/train.jsonl.gz", licence="Apache-2.0", label=multilabel("goemotions28")
                ),
            ),
            dev=(
                DataSet(
                    path="goemotions/dev.jsonl.gz", licence="Apache-2.0", label=multilabel("goemotions28")
                ),
            ),
            folds=3,
            epochs=15,
        ),
        Task(
            head="intensity",
            train=(DataSet(path="brighter_intensity/train.jsonl.gz", licence=_CC_BY, label=intensities),),
            dev=(DataSet(path="brighter_intensity/dev.jsonl.gz", licence=_CC_BY, label=intensities),),
            folds=3,
            inner=128,
        ),
        Task(
            head="sentiment",
            train=(
                DataSet(path="afrisenti/train.jsonl.gz", licence=_CC_BY, label=one_of("sentiment")),
                DataSet(path="indonlu_smsa/train.jsonl.gz", licence="Apache-2.0", label=one_of("sentiment")),
                DataSet(
                    path="brighter/train.jsonl.gz",
                    licence=_CC_BY,
                    label=sentiment_of_emotions(_POSITIVE, _NEGATIVE),
                ),
                DataSet(
                    path="goemotions/train.jsonl.gz",
                    licence="Apache-2.0",
                    label=sentiment_of_emotions(_REDDIT_POSITIVE, _REDDIT_NEGATIVE),
                ),
            ),
            dev=(
                DataSet(path="afrisenti/dev.jsonl.gz", licence=_CC_BY, label=one_of("sentiment")),
                DataSet(path="indonlu_smsa/dev.jsonl.gz", licence="Apache-2.0", label=one_of("sentiment")),
            ),
            folds=2,
            epochs=8,
        ),
        Task(
            head="politeness",
            train=(DataSet(path="tydip/train_en.jsonl.gz", licence=_CC_BY, label=outer_quartiles),),
            dev=(),
            unlabelled=(DataSet(path="tydip/dev_middle.jsonl.gz", licence=_CC_BY, label=no_label),),
            everyday=(
                DataSet(path="xed/train.jsonl.gz", licence=_CC_BY, label=statement),
                DataSet(path="brighter/train.jsonl.gz", licence=_CC_BY, label=statement),
                DataSet(path="ntrex/dev.jsonl.gz", licence="CC-BY-SA-4.0", label=statement),
            ),
            folds=3,
            inner=64,
            epochs=15,
        ),
        Task(
            head="formality",
            train=(
                DataSet(path="formality_mt/train.jsonl.gz", licence="CDLA-Sharing-1.0", label=both_sides),
            ),
            dev=(),
            everyday=(
                *(
                    DataSet(path=f"{name}/train.jsonl.gz", licence=_CC_BY, label=no_label)
                    for name in ("xed", "brighter")
                ),
                *(
                    DataSet(
                        path="ntrex/dev.jsonl.gz", licence="CC-BY-SA-4.0", label=translation(tag), lang=tag
                    )
                    for tag in ("de", "es", "fr", "hi", "it", "ja", "ko", "pt-BR", "pt-PT", "vi")
                ),
            ),
            folds=3,
            inner=64,
        ),
        *(
            Task(
                head=name,
                train=(
                    DataSet(path="empathic_reactions/train.jsonl.gz", licence=_CC_BY, label=one_score(name)),
                ),
                dev=(DataSet(path="empathic_reactions/dev.jsonl.gz", licence=_CC_BY, label=one_score(name)),),
                inner=32,
                epochs=20,
            )
            for name in ("empathy", "distress")
        ),
    )
}
"""Head → task. A task without a dev set is measured by its out-of-fold predictions."""


def task_of(head: str) -> Task:
    """The task of a head; one of one's own has no public sets, and the usual recipe."""
    return TASKS.get(head) or Task(head=head, train=(), dev=(), epochs=25)
