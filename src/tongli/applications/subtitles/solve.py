"""Words → cues: splits, lines and times found together.

A shortest path over the places where a cue may start. Every step is one cue, and its cost adds up what is
wrong with it: where it is split, how its lines look, how fast it is to read. What breaks a hard rule costs
more than anything else together, so that it is done only where there is no other way; then cues move later
than their words rather than overlap. All times lie on a grid of 10 ms, which every format can write.

References:
    Knuth & Plass (1981), "Breaking paragraphs into lines", Software: Practice and Experience 11.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, zip_longest

from tongli.applications.subtitles.bidi import marked
from tongli.applications.subtitles.cue import Cue
from tongli.applications.subtitles.layout import DASH, Laid, Layout, has_dash
from tongli.applications.subtitles.limits import Limits
from tongli.applications.subtitles.markup import carry_over
from tongli.applications.subtitles.units import Unit, units
from tongli.applications.subtitles.words import TimedWord

HARD = 1e9
"""Cost of breaking a hard rule."""
_GRID = 10
_SILENCE = 3000
"""Milliseconds without a word over which no cue reaches."""
_CUE = 10.0
_SENTENCE_INSIDE = 6.0
_HOME_INSIDE = 20.0
_PAUSE = 700
_PAUSE_INSIDE = 3.0
"""Cost of each tenth of a second that a pause inside a cue is longer than ``_PAUSE``."""
_FAST, _TOO_FAST = 3.0, 1e5
"""Costs of each character a second over the warning, and over the error."""
_CUT_OFF = 50.0
"""Cost of each second of speech that the cue does not cover."""
_SHIFT = 2.0
"""Cost of a start that is not that of the speech."""


def solve(words: Sequence[TimedWord], allowed: Limits) -> list[Cue]:
    """Cues for words in their order; every word is in one of them.

    Line length, number of lines, durations, gaps and order hold for any words. The start of speech (within
    ``sync_frames``) and the reading speed hold wherever words are slow enough for a solution to exist.
    """
    found: list[Cue] = []
    parts = units(words, allowed)
    groups = list(_groups(parts))
    for group, after in zip_longest(groups, groups[1:]):
        until = _down(after[0].start - allowed.sync_ms - allowed.gap_ms) - _GRID if after else None
        found += _Solver(group, allowed, until=until).cues()
    texts = carry_over([cue.text for cue in found])
    cues = [replace(cue, text=text) for cue, text in zip(found, texts, strict=True)]
    return [_directed(cue, allowed) for cue in _apart(cues, allowed)]


def _groups(parts: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """Units between long silences."""
    starts = [at for at, (a, b) in enumerate(pairwise(parts), 1) if b.start - a.end >= _SILENCE]
    bounds = [0, *starts, len(parts)]
    for start, stop in pairwise(bounds):
        if start < stop:
            yield parts[start:stop]


@dataclass(frozen=True, slots=True)
class _Step:
    """One cue of a path: units ``start`` up to ``stop``, and the shift of the cue after it.

    Attributes:
        cost: of this cue and all after it.
        second: unit that starts the second line.
        begin: milliseconds.
        end: milliseconds.
    """

    cost: float
    start: int
    stop: int
    second: int | None
    begin: int
    end: int
    shift: int


class _Solver:
    """The shortest path for units without a long silence; ``until``: nothing may be shown later."""

    def __init__(self, parts: Sequence[Unit], allowed: Limits, *, until: int | None) -> None:
        self._units, self._allowed, self._until = parts, allowed, until
        self._layout = Layout(parts, allowed)
        self._gap, self._shortest = _up(allowed.gap_ms), _up(allowed.shortest_ms)
        self._longest, self._sync = _down(allowed.longest_ms), _down(allowed.sync_ms)
        self._chain = _up(allowed.frames(allowed.chain_frames))
        self._inside = [0.0, *accumulate(_inside(a, b) for a, b in pairwise(parts))]
        self._starts = [_near(unit.start) for unit in parts]

    def cues(self) -> list[Cue]:
        """The cues of the cheapest path; starts move only where that saves a hard rule."""
        path = self._path((0,))
        if self._sync and path[0].cost >= _TOO_FAST:
            path = min(path, self._path((0, -self._sync, self._sync)), key=lambda steps: steps[0].cost)
        return [self._cue(step) for step in path]

    def _path(self, shifts: Sequence[int]) -> list[_Step]:
        count = len(self._units)
        best: list[dict[int, _Step]] = [{} for _ in range(count)]
        for start in reversed(range(count)):
            options = list(self._options(start))
            for shift in shifts:
                if shift == 0 or self._starts[start] + shift >= 0:
                    steps = (step for option in options for step in self._steps(start, shift, option, best))
                    best[start][shift] = min(steps, key=lambda step: step.cost)
        path = [min(best[0].values(), key=lambda step: step.cost)]
        while path[-1].stop < count:
            path.append(best[path[-1].stop][path[-1].shift])
        return path

    def _options(self, start: int) -> Iterator[tuple[int, Laid, float]]:
        """Where a cue may stop, its lines, and its cost but for times."""
        count = len(self._units)
        for stop in range(start + 1, count + 1):
            laid = self._layout.best(start, stop)
            if laid is not None:
                inside = self._inside[stop - 1] - self._inside[start]
                after = self._units[stop].cut if stop < count else 0.0
                yield stop, laid, _CUE + after + laid.cost + inside
            if stop < count and (
                self._units[stop].wall
                or self._starts[stop] - self._starts[start] >= self._longest
                or not self._layout.fits(start, stop + 1)
            ):
                return

    def _steps(
        self, start: int, shift: int, option: tuple[int, Laid, float], best: Sequence[dict[int, _Step]]
    ) -> Iterator[_Step]:
        stop, laid, cost = option
        begin = self._starts[start] + shift
        moved = _SHIFT if shift else 0.0
        if stop == len(self._units):
            end, late = self._times(laid, begin, self._units[stop - 1].end, self._until)
            yield _Step(cost + late + moved, start, stop, laid.second, begin, end, 0)
            return
        for following, step in best[stop].items():
            limit = self._starts[stop] + following - self._gap
            end, late = self._times(laid, begin, self._units[stop - 1].end, limit)
            yield _Step(cost + late + moved + step.cost, start, stop, laid.second, begin, end, following)

    def _times(self, laid: Laid, begin: int, spoken: int, limit: int | None) -> tuple[int, float]:
        """End of a cue, stretched for its reader as far as the next one lets it, and what that costs."""
        characters = laid.width / self._allowed.unit
        reading = 1000 * characters / self._allowed.speed_warning
        latest = begin + self._longest if limit is None else min(begin + self._longest, limit)
        end = min(max(_up(spoken), begin + self._shortest, begin + _up(reading)), latest)
        if limit is not None and limit + self._gap - end < self._chain:
            end = latest
        lasting = end - begin
        if lasting < self._shortest:
            return end, HARD * (1 + (self._shortest - lasting) / 1000)
        speed = 1000 * characters / lasting
        cost = _FAST * max(0.0, speed - self._allowed.speed_warning)
        if speed > self._allowed.speed_error:
            cost += _TOO_FAST * (1 + speed - self._allowed.speed_error)
        return end, cost + _CUT_OFF * max(0, spoken - end - self._gap) / 1000

    def _cue(self, step: _Step) -> Cue:
        parts = self._units[step.start : step.stop]
        words = [unit.word for unit in parts]
        second = step.second
        lines = [parts] if second is None else [parts[: second - step.start], parts[second - step.start :]]
        texts = [_joined(line) for line in lines]
        if second is not None and self._units[second].turn:
            texts = [text if has_dash(text) else DASH + text for text in texts]
        speakers = {word.speaker for word in words}
        return Cue(
            start=step.begin,
            end=step.end,
            text="\n".join(texts),
            speaker=words[0].speaker if len(speakers) == 1 else None,
            emotion=next((word.emotion for word in words if word.emotion), None),
            sound=next((word.sound for word in words if word.sound), None),
            position=words[0].position,
            settings=words[0].settings,
        )


def _inside(last: Unit, unit: Unit) -> float:
    """The cost of two units in one cue."""
    pause = max(0, unit.start - last.end - _PAUSE) / 100
    home = unit.word.home and unit.word is not last.word
    ended = last.ends_sentence and not unit.fresh_line
    return _SENTENCE_INSIDE * ended + _HOME_INSIDE * home + _PAUSE_INSIDE * pause


def _joined(parts: Sequence[Unit]) -> str:
    return parts[0].text + "".join(unit.glue + unit.text for unit in parts[1:])


def _apart(cues: Sequence[Cue], allowed: Limits) -> list[Cue]:
    """Cues that hold the hard rules even where their words leave no room: later ones wait."""
    gap, shortest, longest = _up(allowed.gap_ms), _up(allowed.shortest_ms), _down(allowed.longest_ms)
    made: list[Cue] = []
    for cue in cues:
        start = cue.start
        if made and start < made[-1].end + gap:
            last = made[-1]
            made[-1] = replace(last, end=max(last.start + shortest, min(last.end, start - gap)))
            start = max(start, made[-1].end + gap)
        end = min(max(cue.end, start + shortest), start + longest)
        made.append(replace(cue, start=start, end=end))
    return made


def _directed(cue: Cue, allowed: Limits) -> Cue:
    if not allowed.rtl:
        return cue
    return replace(cue, text="\n".join(map(marked, cue.text.split("\n"))))


def _near(ms: int) -> int:
    return _GRID * round(ms / _GRID)


def _down(ms: float) -> int:
    return _GRID * math.floor(ms / _GRID)


def _up(ms: float) -> int:
    return _GRID * math.ceil(ms / _GRID)
