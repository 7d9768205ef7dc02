"""E of a voice: how something is said, apart from what is said and from who says it."""

from __future__ import annotations

from dataclasses import dataclass

from tongli.core.channel import Times
from tongli.core.encoding import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceWindow:
    """A short stretch of a recording with speech in it.

    Attributes:
        times: seconds from the start of the recording.
        features: as those of :class:`VoiceEncoding`.
    """

    times: Times
    features: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceEncoding:
    """A recording as the head of speech emotion reads it.

    The features say how a voice sounds at the moment. They are not made to recognise anybody, and nothing
    compares them between people.

    Attributes:
        seconds: length of the recording.
        speech: stretches in which somebody speaks, in order; none in silence, noise and most music.
        features: shape ``(features,)``: mean states of the encoder's layers over the frames with sound, then
            prosody, in which a number is missing (not a number) where the sound lacks what is measured.
            ``None`` when there is no sound, or less than a tenth of a second.
        states: how many of the features are states; the others are prosody.
        windows: the same for stretches of about two seconds, in order.
        level: of the speech, or of all where there is none, in dB below full scale.
        snr: by how many dB the speech is louder than what is around it.
        clipped: share of samples at full scale, 0..1.
        encoder: id of the encoder; a head refuses any other.
    """

    seconds: float
    speech: tuple[Times, ...]
    features: FloatArray | None
    states: int
    windows: tuple[VoiceWindow, ...]
    level: float
    snr: float
    clipped: float
    encoder: str

    @property
    def spoken(self) -> float:
        """Seconds of speech."""
        return sum(end - start for start, end in self.speech)
