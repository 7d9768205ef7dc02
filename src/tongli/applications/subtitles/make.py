"""Subtitles from timed words, and from the cues of a file: new lines and times, the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, zip_longest

from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.limits import Limits, columns
from tongli.applications.subtitles.markup import TAG, balanced, plain
from tongli.applications.subtitles.sdh import labelled
from tongli.applications.subtitles.solve import solve
from tongli.applications.subtitles.words import TimedWord

_WORD = re.compile(rf"(?:{TAG.pattern}|\S)+")
_DASH = re.compile(r"[-–—‐](?![-–—])")


def timed(words: Sequence[TimedWord], allowed: Limits, *, confidence: float | None = None) -> Track:
    """Subtitles for timed words; with labels that are at least so certain where ``confidence`` is given."""
    told = words if confidence is None else labelled(words, confidence=confidence, lang=allowed.tag)
    return Track(cues=tuple(solve(told, allowed)))


def fixed(track: Track, allowed: Limits, *, confidence: float | None = None) -> Track:
    """The track with cues that keep the hard rules; words, tags, speakers and places stay.

    Times of words inside a cue are not known, so they are shared out by width. Labels are as in
    :func:`timed`.
    """
    return replace(track, cues=timed(words_of(track, allowed), allowed, confidence=confidence).cues)


def words_of(track: Track, allowed: Limits) -> list[TimedWord]:
    """Words of the cues in the order of their starts, each with a share of the time of its cue."""
    cues = sorted(track.cues, key=lambda cue: cue.start)
    found = []
    for cue, after in zip_longest(cues, cues[1:]):
        end = min(cue.end, cue.start + allowed.longest_ms)
        if after is not None and after.start > cue.start:
            end = min(end, after.start)
        found += _shared_out(cue, max(end, cue.start))
    return found


def _shared_out(cue: Cue, end: int) -> list[TimedWord]:
    tokens = list(_tokens(balanced(cue.text)))
    done = [0, *accumulate(columns(text) + 1 for text, _, _ in tokens)]
    lasting = end - cue.start
    return [
        TimedWord(
            text=text,
            start=cue.start + lasting * done[at] // done[-1],
            end=cue.start + lasting * done[at + 1] // done[-1],
            speaker=cue.speaker,
            emotion=cue.emotion,
            sound=cue.sound,
            glue=glue,
            turn=turn,
            home=at == 0,
            fresh_line=at > 0 and glue is None,
            position=cue.position,
            settings=cue.settings,
        )
        for at, (text, glue, turn) in enumerate(tokens)
    ]


def _tokens(text: str) -> Iterator[tuple[str, str | None, bool]]:
    """Words with what stands before them in their line, and whether they start a turn of a dialogue."""
    for line in text.split("\n"):
        at = 0
        for found in _WORD.finditer(line):
            first = at == 0
            glue = None if first else line[at : found.start()]
            yield found[0], glue, first and _DASH.match(plain(found[0])) is not None
            at = found.end()
