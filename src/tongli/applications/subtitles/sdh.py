"""Speakers, emotions and sounds as text, for viewers who are deaf or hard of hearing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tongli.applications.subtitles.cue import Cue, Tag
from tongli.applications.subtitles.words import TimedWord
from tongli.knowledge.subtitle_labels import subtitle_label

CONFIDENCE = 0.8
"""Below it a tag is not shown: nothing is better than something wrong."""


def shown(tag: Tag | None, *, confidence: float = CONFIDENCE, lang: str = "und") -> str:
    """A tag in brackets, in a language, or nothing when it is not sure enough."""
    if tag is None or tag.confidence < confidence:
        return ""
    return f"[{subtitle_label(tag.label, lang)}]"


def label(
    speaker: str | None,
    emotion: Tag | None,
    sound: Tag | None,
    *,
    confidence: float = CONFIDENCE,
    lang: str = "und",
) -> str:
    """What stands before the words: ``[laughs] ANNA: [angry]``; empty when nothing is known."""
    told = (
        shown(sound, confidence=confidence, lang=lang),
        f"{speaker}:" if speaker else "",
        shown(emotion, confidence=confidence, lang=lang),
    )
    return " ".join(part for part in told if part)


def rendered(cue: Cue, *, confidence: float = CONFIDENCE) -> str:
    """The text of a cue with its label before it."""
    before = label(cue.speaker, cue.emotion, cue.sound, confidence=confidence)
    return f"{before} {cue.text}".strip() if before else cue.text


def labelled(
    words: Sequence[TimedWord], *, confidence: float = CONFIDENCE, lang: str = "und"
) -> list[TimedWord]:
    """Words with labels where the speaker or the emotion changes and where a sound is heard.

    The labels are there before cues are made, so that they count for line lengths and reading speed.
    A word without text keeps its place only when its sound is shown. tongli's own labels are put into the
    language of the words; what else words bring with them stays as it is.
    """
    return [word for word in _labelled(words, confidence, lang) if word.text or word.label]


def _labelled(words: Sequence[TimedWord], confidence: float, lang: str) -> Iterator[TimedWord]:
    speaker, felt = None, ""
    for word in words:
        changed = word.speaker is not None and word.speaker != speaker
        feeling = shown(word.emotion, confidence=confidence, lang=lang)
        told = label(
            word.speaker if changed and word.text else None,
            word.emotion if changed or feeling != felt else None,
            word.sound,
            confidence=confidence,
            lang=lang,
        )
        yield replace(word, label=told)
        if word.text:
            speaker, felt = word.speaker or speaker, feeling
