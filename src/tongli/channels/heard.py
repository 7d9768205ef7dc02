"""Words that were heard in the place of words that were not written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from tongli.core import Claim, Message, Moment, Reading, Transcript
from tongli.emotion.fusion.words import Details

LEAST_CONFIDENCE = 0.5
"""Mean probability of the words under which they are not read for feelings."""

NOTE = "The words were heard, not written: speech recognition may have got some of them wrong."
NOTHING = "No words were heard."
UNSURE = "the words were heard with too little certainty"

Words = Callable[[Sequence[Message]], list[Reading]]


@dataclass(frozen=True, slots=True)
class Heard:
    """A transcript, as the text of a message."""

    transcript: Transcript

    @property
    def confidence(self) -> float:
        """Mean probability of the words, 0..1; 0 without any."""
        words = self.transcript.words
        return sum(word.confidence for word in words) / len(words) if words else 0.0

    @property
    def doubtful(self) -> bool:
        """Whether the words are too uncertain to be read for feelings."""
        return self.confidence < LEAST_CONFIDENCE

    def message(self, message: Message) -> Message:
        """The message with the words for its text; offsets count in them."""
        language = self.transcript.language
        known = not language.abstained and language.tag != "und"
        lang = message.lang or (language.tag if known else None)
        return replace(message, text=self.transcript.text, lang=lang)

    def details(self) -> Details:
        """Facts that a person can check."""
        return {
            "from": "speech recognition",
            "text": self.transcript.text,
            "confidence": round(self.confidence, 4),
            "recogniser": self.transcript.source,
        }

    def note(self, reading: Reading) -> Reading:
        """The reading with a note, and without decisions that rest on doubtful words, but for risks."""
        claims = tuple(map(_abstained, reading.claims)) if self.doubtful else reading.claims
        language = self.transcript.language  # heard, not declared, though the words were read in it
        if language.tag != reading.language.tag:
            language = reading.language
        return replace(reading, language=language, claims=claims, notes=(*reading.notes, NOTE))

    def moments(self, read: Callable[[Sequence[Message]], Sequence[Moment]]) -> tuple[Moment, ...]:
        """What each stretch of the words shows by itself, with its times; nothing of doubtful words.

        Args:
            read: moments of messages, without times.
        """
        segments = () if self.doubtful else self.transcript.segments
        messages = [Message(segment.text, lang=self.message(Message()).lang) for segment in segments]
        found = read(messages) if messages else ()
        return tuple(
            replace(moment, times=segment.times) for segment, moment in zip(segments, found, strict=True)
        )


def _abstained(claim: Claim) -> Claim:
    if claim.abstained or claim.dimension == "risk":
        return claim
    return replace(claim, abstained=True, reason=UNSURE)
