"""What was said in a recording, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from tongli.core.channel import Times
from tongli.core.encoding import Language

SoundKind = Literal["voice", "tones", "noise", "sound"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSound:
    """Something that is heard and is no words. What makes it is not told, as nothing here has learnt that.

    Attributes:
        kind: ``voice``, in which no words were understood (laughter, sobs, singing, mumbling); beside voices
            ``tones``, with a pitch that stays for a while (music, a siren), ``noise`` without any (applause,
            rain), or another ``sound``.
        times: seconds from the start of the recording.
        level: mean power, in dB below full scale.
        confidence: 0..1, that of the voice activity detector: a voice, or none.
    """

    kind: SoundKind
    times: Times
    level: float
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The sound as plain data."""
        start, end = (round(at, 3) for at in self.times)
        told = {"kind": self.kind, "start": start, "end": end, "level": round(self.level, 1)}
        return {**told, "confidence": round(self.confidence, 3)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptWord:
    """A word as it was heard.

    Attributes:
        text: with its punctuation, and with the space before it in scripts that write one: joined, the words
            of a segment are its text.
        times: seconds from the start of the recording.
        confidence: 0..1, the model's probability of the word.
    """

    text: str
    times: Times
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        """The word as plain data, as ``tongli subtitle`` reads timed words."""
        start, end = self.times
        return {"word": self.text, "start": start, "end": end, "confidence": round(self.confidence, 3)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscriptSegment:
    """Words said in one go.

    Attributes:
        words: in order, at least one.
        turn: somebody else starts to speak here, by the sound of the voice. Nobody is identified.
    """

    words: tuple[TranscriptWord, ...]
    turn: bool = False

    @property
    def text(self) -> str:
        """The words, without blanks around them."""
        return "".join(word.text for word in self.words).strip()

    @property
    def times(self) -> Times:
        """From the first word to the last, in seconds."""
        return self.words[0].times[0], self.words[-1].times[1]

    @property
    def confidence(self) -> float:
        """Mean probability of the words, 0..1."""
        return sum(word.confidence for word in self.words) / len(self.words)

    def to_dict(self) -> dict[str, Any]:
        """The segment as plain data."""
        start, end = self.times
        told = {"start": start, "end": end, "text": self.text, "confidence": round(self.confidence, 3)}
        return {**told, "turn": True} if self.turn else told


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The words of a recording.

    Attributes:
        language: declared or heard; ``und`` when nothing was said.
        segments: in the order of their times.
        seconds: length of the recording.
        source: which model heard it.
        sounds: that are no words, in order.
    """

    language: Language
    segments: tuple[TranscriptSegment, ...]
    seconds: float
    source: str
    sounds: tuple[HeardSound, ...] = ()

    @property
    def text(self) -> str:
        """All of it, a segment a line."""
        return "\n".join(segment.text for segment in self.segments)

    @property
    def words(self) -> tuple[TranscriptWord, ...]:
        """Of all segments."""
        return tuple(word for segment in self.segments for word in segment.words)

    def to_dict(self, *, words: bool = False) -> dict[str, Any]:
        """The transcript as plain data, with the times of words where they are wanted."""
        told: dict[str, Any] = {
            "language": {
                "tag": self.language.tag,
                "score": round(self.language.score, 3),
                "declared": self.language.declared,
                "abstained": self.language.abstained,
            },
            "seconds": round(self.seconds, 3),
            "source": self.source,
            "text": self.text,
            "segments": [segment.to_dict() for segment in self.segments],
            "sounds": [sound.to_dict() for sound in self.sounds],
        }
        return {**told, "words": [word.to_dict() for word in self.words]} if words else told
