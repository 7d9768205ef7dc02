"""``tongli learn tag``: texts with spans → a tagger, calibrated and measured through the files as written."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tongli import __version__
from tongli.core import ConfigError, InputError, Tokens, shorten
from tongli.core.writing import writing
from tongli.emotion.marker_card import MarkerCard
from tongli.emotion.markers import Markers, calibrated
from tongli.encoders.text import TextEncoder
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.data.licences import Verdict, check_licences
from tongli.learning.data.record import Record
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.provenance import sources
from tongli.learning.tagging.alignment import Example, align
from tongli.learning.tagging.calibration import Candidates, best_threshold, platt
from tongli.learning.tagging.fit import Options, Step, fit
from tongli.learning.tagging.network import Tagger
from tongli.learning.tagging.records import SpanRecord, formality_markers, read_span_records
from tongli.learning.tagging.scores import Found, measure
from tongli.learning.tagging.split import Split, split

_CHUNK = 256
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to train and where.

    Attributes:
        out: folder for the two files.
        name: of the tagger.
        test, held_out: shares of the groups that are tested on and calibrated on.
        leave_out: languages to test on only.
        research_only: go on with data that may not be released; the card then says so.
        options: of training.
        how: the bootstrap of the figures.
    """

    out: Path
    name: str = "markers"
    test: float = 0.2
    held_out: float = 0.1
    leave_out: tuple[str, ...] = ()
    research_only: bool = False
    options: Options = field(default_factory=Options)
    how: Resampling = field(default_factory=Resampling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a job will do: the verdict of the licence gate, the split and the labels."""

    verdict: Verdict
    split: Split
    labels: tuple[str, ...]


def gather(files: Sequence[Path], *, data: Path | None) -> list[SpanRecord]:
    """Records of the files, or the public formality markers when there are none.

    Args:
        files: JSONL files of texts with spans.
        data: folder of the public sets.

    Raises:
        ConfigError: ``train.data`` for neither or both, and errors of the readers.
    """
    if bool(files) == (data is not None):
        raise ConfigError(
            "train.data",
            received="both files and a data folder" if files else "neither files nor a data folder",
            allowed="files of texts with spans, or --data FOLDER",
            fix="Name one of the two.",
        )
    if data is not None:
        return formality_markers(data)
    return [record for path in files for record in read_span_records(path)]


def plan(records: Sequence[SpanRecord], job: Job) -> Plan:
    """Check everything that can be checked before anything takes time.

    Raises:
        ConfigError: ``tag.name``, ``licence.not-free``, ``tag.split`` or ``tag.language``.
        InputError: ``train.empty`` when nothing is marked.
    """
    _check_name(job.name)
    verdict = check_licences(_as_records(records), research_only=job.research_only)
    parts = split(records, test=job.test, held_out=job.held_out, leave_out=job.leave_out)
    labels = tuple(sorted({span[2] for record in records for span in record.spans}))
    if records and not labels:
        raise InputError(
            "train.empty",
            received=f"{len(records):,} texts in which nothing is marked",
            allowed="texts of which some have spans",
            fix="Mark some: [start, end, label] in spans.",
        )
    return Plan(verdict=verdict, split=parts, labels=labels)


def run(
    records: Sequence[SpanRecord], job: Job, *, agreed: Plan, encoder: TextEncoder, tell: Tell, step: Step
) -> MarkerCard:
    """Train, calibrate, measure and save.

    Args:
        records: all of them.
        job: what to do.
        agreed: of these records and this job.
        encoder: whose token states are read.
        tell: told about long parts.
        step: told the number of training steps done.

    Raises:
        InputError: ``train.empty`` or ``train.one-class``.
        ModelError: ``train.nan``.
        StorageError: ``record.unwritable``.
    """
    examples = encode(records, encoder=encoder, labels=agreed.labels, tell=tell)
    learnt = [examples[row] for row in agreed.split.fit if len(examples[row].tags)]
    tell(f"{len(learnt):,} texts to learn from")
    network = fit(learnt, labels=len(agreed.labels), options=job.options, step=step)
    card = _draft(learnt, job=job, agreed=agreed)
    card = _save(card, network, job=job)
    held_out = [examples[row] for row in agreed.split.held_out]
    card = _save(calibrate(card, held_out, folder=job.out), None, job=job)
    for name, rows in (("held_out", agreed.split.held_out), ("test", agreed.split.test)):
        if rows:
            found = find(Markers(name=job.name, folder=job.out), [examples[row] for row in rows])
            card = replace(card, metrics={**card.metrics, name: measure(found, how=job.how)})
    return _save(card, None, job=job)


def encode(
    records: Sequence[SpanRecord], *, encoder: TextEncoder, labels: Sequence[str], tell: Tell
) -> list[Example]:
    """Token states of every text, kept as float16, beside its tags."""
    found: list[Example] = []
    for start in range(0, len(records), _CHUNK):
        chunk = records[start : start + _CHUNK]
        for record, tokens in zip(chunk, encoder.tokens([item.text for item in chunk]), strict=True):
            small = replace(tokens, states=tokens.states.astype(np.float16))
            found.append(align(record, small, labels=labels))
        if (start // _CHUNK) % 8 == 7 or len(found) == len(records):
            tell(f"{len(found):,} of {len(records):,} texts encoded")
    return found


def find(markers: Markers, examples: Iterable[Example]) -> list[Found]:
    """What a saved tagger finds in the texts."""
    results = []
    for example in examples:
        found = markers.spans(example.record.text, _whole(example.tokens))
        spans = tuple((item.start, item.end, item.label) for item in found)
        results.append(Found(record=example.record, spans=spans, scores=tuple(item.score for item in found)))
    return results


def calibrate(card: MarkerCard, examples: Sequence[Example], *, folder: Path) -> MarkerCard:
    """The card with calibration and threshold.

    Args:
        card: saved in the folder beside its arrays.
        examples: texts that were not learnt from.
        folder: of the tagger.
    """
    markers = Markers(name=card.name, folder=folder)
    odds: list[float] = []
    right: list[bool] = []
    for example in examples:
        for *span, found in markers.proposals(example.record.text, _whole(example.tokens)):
            odds.append(found)
            right.append(tuple(span) in example.record.spans)
    candidates = Candidates(
        odds=np.array(odds, np.float32),
        right=np.array(right, np.float32),
        annotated=sum(len(example.record.spans) for example in examples),
    )
    slope, offset = platt(candidates)
    card = replace(card, slope=slope, offset=offset)
    chances = np.array([calibrated(found, card) for found in odds], np.float32)
    return replace(card, threshold=best_threshold(chances, candidates))


def _whole(tokens: Tokens) -> Tokens:
    return replace(tokens, states=np.asarray(tokens.states, np.float32))


def _draft(learnt: Sequence[Example], *, job: Job, agreed: Plan) -> MarkerCard:
    digest = hashlib.sha256()
    for example in learnt:
        digest.update(repr((example.record.text, example.record.spans)).encode("utf-8", "surrogatepass"))
    return MarkerCard(
        name=job.name,
        encoder=learnt[0].tokens.encoder,
        labels=agreed.labels,
        data=sources((example.record.source for example in learnt), verdict=agreed.verdict),
        languages=tuple(sorted({example.record.lang for example in learnt} - {"und"})),
        seed=job.options.seed,
        releasable=agreed.verdict.releasable,
        made_by={"tongli": __version__, "texts": digest.hexdigest()[:12]},
    )


def _save(card: MarkerCard, network: Tagger | None, *, job: Job) -> MarkerCard:
    """Write the card and, if there is one, the network."""
    with writing("record.unwritable", job.out):
        job.out.mkdir(parents=True, exist_ok=True)
        if network is not None:
            network.arrays().save(job.out / f"{job.name}.safetensors")
        card.save(job.out / f"{job.name}.json")
    return card


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name) or name in SCHEMES:
        raise ConfigError(
            "tag.name",
            received=shorten(name),
            allowed=f"letters, digits, - and _, and none of the heads' names: {', '.join(SCHEMES)}",
            fix="Choose another name.",
        )


def _as_records(records: Iterable[SpanRecord]) -> Iterable[Record]:
    return (
        Record(id=record.id, text="-", source=record.source, licence=record.licence) for record in records
    )
