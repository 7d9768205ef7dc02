"""Speakers, emotions and sounds as text, for viewers who are deaf or hard of hearing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongli.applications.subtitles.cue import Cue, Tag
from tongli.applications.subtitles.words import TimedWord

CONFIDENCE = 0.8
"""Below it a tag is not shown: nothing is better than something wrong."""


def shown(tag: Tag | None, *, confidence: float = CONFIDENCE) -> str:
    """A tag in brackets, or nothing when it is not sure enough."""
    return f"[{tag.label}]" if tag is not None and tag.confidence >= confidence else ""


def label(
    speaker: str | None, emotion: Tag | None, sound: Tag | None, *, confidence: float = CONFIDENCE
) -> str:
    """What stands before the words: ``[laughs] ANNA: [angry]``; empty when nothing is known."""
    told = (
        shown(sound, confidence=confidence),
        f"{speaker}:" if speaker else "",
        shown(emotion, confidence=confidence),
    )
    return " ".join(part for part in told if part)


def rendered(cue: Cue, *, confidence: float = CONFIDENCE) -> str:
    """The text of a cue with its label before it."""
    before = label(cue.speaker, cue.emotion, cue.sound, confidence=confidence)
    return f"{before} {cue.text}".strip() if before else cue.text


def labelled(words: Sequence[TimedWord], *, confidence: float = CONFIDENCE) -> list[TimedWord]:
    """Words with labels where the speaker or the emotion changes and where a sound is heard.

    The labels are there before cues are made, so that they count for line lengths and reading speed.
    A word without text keeps its place only when its sound is shown.
    """
    return [word for word in _labelled(words, confidence) if word.text or word.label]


def _labelled(words: Sequence[TimedWord], confidence: float) -> Iterator[TimedWord]:
    speaker, felt = None, ""
    for word in words:
        changed = word.speaker is not None and word.speaker != speaker
        feeling = shown(word.emotion, confidence=confidence)
        told = label(
            word.speaker if changed and word.text else None,
            word.emotion if changed or feeling != felt else None,
            word.sound,
            confidence=confidence,
        )
        yield replace(word, label=told)
        if word.text:
            speaker, felt = word.speaker or speaker, feeling
