"""Speech to words, window by window: a recording of any length, and a run that can go on where it stopped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tongli.core import ConfigError, Language, TranscriptSegment, Waveform
from tongli.encoders.audio.hearing import hear
from tongli.encoders.audio.timing import placed, segments
from tongli.encoders.audio.turns import Turns
from tongli.encoders.audio.voice import Voice
from tongli.encoders.audio.whisper import Whisper
from tongli.encoders.audio.windows import Window, windows
from tongli.encoders.language import canonical
from tongli.knowledge import tags

_ENOUGH = 20.0
"""Seconds of speech after which the language is settled."""
_SURE = 0.5
"""Probability under which a language is only a best guess."""
_TAGS = {"jw": "jv", "iw": "he"}
"""Whisper's own names of languages → BCP-47."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one window of speech gave.

    Attributes:
        until: seconds from the start of the recording; the window ends there.
        speech: seconds of sound in the window.
        segments: what was said, in order; none when nothing was understood.
        languages: tag → probability, where the language was still open.
    """

    until: float
    speech: float
    segments: tuple[TranscriptSegment, ...]
    languages: Mapping[str, float] = field(default_factory=dict)


def transcribe(
    blocks: Iterable[Waveform],
    *,
    whisper: Whisper,
    voice: Voice,
    lang: str | None = None,
    done: Sequence[Heard] = (),
) -> Iterator[Heard]:
    """What is said in each window of speech; nothing for a recording without speech.

    Args:
        blocks: 16 kHz, in order, as :func:`tongli.encoders.audio.blocks` gives them.
        whisper, voice: the models.
        lang: BCP-47 tag of what is spoken; heard when left out.
        done: what an earlier run over the same recording gave; those windows are not heard again.

    Raises:
        ConfigError: ``audio.language`` for a language that the model does not know.
        ConfigError, InputError, ModelError, StorageError: as the recording and the models do.
    """
    code = None if lang is None else whisper_code(lang, whisper)
    heard: list[Heard] = []
    turns = Turns()
    for number, window in enumerate(windows(blocks, voice)):
        if number < len(done):
            heard.append(done[number])
            turns.skip(window)
            continue
        probabilities: Mapping[str, float] = {}
        if code is None and sum(item.speech for item in heard) < _ENOUGH:
            probabilities = whisper.language(window.waveform)
        chosen = code or _likeliest([*heard, _empty(window, probabilities)])
        found = _heard(window, chosen, whisper, turns)
        heard.append(
            Heard(
                until=window.pieces[-1].times[1],
                speech=window.waveform.seconds,
                segments=tuple(found),
                languages=probabilities,
            )
        )
        yield heard[-1]


def language_of(heard: Sequence[Heard], *, lang: str | None = None) -> Language:
    """The declared language, or the one that was heard; ``und`` without speech."""
    if lang is not None:
        return Language(tag=canonical(lang), score=1.0, declared=True)
    means = _means(heard)
    if not means:
        return Language(tag="und", score=0.0, abstained=True)
    code = max(means, key=lambda name: means[name])
    return Language(tag=_TAGS.get(code, code), score=min(1.0, means[code]), abstained=means[code] < _SURE)


def whisper_code(lang: str, whisper: Whisper) -> str:
    """Whisper's name of a language.

    Raises:
        ConfigError: ``audio.language`` when the model does not know it.
        InputError: ``input.lang``.
    """
    known: Sequence[str] = whisper.backend.supported_languages
    primary = tags.primary(canonical(lang))
    names = {_TAGS.get(code, code): code for code in known}
    for name in (primary, tags.macrolanguage(primary)):
        if name in names:
            return names[name]
    raise ConfigError(
        "audio.language",
        received=lang,
        allowed=", ".join(sorted(names)),
        fix="Choose one of those, leave --lang out, or name another --model.",
    )


def _heard(window: Window, code: str, whisper: Whisper, turns: Turns) -> list[TranscriptSegment]:
    said = hear(window, code=code, whisper=whisper)
    starts = [at for at, item in enumerate(said) if item.starts]
    words = placed([item.word for item in said], window, starts=starts)
    return segments(words, starts, turns.in_window(words, window))


def _empty(window: Window, languages: Mapping[str, float]) -> Heard:
    return Heard(until=0.0, speech=window.waveform.seconds, segments=(), languages=languages)


def _likeliest(heard: Sequence[Heard]) -> str:
    means = _means(heard)
    return max(means, key=lambda name: means[name])


def _means(heard: Sequence[Heard]) -> dict[str, float]:
    """Probabilities of languages, weighted by how much speech they were heard in."""
    rows = [item for item in heard if item.languages]
    total = sum(item.speech for item in rows)
    names = {name for item in rows for name in item.languages}
    return {name: sum(row.languages.get(name, 0.0) * row.speech for row in rows) / total for name in names}
