"""An evaluation from files to a report."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tongli import __version__
from tongli.core import ConfigError, InputError, shorten
from tongli.core.protocols import Reader
from tongli.knowledge.schemes import SCHEMES, Schemes
from tongli.learning.data.record import Record, read_records
from tongli.learning.evaluate.counterfactual import variants
from tongli.learning.evaluate.fairness import Fairness, measure_fairness
from tongli.learning.evaluate.figures import GROUP_FIELDS, measure_head
from tongli.learning.evaluate.generated import measure_texts
from tongli.learning.evaluate.measures import MEASURES, main_measure
from tongli.learning.evaluate.predictions import check_ids, predict, read_predictions, read_texts
from tongli.learning.evaluate.report import Report
from tongli.learning.evaluate.resample import Difference, Resampling, compare
from tongli.learning.evaluate.robustness import DEFAULT_ATTACKS, RATES, Curve, measure_robustness
from tongli.learning.evaluate.sheet import Line, annotated, make_sheet

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many texts or heads of it are done, and how many there are."""

DEFAULT_FIELDS = ("lang", "source", "culture", "gender_expression")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to evaluate.

    Attributes:
        data: JSONL of records.
        predictions: what a model said of them; ``None`` asks the reader.
        against: what another model said of them.
        texts: JSONL of generated texts: ``text``, and maybe ``reference`` and ``lang``.
        heads: heads to measure; ``None`` takes all that the data is annotated for.
        by: fields of a record to group by.
        fairness, robustness: measure these too; both need the reader.
        attacks: for robustness.
        sample: attack at most this many texts, drawn at random.
        how: resampling of intervals and tests; its seed also draws the sample and the attacks.
        schemes: of all heads, those of one's own included.
    """

    data: Path
    predictions: Path | None = None
    against: Path | None = None
    texts: Path | None = None
    heads: tuple[str, ...] | None = None
    by: tuple[str, ...] = DEFAULT_FIELDS
    fairness: bool = False
    robustness: bool = False
    attacks: tuple[str, ...] = DEFAULT_ATTACKS
    sample: int = 1000
    how: Resampling = field(default_factory=Resampling)
    schemes: Schemes = field(default_factory=lambda: SCHEMES)


def check(job: Job) -> None:
    """Raises ``ConfigError``: ``evaluate.options``, ``evaluate.field`` or ``heads.unknown``."""
    if strange := [name for name in job.heads or () if name not in job.schemes]:
        raise ConfigError(
            "heads.unknown",
            received=", ".join(map(shorten, strange)),
            allowed=", ".join(job.schemes),
            fix="Name heads from this list; declare those of your own with --schemes.",
        )
    if job.predictions and (job.fairness or job.robustness):
        raise ConfigError(
            "evaluate.options",
            received="predictions together with fairness or robustness",
            allowed="fairness and robustness of the model, which must read new texts",
            fix="Leave out --predictions, or leave out --fairness and --robustness.",
        )
    if unknown := [name for name in job.by if name not in GROUP_FIELDS]:
        raise ConfigError(
            "evaluate.field",
            received=", ".join(unknown),
            allowed=", ".join(GROUP_FIELDS),
            fix="Group by fields of a record.",
        )


def evaluate(
    job: Job, *, reader: Reader | None, name: str = "", progress: Progress = lambda *_: None
) -> Report:
    """Run an evaluation.

    Args:
        job: what to do.
        reader: the model; needed unless the job has predictions.
        name: how the report calls it.
        progress: shown to people who wait.

    Raises:
        ConfigError: ``evaluate.options``, ``evaluate.field``, ``evaluate.head``, ``extra.missing``.
        InputError: ``evaluate.unlabelled``, ``evaluate.duplicate``, ``evaluate.missing``, those of
            :func:`tongli.learning.data.record.read_records` and of the reader.
        StorageError: for files that cannot be read.
        ModelError: from the reader.
    """
    check(job)
    records = [record for record in read_records(job.data, schemes=job.schemes) if record.text.strip()]
    check_ids(records)
    heads = _heads(job, records)
    read = _Model(reader, progress)
    lines = read_predictions(job.predictions, records) if job.predictions else read("Reading", records)
    by = [item for item in job.by if len({getattr(record, item) or "" for record in records} - {""}) > 1]
    figures = []
    for number, head in enumerate(heads):
        progress("Measuring", number, len(heads))
        figures.append(measure_head(head, records, lines, by=by, how=job.how, schemes=job.schemes))
    attacked = _sample(job, records)
    return Report(
        data=job.data.name,
        records=len(records),
        languages=dict(sorted(Counter(record.lang for record in records).items())),
        predictions=job.predictions.name if job.predictions else name,
        against=job.against.name if job.against else "",
        how=job.how,
        heads=tuple(figures),
        differences=_differences(job, records, lines, heads),
        fairness=_fairness(read, heads, schemes=job.schemes) if job.fairness else None,
        robustness=_robustness(job, read, attacked, heads),
        attacked=len(attacked),
        texts=_texts(job),
        version=__version__,
    )


class _Model:
    """The reader with its progress."""

    def __init__(self, reader: Reader | None, progress: Progress) -> None:
        self._reader = reader
        self._progress = progress

    def __call__(
        self, what: str, records: Sequence[Record], *, before: int = 0, total: int = 0
    ) -> list[Line]:
        if self._reader is None:
            raise ConfigError(
                "evaluate.options",
                received="no model and no predictions",
                allowed="a model to ask, or a file of predictions",
                fix="Give one of them.",
            )
        done = before

        def show(more: int) -> None:
            nonlocal done
            done += more
            self._progress(what, done, total or len(records))

        self._progress(what, done, total or len(records))
        return predict(self._reader, records, progress=show)


def _heads(job: Job, records: Sequence[Record]) -> tuple[str, ...]:
    """Heads asked for that somebody annotated."""
    wanted = [head for head in job.heads or job.schemes if annotated(records, head)]
    if not wanted:
        raise InputError(
            "evaluate.unlabelled",
            received=f"{job.data.name} without labels of {', '.join(job.heads or ['any head'])}",
            allowed="records with labels to compare with",
            fix="Label some records, or choose other --heads.",
        )
    return tuple(wanted)


def _differences(
    job: Job, records: Sequence[Record], lines: Sequence[Line], heads: Sequence[str]
) -> dict[str, Difference]:
    if job.against is None:
        return {}
    others = read_predictions(job.against, records)
    found = {}
    for head in heads:
        places = annotated(records, head)
        own = [records[place] for place in places]
        first = make_sheet(head, own, [lines[place] for place in places], schemes=job.schemes)
        second = make_sheet(head, own, [others[place] for place in places], schemes=job.schemes)
        measure = MEASURES[first.scheme.kind][main_measure(first.scheme.kind)]
        found[head] = compare(measure, first, second, how=job.how)
    return found


def _fairness(read: _Model, heads: Sequence[str], *, schemes: Schemes) -> Fairness:
    found = variants()
    texts = sorted({(item.lang, item.text) for item in found})
    records = [Record(id=str(at), text=text, lang=lang) for at, (lang, text) in enumerate(texts)]
    said = dict(zip(texts, read("Swapping names and pronouns", records), strict=True))
    return measure_fairness(
        found, [said[item.lang, item.text] for item in found], heads=heads, schemes=schemes
    )


def _sample(job: Job, records: Sequence[Record]) -> list[Record]:
    if not job.robustness or len(records) <= job.sample:
        return list(records) if job.robustness else []
    places = random.Random(job.how.seed).sample(range(len(records)), job.sample)  # noqa: S311 - repeatable
    return [records[place] for place in sorted(places)]


def _robustness(job: Job, read: _Model, records: Sequence[Record], heads: Sequence[str]) -> tuple[Curve, ...]:
    if not records:
        return ()
    done, total = 0, len(records) * (1 + len(job.attacks) * (len(RATES) - 1))

    def read_all(attacked: Sequence[Record]) -> list[Line]:
        nonlocal done
        lines = read("Attacking", attacked, before=done, total=total)
        done += len(attacked)
        return lines

    return measure_robustness(
        read_all, records, heads=heads, attacks=job.attacks, seed=job.how.seed, schemes=job.schemes
    )


def _texts(job: Job) -> Mapping[str, Mapping[str, float]]:
    if job.texts is None:
        return {}
    return {
        lang: measure_texts(texts, references, lang=lang)
        for lang, (texts, references) in read_texts(job.texts).items()
    }
