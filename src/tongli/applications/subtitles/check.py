"""What breaks the limits of subtitles: hard rules as errors, advice as warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.limits import Limits, columns, signs
from tongli.applications.subtitles.markup import plain, unbalanced

Severity = Literal["error", "warning"]

RULES = {
    "subtitle.empty": "A cue shows something.",
    "subtitle.lines": "A cue has no more lines than fit below the picture.",
    "subtitle.columns": "A line is no wider than the limit.",
    "subtitle.speed": "There is time to read a cue.",
    "subtitle.short": "A cue stays long enough to be noticed.",
    "subtitle.long": "A cue goes before it is read twice.",
    "subtitle.order": "A cue does not start before the one before it.",
    "subtitle.overlap": "A cue ends before the next one starts.",
    "subtitle.gap": "Two cues are far enough apart to be told apart.",
    "subtitle.tags": "Formatting tags and direction marks come in pairs.",
    "subtitle.break": "A line ends where the sentence lets it.",
    "subtitle.kinsoku": "No line starts or ends with a sign that belongs to the other line.",
}
"""Every rule, as what holds when it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule that a cue breaks.

    Attributes:
        cue: its number from 1.
        line: of the file, from 1; 0 when the format was not read line by line.
        rule: a key of :data:`RULES`.
        severity: an error breaks a hard rule.
        message: with what was found and what is allowed; no words of the text.
    """

    cue: int
    line: int
    rule: str
    severity: Severity
    message: str


class _Tell(Protocol):
    def __call__(self, rule: str, message: str, severity: Severity = "error") -> Finding: ...


def check(track: Track, allowed: Limits) -> list[Finding]:
    """Every finding, in the order of the cues."""
    found = [finding for number, cue in enumerate(track.cues, 1) for finding in _cue(cue, number, allowed)]
    for number, (before, cue) in enumerate(pairwise(track.cues), 2):
        found += _between(before, cue, number, allowed)
    return sorted(found, key=lambda finding: finding.cue)


def _cue(cue: Cue, number: int, allowed: Limits) -> Iterator[Finding]:
    tell = _teller(cue, number)
    visible = plain(cue.text)
    if not columns("".join(visible.split())):
        yield tell("empty", "the cue shows nothing")
    lines = visible.split("\n")
    if len(lines) > allowed.lines:
        yield tell("lines", f"{len(lines)} lines; at most {allowed.lines}")
    for line in lines:
        if (width := columns(line)) > allowed.columns:
            yield tell("columns", f"a line of {width} columns; at most {allowed.columns}")
    yield from _times(cue, allowed, tell)
    if (tag := unbalanced(cue.text)) is not None:
        yield tell("tags", f"{tag} has no partner")
    for line, following in pairwise(lines):
        yield from _break(line.rstrip(), following.lstrip(), allowed, tell)


def _times(cue: Cue, allowed: Limits, tell: _Tell) -> Iterator[Finding]:
    if cue.duration < allowed.shortest_ms:
        yield tell("short", f"{cue.duration} ms; at least {allowed.shortest_ms}")
    if cue.duration > allowed.longest_ms:
        yield tell("long", f"{cue.duration} ms; at most {allowed.longest_ms}")
    speed = allowed.speed(plain(cue.text), cue.duration)
    if cue.duration > 0 and speed > allowed.speed_warning:
        told = f"{speed:.1f} characters a second; at most {allowed.speed_warning:g}"
        yield tell("speed", told, "error" if speed > allowed.speed_error else "warning")


def _break(line: str, following: str, allowed: Limits, tell: _Tell) -> Iterator[Finding]:
    words = line.split()
    if words and words[-1].lower() in allowed.clinging:
        yield tell("break", "a line ends on a word that belongs to the next line", "warning")
    if allowed.spaced or not line or not following:
        return
    if following[0] in signs("kinsoku", "not_first") or line[-1] in signs("kinsoku", "not_last"):
        yield tell("kinsoku", "a line breaks beside a sign that belongs to the other line", "warning")


def _between(before: Cue, cue: Cue, number: int, allowed: Limits) -> Iterator[Finding]:
    tell = _teller(cue, number)
    gap = cue.start - before.end
    if cue.start < before.start:
        yield tell("order", f"starts {before.start - cue.start} ms before the cue before it")
    elif gap < 0:
        yield tell("overlap", f"starts {-gap} ms before the cue before it ends")
    elif gap < allowed.gap_ms:
        yield tell("gap", f"{gap} ms after the cue before it; at least {allowed.gap_ms}")


def _teller(cue: Cue, number: int) -> _Tell:
    def tell(rule: str, message: str, severity: Severity = "error") -> Finding:
        return Finding(cue=number, line=cue.line, rule=f"subtitle.{rule}", severity=severity, message=message)

    return tell
