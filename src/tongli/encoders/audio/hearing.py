"""The words of one window: heard at once, and again in parts where they loop or leave speech without words.

Whisper says a sentence once that somebody says three times, or goes on saying it for ever. The stretches of
speech between pauses tell both: a loop is heard again in halves, and stretches that no word lies in are
heard by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple

from tongli.core import Times, TranscriptWord
from tongli.encoders.audio.guards import (
    believable,
    lasting,
    loops,
    plain,
    spoken,
    sure,
    took_time,
    understood,
    without_repeats,
)
from tongli.encoders.audio.whisper import Whisper
from tongli.encoders.audio.windows import Piece, Window

_OPTIONS: Mapping[str, Any] = {
    "word_timestamps": True,
    "condition_on_previous_text": False,  # an error would be carried from window to window
    "temperature": 0.0,  # the same words at every run
    "compression_ratio_threshold": None,
    "log_prob_threshold": None,
    "no_speech_threshold": None,
}
_BARE = 0.8
"""Seconds of speech without a word that are heard again."""
_MOST = 0.8
"""A loop is cut, not heard otherwise, where so much of the time of its words is left."""
_HURRIED = 20.0
"""Letters a second above which the words of a stretch may belong to the next one."""


class Said(NamedTuple):
    """A word, with times in its window, and whether a segment starts with it."""

    word: TranscriptWord
    starts: bool


def hear(window: Window, *, code: str, whisper: Whisper) -> list[Said]:
    """What is said in a window, in order; ``code`` is Whisper's name of the language."""
    raw = _decoded(window, code, whisper)
    if not loops("".join(item.text for item in raw)):
        said = _kept(raw, window)
        return _filled(said, window, code, whisper) if said else []
    if len(window.pieces) == 1:
        return _unlooped(window, raw, code, whisper)
    middle = _middle(window)
    return [
        said
        for first, stop in ((0, middle), (middle, len(window.pieces)))
        for said in _part(window, first, stop, code, whisper)
    ]


def _unlooped(window: Window, raw: Sequence[Any], code: str, whisper: Whisper) -> list[Said]:
    """A loop within one stretch of speech: cut, where that leaves most of it, or heard without repeats."""
    said = _kept(raw, window)
    whole = [_word(word) for item in raw for word in item.words or ()]
    if lasting([item.word for item in said]) >= _MOST * lasting(whole):
        return said
    return _kept(_decoded(window, code, whisper, no_repeat_ngram_size=4), window)


def _filled(said: list[Said], window: Window, code: str, whisper: Whisper) -> list[Said]:
    """With what is heard in stretches of speech that no word lies in."""
    found = said
    for first, stop in _bare(said, window):
        more = _part(window, first, stop, code, whisper)
        if sure([item.word for item in more]) and not _known(more, said, window, first, stop):
            begun = window.pieces[first].at
            before = [item for item in found if _middle_of(item.word) < begun]
            found = [*before, *more, *found[len(before) :]]
    return found


def _bare(said: Sequence[Said], window: Window) -> Iterator[tuple[int, int]]:
    """Runs of pieces that no word lies in, with enough speech in them."""
    taken = {id(_piece(item, window)) for item in said}
    for bare, run in groupby(range(len(window.pieces)), key=lambda at: id(window.pieces[at]) not in taken):
        rows = list(run)
        if bare and sum(_speech(window.pieces[at]) for at in rows) >= _BARE:
            yield rows[0], rows[-1] + 1


def _known(more: Sequence[Said], said: Sequence[Said], window: Window, first: int, stop: int) -> bool:
    """Whether the words were heard before, hurriedly, in the stretch before or after their own."""
    wanted = _plain(more)
    for at, ends in ((first - 1, True), (stop, False)):
        if not 0 <= at < len(window.pieces):
            continue
        beside = [item for item in said if _piece(item, window) is window.pieces[at]]
        letters = sum(len(item.word.text.strip()) for item in beside)
        text = _plain(beside)
        same = text.endswith(wanted) if ends else text.startswith(wanted)
        if same and letters > _HURRIED * _speech(window.pieces[at]):
            return True
    return False


def _plain(said: Sequence[Said]) -> str:
    return "".join(plain(item.word) for item in said)


def _piece(item: Said, window: Window) -> Piece:
    return window.piece_at(_middle_of(item.word))


def _middle_of(word: TranscriptWord) -> float:
    return sum(word.times) / 2


def _speech(piece: Piece) -> float:
    return piece.speech[1] - piece.speech[0]


def _part(window: Window, first: int, stop: int, code: str, whisper: Whisper) -> list[Said]:
    """What is said in some pieces, heard by themselves."""
    begun = window.pieces[first].at
    return [
        Said(replace(word, times=(word.times[0] + begun, word.times[1] + begun)), starts)
        for word, starts in hear(window.part(first, stop), code=code, whisper=whisper)
    ]


def _middle(window: Window) -> int:
    """The piece that starts nearest to the middle, but for the first."""
    half = window.waveform.seconds / 2
    return min(range(1, len(window.pieces)), key=lambda at: abs(window.pieces[at].at - half))


def _kept(raw: Sequence[Any], window: Window) -> list[Said]:
    """What the guards leave of what was decoded."""
    speech: list[Times] = [
        (p.at + p.speech[0] - p.times[0], p.at + p.speech[1] - p.times[0]) for p in window.pieces
    ]
    believed = [
        item for item in raw if believable(log_probability=item.avg_logprob, no_speech=item.no_speech_prob)
    ]
    parts = [spoken([_word(word) for word in item.words or ()], speech) for item in believed]
    left = {id(word) for word in without_repeats([word for words in parts for word in words])}
    kept = [[word for word in words if id(word) in left] for words in parts]
    said = [words for words in kept if took_time(words) and understood(words)]
    return [Said(word, at == 0) for words in said for at, word in enumerate(words)]


def _decoded(window: Window, code: str, whisper: Whisper, **options: Any) -> list[Any]:
    found, _ = whisper.backend.transcribe(window.samples, language=code, **_OPTIONS, **options)
    return list(found)


def _word(word: Any) -> TranscriptWord:
    return TranscriptWord(
        text=word.word, times=(float(word.start), float(word.end)), confidence=float(word.probability)
    )
