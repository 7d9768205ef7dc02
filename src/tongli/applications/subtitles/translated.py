"""Subtitles in another language: sentences are translated whole, and timed anew by the same solver."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.limits import Limits, ends
from tongli.applications.subtitles.make import timed, words_of
from tongli.applications.subtitles.markup import plain
from tongli.applications.subtitles.sdh import CONFIDENCE
from tongli.applications.subtitles.speakers import with_speakers
from tongli.applications.subtitles.words import TimedWord

_PAUSE = 1500
"""Milliseconds of silence that end a sentence without a full stop."""
_LONGEST = 12_000
"""Milliseconds of a sentence that is translated in one piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What one speaker says in one mood, as a whole.

    Attributes:
        text: plain.
        speaker: who says it, where that is known.
        start, end: milliseconds.
        feeling: how it is said, where that is sure.
    """

    text: str
    speaker: str | None
    start: int
    end: int
    feeling: str | None = None


def translated(
    words: Sequence[TimedWord],
    translate: Callable[[Sequence[Sentence]], list[str]],
    allowed: Limits,
    *,
    confidence: float | None = None,
) -> Track:
    """Subtitles in another language.

    Args:
        words: in the language that is spoken; names before what people say are kept as they are.
        translate: sentences to as many texts.
        allowed: limits of the language that is translated to.
        confidence: show labels that are at least so certain; none when left out.
    """
    sounds = [word for word in words if not word.text]
    groups = list(_sentences(with_speakers([word for word in words if word.text])))
    texts = translate([_sentence(group) for group in groups])
    cues = [_cue(group, text) for group, text in zip(groups, texts, strict=True)]
    firsts = {cue.start: group[0] for cue, group in zip(cues, groups, strict=True)}
    fresh = [
        _like(word, firsts[word.start]) if word.home else word
        for word in words_of(Track(cues=tuple(cue for cue in cues if cue.text)), allowed)
    ]
    ordered = sorted([*fresh, *sounds], key=lambda word: word.start)
    return timed(ordered, allowed, confidence=confidence)


def _sentences(words: Sequence[TimedWord]) -> Iterator[list[TimedWord]]:
    """Words of one sentence, one speaker and one mood."""
    group: list[TimedWord] = []
    for word in words:
        if group and _parted(group, word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _parted(group: Sequence[TimedWord], word: TimedWord) -> bool:
    last = group[-1]
    return (
        ends(last.text, "sentence")
        or word.turn
        or bool(word.label)
        or (word.speaker, word.emotion, word.sound) != (last.speaker, last.emotion, last.sound)
        or word.start - last.end >= _PAUSE
        or word.end - group[0].start > _LONGEST
    )


def _sentence(group: Sequence[TimedWord]) -> Sentence:
    first, felt = group[0], group[0].emotion
    return Sentence(
        text=_text(group),
        speaker=first.speaker,
        start=first.start,
        end=max(word.end for word in group),
        feeling=felt.label if felt is not None and felt.confidence >= CONFIDENCE else None,
    )


def _like(word: TimedWord, first: TimedWord) -> TimedWord:
    """The first word of a translation, which may join the cue before, labelled as the original is."""
    return replace(word, turn=word.turn or first.turn, label=first.label, home=False)


def _text(group: Sequence[TimedWord]) -> str:
    parts = [plain(word.text) if not at else _glue(word) + plain(word.text) for at, word in enumerate(group)]
    return "".join(parts)


def _glue(word: TimedWord) -> str:
    return " " if word.glue is None else word.glue


def _cue(group: Sequence[TimedWord], text: str) -> Cue:
    first = group[0]
    return Cue(
        start=first.start,
        end=max(group[-1].end, first.start + 1),
        text=" ".join(text.split()),
        speaker=first.speaker,
        emotion=first.emotion,
        sound=first.sound,
        position=first.position,
        settings=first.settings,
    )
