"""A voice to a reading: what it shows as a whole and over time, how reliably, and when not to say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from tongli.core import ChannelReading, FloatArray, ModelError, Moment
from tongli.core.voice import VoiceEncoding
from tongli.emotion.speech.head import HISTORY, SpeechHead, load_head
from tongli.knowledge.speech_labels import SPEECH_LABELS

NOTE = "what the voice shows, not what is felt"

_ENOUGH = 1.5
"""Seconds of speech from which more add nothing to the reliability."""
_TOO_SHORT = 0.3
_QUIET, _LOW_SNR, _GOOD_SNR = -60.0, 3.0, 20.0
_CLIPPED = 0.2
"""Share of clipped samples at which nothing is left to trust."""
_LEAST_RELIABLE = 0.1
_DIGITS = 4


class SpeechEmotion:
    """The head of the speech channel.

    Args:
        folder: where the head is; ``None`` takes the one that ships with tongli.
    """

    def __init__(self, *, folder: Path | None = None) -> None:
        self._folder = folder or Path(str(files("tongli.emotion").joinpath("weights", "speech")))

    @cached_property
    def head(self) -> SpeechHead:
        """The head, read at first use; raises ``ModelError``."""
        return load_head(self._folder)

    def read(self, encoding: VoiceEncoding, *, history: Sequence[VoiceEncoding] = ()) -> ChannelReading:
        """What a voice shows.

        Args:
            encoding: of the recording.
            history: other recordings of the same speaker, if the caller has them and may use them: with at
                least 8 in several moods, the voice is read relative to their mean, and ``details`` says so.

        Returns:
            A reading of the channel ``speech``. It abstains, with a reason, without speech, with too little
            or too poor a sound, and where no label stands out.

        Raises:
            ModelError: ``heads.encoder`` for encodings of another encoder; the head cannot be read.
        """
        mean = self._mean(history)
        details = _details(encoding, history=0 if mean is None else len(history))
        source = f"{self.head.card.encoder}/{'own' if mean is not None else 'plain'}"
        reason = _unreadable(encoding)
        if reason is not None or encoding.features is None:
            return ChannelReading(channel="speech", reason=reason, details=details, source=source)
        self._check(encoding)
        scores = self.head.probabilities(encoding.features[None], mean=mean)[0]
        strangeness = float(self.head.strangeness(encoding.features[None], mean=mean)[0])
        reliability = _reliability(encoding) / strangeness
        label = self._decided(scores, own=mean is not None)
        if reliability < _LEAST_RELIABLE:
            label, reason = None, "the sound is too poor, or too unlike what was learnt from"
        elif label is None:
            reason = "nothing stands out in the voice"
        return ChannelReading(
            channel="speech",
            scores=_named(scores),
            label=label,
            reliability=round(reliability, _DIGITS),
            reason=reason,
            moments=self._moments(encoding, mean=mean),
            details={**details, "strangeness": round(strangeness, 2)},
            source=source,
        )

    def _mean(self, history: Sequence[VoiceEncoding]) -> FloatArray | None:
        """Mean features of a speaker's history, if it is long enough."""
        for encoding in history:
            self._check(encoding)
        known = [
            encoding.features for encoding in history if encoding.features is not None and encoding.speech
        ]
        if len(known) < HISTORY:
            return None
        table = np.stack(known)
        found = np.isfinite(table)
        return np.asarray(np.nan_to_num(table).sum(axis=0) / np.maximum(found.sum(axis=0), 1), np.float32)

    def _moments(self, encoding: VoiceEncoding, *, mean: FloatArray | None) -> tuple[Moment, ...]:
        if not encoding.windows:
            return ()
        table = self.head.probabilities(np.stack([item.features for item in encoding.windows]), mean=mean)
        return tuple(
            Moment(
                times=(round(window.times[0], 3), round(window.times[1], 3)),
                scores=_named(scores),
                label=self._decided(scores, own=mean is not None),
            )
            for window, scores in zip(encoding.windows, table, strict=True)
        )

    def _decided(self, scores: FloatArray, *, own: bool) -> str | None:
        best = int(scores.argmax())
        label = SPEECH_LABELS[best]
        sure = scores[best] >= self.head.threshold(own=own) and label in self.head.card.labels
        return label if sure else None

    def _check(self, encoding: VoiceEncoding) -> None:
        wanted = self.head.card.encoder
        if encoding.encoder != wanted:
            raise ModelError(
                "heads.encoder",
                received=f"features of {encoding.encoder}",
                allowed=f"features of {wanted}, which the speech head was trained on",
                fix="Use that encoder, or train a speech head for this one.",
            )


def _unreadable(encoding: VoiceEncoding) -> str | None:
    """Why nothing can be said, before any head is asked."""
    if encoding.features is None:
        return "there is no sound, or too little"
    if not encoding.speech:
        return "no speech was heard"
    if encoding.spoken < _TOO_SHORT:
        return "there is too little speech"
    if encoding.clipped >= _CLIPPED:
        return "the sound is clipped"
    return None


def _reliability(encoding: VoiceEncoding) -> float:
    """0..1 from how long, how loud, how clear and how clipped the speech is."""
    return (
        _ramp(encoding.spoken, low=0.0, high=_ENOUGH)
        * _ramp(encoding.snr, low=_LOW_SNR, high=_GOOD_SNR)
        * _ramp(encoding.level, low=_QUIET - 20, high=_QUIET + 10)
        * (1 - _ramp(encoding.clipped, low=0.0, high=_CLIPPED))
    )


def _ramp(value: float, *, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low)))


def _details(encoding: VoiceEncoding, *, history: int) -> dict[str, float | int | str]:
    details: dict[str, float | int | str] = {
        "seconds": round(encoding.seconds, 3),
        "spoken": round(encoding.spoken, 3),
        "level": round(encoding.level, 1),
        "snr": round(encoding.snr, 1),
        "clipped": round(encoding.clipped, 4),
        "note": NOTE,
    }
    return details | ({"relative_to_history": history} if history else {})


def _named(scores: FloatArray) -> dict[str, float]:
    return {label: round(float(score), _DIGITS) for label, score in zip(SPEECH_LABELS, scores, strict=True)}
