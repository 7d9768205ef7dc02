"""Timed words, as speech recognition gives them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tongli.applications.subtitles.cue import Settings, Tag
from tongli.core import InputError
from tongli.core.text import clean

MAX_MS = 100 * 3_600_000
_LONGEST_SOUND = 3000
"""Milliseconds; a label for as long as music plays would be in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedWord:
    """A word and when it is said.

    Attributes:
        text: the word with its punctuation; may hold formatting tags.
        start: milliseconds.
        end: milliseconds.
        speaker: who says it, where that is known.
        emotion: how it is said.
        sound: what is heard with it.
        glue: what stands between it and the word before; ``None`` leaves it to the language.
        label: shown before the word and never parted from it.
        turn: another person starts to speak here, known by more than ``speaker``.
        home: a cue of the file it comes from starts here.
        fresh_line: a line of that cue starts here, other than its first.
        position: see :class:`tongli.applications.subtitles.cue.Cue`.
        settings: see there; words of unlike position or settings never share a cue.
    """

    text: str
    start: int
    end: int
    speaker: str | None = None
    emotion: Tag | None = None
    sound: Tag | None = None
    glue: str | None = None
    label: str = ""
    turn: bool = False
    home: bool = False
    fresh_line: bool = False
    position: int | None = None
    settings: Settings = ()


def parse_words(text: str) -> list[TimedWord]:
    """Words of a JSON list of ``{"word", "start", "end", "speaker"?, "emotion"?, "sound"?}``.

    Times are in seconds; ``emotion`` and ``sound`` are ``{"label", "confidence"}``. When some words start
    with a space, as Whisper writes them, those spaces say where words are parted. ``word`` may be empty
    beside a ``sound``. An object may hold them in ``words``, and beside them ``sounds`` of
    ``{"kind", "start", "end", "confidence"}``, as ``tongli transcribe --json --words`` writes them.

    Raises:
        InputError: ``subtitles.words``.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise _wrong("no JSON") from None
    items = data.get("words") if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise _wrong("no list of words")
    found = [_word(item, number) for number, item in enumerate(items, 1)]
    spaced = any(word.text[:1].isspace() for word in found[1:])
    words = [_stripped(word, glue=_glue(word) if spaced else None) for word in found]
    return with_sounds(words, _sounds(data.get("sounds") or []) if isinstance(data, dict) else [])


def with_sounds(words: Sequence[TimedWord], sounds: Sequence[TimedWord]) -> list[TimedWord]:
    """The words with sounds between them, by their starts."""
    return sorted([*words, *sounds], key=lambda word: word.start) if sounds else list(words)


def sounding(kind: str, *, start: int, end: int, confidence: float) -> TimedWord:
    """A sound that is no word, for at most 3 s; times in milliseconds."""
    return TimedWord(text="", start=start, end=min(end, start + _LONGEST_SOUND), sound=Tag(kind, confidence))


def _sounds(items: object) -> list[TimedWord]:
    if not isinstance(items, list):
        raise _wrong("sounds that are no list")
    found = []
    for number, item in enumerate(items, 1):
        told = item if isinstance(item, dict) else {}
        label = {"label": told.get("kind"), "confidence": told.get("confidence")}
        word = _word({**told, "word": "", "sound": label, "speaker": None, "emotion": None}, number)
        found.append(replace(word, end=min(word.end, word.start + _LONGEST_SOUND)))
    return found


def _glue(word: TimedWord) -> str:
    return " " if word.text[:1].isspace() else ""


def _stripped(word: TimedWord, *, glue: str | None) -> TimedWord:
    return TimedWord(
        text=" ".join(word.text.split()),
        start=word.start,
        end=word.end,
        speaker=word.speaker,
        emotion=word.emotion,
        sound=word.sound,
        glue=glue,
    )


def _word(item: object, number: int) -> TimedWord:
    if not isinstance(item, dict):
        raise _wrong("something that is no object", number)
    word, speaker = item.get("word"), item.get("speaker")
    if not isinstance(word, str) or not isinstance(speaker, str | None):
        raise _wrong("a word or speaker that is no string", number)
    start, end = _ms(item, "start", number), _ms(item, "end", number)
    if end < start:
        raise _wrong("an end before its start", number)
    return TimedWord(
        text=clean(word)[0],
        start=start,
        end=end,
        speaker=clean(speaker)[0] or None if speaker else None,
        emotion=_tag(item.get("emotion"), number),
        sound=_tag(item.get("sound"), number),
    )


def _ms(item: Mapping[str, Any], name: str, number: int) -> int:
    told = item.get(name)
    if isinstance(told, bool) or not isinstance(told, int | float) or not math.isfinite(told):
        raise _wrong(f"no {name} in seconds", number)
    if not 0 <= told * 1000 <= MAX_MS:
        raise _wrong(f"a {name} outside 0 s to 100 h", number)
    return round(told * 1000)


def _tag(told: object, number: int) -> Tag | None:
    if told is None:
        return None
    if isinstance(told, dict):
        label, confidence = told.get("label"), told.get("confidence")
        if (
            isinstance(label, str)
            and label.strip()
            and isinstance(confidence, int | float)
            and not isinstance(confidence, bool)
            and 0 <= confidence <= 1
        ):
            return Tag(" ".join(clean(label)[0].split()), float(confidence))
    raise _wrong("an emotion or sound without a label and a confidence in 0..1", number)


def _wrong(what: str, number: int = 0) -> InputError:
    return InputError(
        "subtitles.words",
        received=f"word {number}: {what}" if number else what,
        allowed='a JSON list such as [{"word": "Hello", "start": 0.5, "end": 0.9}]',
        fix="Correct what writes the words.",
    )
