"""Training a speech head: clips to weights and a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import ConfigError, FloatArray
from tongli.emotion.speech.card import SpeechCard
from tongli.emotion.speech.head import SpeechHead
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.knowledge.speech_labels import SPEECH_LABELS
from tongli.learning.data.licences import (
    RELEASABLE,
    SourceLicence,
    Verdict,
    licence_kind,
    require_releasable,
    spdx,
)
from tongli.learning.provenance import made_by, sources
from tongli.learning.speech.calibrate import calibrated
from tongli.learning.speech.clips import Clip, labelled
from tongli.learning.speech.features import Tell, clip_features
from tongli.learning.speech.fit import relative
from tongli.learning.speech.held_out import Sample, chosen
from tongli.learning.speech.measures import of_held_out, of_others

_LEAST_CLIPS = 10
"""Of a label, to learn it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How to train.

    Attributes:
        cache: folder that keeps features.
        copies: made-up recordings of each clip to learn from beside it.
        seed: of these.
        research_only: learn from data that may not be released, and mark the weights.
    """

    cache: Path
    copies: int = 2
    seed: int = 0
    research_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """Clips that were heard, their features ``(clips, 1 + copies, features)`` and labels."""

    clips: Sequence[Clip]
    features: FloatArray
    labels: Sequence[str]

    @property
    def speakers(self) -> list[str]:
        return [f"{clip.source}/{clip.speaker}" for clip in self.clips]


def train(
    clips: Sequence[Clip],
    *,
    tests: Sequence[Sequence[Clip]] = (),
    job: Job,
    encoder: VoiceEncoder,
    tell: Tell,
) -> SpeechHead:
    """Train on clips, measured on speakers left out in turn, and on other sets.

    Labels that the speech channel does not tell are left out; so are labels with fewer than ten clips.

    Args:
        clips: to learn from.
        tests: clips of other sets, measured on but not learnt from.
        job: how.
        encoder: of voices.
        tell: called with what is done and how much of it.

    Raises:
        ConfigError: ``licence.not-free``, ``speech.speakers``, or ``speech.labels`` with too few.
        InputError: a clip cannot be read.
    """
    verdict = _judged(clips, research_only=job.research_only)
    require_releasable(verdict)
    heard = _heard(clips, job=job, encoder=encoder, tell=tell)
    labels = _labels(heard)
    head = _fitted(heard, labels, verdict=verdict, job=job, encoder=encoder)
    if not tests:
        return head
    metrics: dict[str, Any] = dict(head.card.metrics)
    metrics["other_sets"] = {
        each[0].source: _measured(head, each, job=job, encoder=encoder, tell=tell) for each in tests
    }
    return SpeechHead(head.plain, head.own, replace(head.card, metrics=metrics))


def _fitted(
    heard: _Heard, labels: Sequence[str], *, verdict: Verdict, job: Job, encoder: VoiceEncoder
) -> SpeechHead:
    kept = [row for row, label in enumerate(heard.labels) if label in labels]
    clips = [heard.clips[row] for row in kept]
    truth = np.array([labels.index(heard.labels[row]) for row in kept])
    speakers = [heard.speakers[row] for row in kept]
    table = heard.features[kept]
    fitted, calibrations, metrics = [], [], {}
    for name, features in (("plain", table), ("own", _relative(table, speakers))):
        sample = Sample(features=features, labels=truth, speakers=speakers, count=len(labels))
        options, found = chosen(sample)
        calibrations.append(calibrated(found))
        fitted.append(sample.fit(np.arange(len(truth)), options))
        figures = of_held_out(found, calibrations[-1], labels=labels)
        metrics[f"speakers_left_out_{name}"] = {**figures, "options": asdict(options)}
    card = SpeechCard(
        encoder=encoder.id,
        labels=tuple(labels),
        data=sources((clip.source for clip in clips), verdict=verdict),
        languages=tuple(sorted({clip.lang for clip in clips})),
        plain=calibrations[0],
        own=calibrations[1],
        metrics={"speakers": len(set(speakers)), **metrics},
        notes=_notes(labels),
        seed=job.seed,
        releasable=verdict.releasable,
        made_by=made_by(recipe=repr((job.copies, job.seed)), texts=(clip.id for clip in clips)),
    )
    return SpeechHead(fitted[0], fitted[1], card)


def _judged(clips: Sequence[Clip], *, research_only: bool) -> Verdict:
    counts = Counter((clip.source, spdx(clip.licence)) for clip in clips)
    found = tuple(
        SourceLicence(source=source, licence=licence, kind=licence_kind(licence), records=count)
        for (source, licence), count in counts.most_common()
    )
    free = all(item.kind in RELEASABLE for item in found)
    return Verdict(releasable=free and not research_only, research_only=research_only, sources=found)


def _heard(
    clips: Sequence[Clip], *, job: Job, encoder: VoiceEncoder, tell: Tell, copies: int | None = None
) -> _Heard:
    """Features of the clips with a label, without those in which nothing is to be heard."""
    known = labelled(clips)
    features = clip_features(
        [clip for clip, _ in known],
        encoder=encoder,
        folder=job.cache,
        copies=job.copies if copies is None else copies,
        seed=job.seed,
        tell=tell,
    )
    rows = [row for row, table in enumerate(features) if table.size and np.isfinite(table[:, 0]).all()]
    return _Heard(
        clips=[known[row][0] for row in rows],
        features=features[rows],
        labels=[known[row][1] for row in rows],
    )


def _labels(heard: _Heard) -> list[str]:
    counts = Counter(heard.labels)
    labels = [label for label in SPEECH_LABELS if counts[label] >= _LEAST_CLIPS]
    if len(labels) < 2:
        raise ConfigError(
            "speech.labels",
            received=f"{len(labels)} labels with {_LEAST_CLIPS} clips or more",
            allowed="at least two of: " + ", ".join(SPEECH_LABELS),
            fix="Check what the manifest calls the emotions, and that the clips can be heard.",
        )
    return labels


def _relative(table: FloatArray, speakers: Sequence[str]) -> FloatArray:
    """Each clip, and each made-up recording, less the mean of its speaker in the same kind of recording."""
    return np.stack([relative(table[:, copy], speakers) for copy in range(table.shape[1])], axis=1)


def _measured(
    head: SpeechHead, clips: Sequence[Clip], *, job: Job, encoder: VoiceEncoder, tell: Tell
) -> dict[str, Any]:
    heard = _heard(clips, job=job, encoder=encoder, tell=tell, copies=0)
    return of_others(head, heard.features[:, 0], heard.labels)


def _notes(labels: Sequence[str]) -> tuple[str, ...]:
    missing = [label for label in SPEECH_LABELS if label not in labels]
    told = "A voice shows an expression; what is felt, it does not tell."
    if not missing:
        return (told,)
    names = " or ".join(missing)
    return (told, f"No training clip was {names}: these are never decided, and their scores say nothing.")
