"""Readings of voices by heads that did not learn from the speaker: what a stranger's voice is read as."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tongli.core import ChannelReading, FloatArray
from tongli.emotion.fusion.signals import in_labels
from tongli.emotion.speech.card import SpeechCard
from tongli.emotion.speech.head import SpeechHead
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.knowledge.speech_labels import SPEECH_LABELS
from tongli.learning.speech.calibrate import calibrated
from tongli.learning.speech.clips import Clip, labelled, read_clips
from tongli.learning.speech.features import clip_features
from tongli.learning.speech.fit import Indices
from tongli.learning.speech.held_out import Sample, chosen

SETS = (("emodb4", "CC-BY-4.0"), ("emodb7_2s", "CC-BY-4.0"))
"""Folder and licence of each set of clips; their speakers are the same people."""

Tell = Callable[[str, int], None]


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
    known = [item for name, licence in SETS for item in labelled(_clips(data / name, licence=licence))]
    clips, labels = [clip for clip, _ in known], [label for _, label in known]
    features = clip_features(clips, encoder=encoder, folder=cache, tell=tell)
    names, speakers = sorted(set(labels)), np.array([clip.speaker for clip in clips])
    truth = np.array([names.index(label) for label in labels])
    readings: list[ChannelReading | None] = [None] * len(clips)
    for speaker in sorted(set(speakers.tolist())):
        rows = np.flatnonzero(speakers == speaker)
        others = np.flatnonzero(speakers != speaker)
        head = _head(features[others], truth[others], speakers[others].tolist(), names, encoder=encoder.id)
        for row, reading in zip(rows.tolist(), _read(head, features[rows, 0]), strict=True):
            readings[row] = reading
    kept = [(reading, label) for reading, label in zip(readings, labels, strict=True) if reading is not None]
    return [reading for reading, _ in kept], [_common(label) for _, label in kept]


def _clips(folder: Path, *, licence: str) -> list[Clip]:
    return read_clips(folder / "manifest.jsonl.gz", splits=("train",), licence=licence)


def _head(
    features: FloatArray, truth: Indices, speakers: Sequence[str], names: Sequence[str], *, encoder: str
) -> SpeechHead:
    sample = Sample(features=features, labels=truth, speakers=speakers, count=len(names))
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


def _read(head: SpeechHead, features: FloatArray) -> list[ChannelReading]:
    table = head.probabilities(features)
    return [
        ChannelReading(
            channel="speech",
            scores=dict(zip(SPEECH_LABELS, row.tolist(), strict=True)),
            reliability=1 / float(strange),
        )
        for row, strange in zip(table, head.strangeness(features), strict=True)
    ]


def _common(label: str) -> str:
    return next(iter(in_labels({label: 1.0})))
