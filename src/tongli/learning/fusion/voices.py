"""Readings of voices by heads that did not learn from the speaker: what a stranger's voice is read as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tongli.core import ChannelReading, FloatArray
from tongli.emotion.fusion.signals import in_labels
from tongli.emotion.speech.card import SpeechCard
from tongli.emotion.speech.head import SpeechHead
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.knowledge.speech_labels import SPEECH_LABELS
from tongli.learning.speech.calibrate import calibrated
from tongli.learning.speech.clips import labelled, read_clips
from tongli.learning.speech.features import clip_features
from tongli.learning.speech.fit import Indices
from tongli.learning.speech.held_out import Sample, chosen

SETS = (("emodb7_2s", "CC-BY-4.0"),)
"""Folder and licence of each set of clips: what the speech head that ships has learnt from."""

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class _Voices:
    """Clips' features ``(clips, 1, features)``, what they show, and who speaks in them."""

    features: FloatArray
    labels: Sequence[str]
    speakers: NDArray[np.str_]

    def head(self, rows: Indices, *, encoder: str) -> SpeechHead:
        """A head of some of the clips, fitted and calibrated as the one that ships."""
        names = sorted(set(self.labels))
        truth = np.array([names.index(self.labels[row]) for row in rows.tolist()])
        sample = Sample(
            features=self.features[rows],
            labels=truth,
            speakers=self.speakers[rows].tolist(),
            count=len(names),
        )
        options, found = chosen(sample)
        linear, calibration = sample.fit(np.arange(len(truth)), options), calibrated(found)
        card = SpeechCard(
            encoder=encoder,
            labels=tuple(names),
            data=(),
            languages=(),
            plain=calibration,
            own=calibration,
            metrics={},
        )
        return SpeechHead(linear, linear, card)


def strangers_voices(
    data: Path, *, encoder: VoiceEncoder, cache: Path, tell: Tell
) -> tuple[list[ChannelReading], list[str]]:
    """Readings of the sets' training clips, each by a head of the other speakers, and what they show.

    A head that ships has learnt from these clips, so its own readings of them would be too sure.

    Args:
        data: folder of the public sets.
        encoder: of voices.
        cache: folder that keeps features.
        tell: called with what is done and how much of it.

    Raises:
        ConfigError: ``speech.manifest``, ``speech.empty``.
        InputError: a clip cannot be read.
    """
    found = _voices(data, split="train", encoder=encoder, cache=cache, tell=tell)
    readings: list[ChannelReading] = []
    labels: list[str] = []
    for speaker in sorted(set(found.speakers.tolist())):
        head = found.head(np.flatnonzero(found.speakers != speaker), encoder=encoder.id)
        rows = np.flatnonzero(found.speakers == speaker)
        readings += _read(head, found.features[rows, 0])
        labels += [_common(found.labels[row]) for row in rows.tolist()]
    return readings, labels


def development_voices(
    data: Path, *, encoder: VoiceEncoder, cache: Path, tell: Tell
) -> tuple[list[ChannelReading], list[str]]:
    """The same of the sets' development speakers, by a head of all training speakers."""
    learnt = _voices(data, split="train", encoder=encoder, cache=cache, tell=tell)
    found = _voices(data, split="dev", encoder=encoder, cache=cache, tell=tell)
    head = learnt.head(np.arange(len(learnt.labels)), encoder=encoder.id)
    return _read(head, found.features[:, 0]), [_common(label) for label in found.labels]


def _voices(data: Path, *, split: str, encoder: VoiceEncoder, cache: Path, tell: Tell) -> _Voices:
    clips = [
        clip
        for name, licence in SETS
        for clip in read_clips(data / name / "manifest.jsonl.gz", splits=(split,), licence=licence)
    ]
    known = labelled(clips)
    features = clip_features([clip for clip, _ in known], encoder=encoder, folder=cache, tell=tell)
    speakers = np.array([clip.speaker for clip, _ in known])
    return _Voices(features, [label for _, label in known], speakers)


def _read(head: SpeechHead, features: FloatArray) -> list[ChannelReading]:
    table = head.probabilities(features)
    return [
        ChannelReading(
            channel="speech",
            scores=dict(zip(SPEECH_LABELS, row.tolist(), strict=True)),
            label=SPEECH_LABELS[int(row.argmax())] if row.max() >= head.threshold(own=False) else None,
            reliability=1 / float(strange),
        )
        for row, strange in zip(table, head.strangeness(features), strict=True)
    ]


def _common(label: str) -> str:
    return next(iter(in_labels({label: 1.0})))
