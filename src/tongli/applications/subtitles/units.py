"""Words → the smallest parts that a line may break between, each with the cost of breaking before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from tongli.applications.subtitles.limits import Limits, columns, ends, signs
from tongli.applications.subtitles.markup import plain, runs
from tongli.applications.subtitles.words import TimedWord

_WIDE = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{N}.,:%'’-]+\s*|\p{Katakana}[\p{Katakana}ー]*|\X")
"""Parts of a text without spaces: other alphabets, numbers and katakana stay together."""
_CLUSTER = regex.compile(r"\X")

SENTENCE, CLAUSE, JOINING, OPENING, BETWEEN, CLINGING = 0.0, 3.0, 6.0, 9.0, 12.0, 20.0
"""Costs of a break after a sentence, after a clause, before a conjunction, before an article or preposition,
elsewhere, and after any of these words."""
INSIDE_WIDE, INSIDE = 15.0, 36.0
"""Costs of a break inside a word of a script without spaces, and inside any other."""
_FREE_PAUSE = 600
"""Milliseconds of silence that make any place a good one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A part of a word.

    Attributes:
        text: with tags.
        width: columns.
        glue: what stands before it inside a line.
        start: milliseconds.
        end: milliseconds.
        cut: cost of a break before it.
        ends_sentence: a sentence ends with it.
        turn: another speaker starts here.
        wall: a cue must start here.
        fresh_line: a line starts here in the file it comes from.
        word: the word it is part of.
    """

    text: str
    width: int
    glue: str
    start: int
    end: int
    cut: float = 0.0
    ends_sentence: bool = False
    turn: bool = False
    wall: bool = False
    fresh_line: bool = False
    word: TimedWord


def units(words: Sequence[TimedWord], allowed: Limits) -> list[Unit]:
    """Units of words in their order, with times that never run back and none wider than a line."""
    found: list[Unit] = []
    before: TimedWord | None = None
    latest = 0
    for word in words:
        if not word.text and not word.label:
            continue
        start = max(word.start, latest)
        latest = start
        fresh = _timed(word, start, _labelled(word, allowed))
        turn = before is not None and (word.turn or word.speaker != before.speaker)
        wall = before is not None and (word.position, word.settings) != (before.position, before.settings)
        fresh[0] = replace(
            fresh[0], glue=_glue(before, word, allowed), turn=turn, wall=wall, fresh_line=word.fresh_line
        )
        found += fresh
        before = word
    merged = _kept_together(found, allowed)
    return [
        replace(unit, cut=_cut(last, unit, allowed), ends_sentence=ends(unit.text, "sentence"))
        for last, unit in zip([None, *merged], merged, strict=False)
    ]


def _labelled(word: TimedWord, allowed: Limits) -> list[str]:
    """Texts of a word with its label, each at most a line."""
    parts = _parts(word.text, allowed)
    if not word.label:
        return parts
    first = f"{word.label} {parts[0]}" if parts else word.label
    if columns(first) <= allowed.columns:
        return [first, *parts[1:]]
    return [*_filled(word.label, allowed.columns), *parts]


def _parts(text: str, allowed: Limits) -> list[str]:
    """Texts of at most a line; tags stay with what they open or close."""
    whole = allowed.spaced or allowed.unit == 1
    if whole and columns(text) <= allowed.columns:
        return [text] if text else []
    parts: list[str] = []
    opening = ""
    for run, tag in runs(text):
        if tag is None:
            pieces = [run] if whole else _WIDE.findall(run)
            fresh = [part for piece in pieces for part in _filled(piece, allowed.columns)]
            parts += [opening + fresh[0], *fresh[1:]]
            opening = ""
        elif tag["end"] and parts and not opening:
            parts[-1] += run
        else:
            opening += run
    return [*parts[:-1], parts[-1] + opening] if parts else [opening]


def _filled(text: str, limit: int) -> list[str]:
    """A text without tags cut between letters into pieces of at most ``limit`` columns."""
    if columns(text) <= limit:
        return [text]
    found, width = [""], 0
    for cluster in _CLUSTER.findall(text):
        wide = columns(cluster)
        if width + wide > limit:
            found.append("")
            width = 0
        found[-1] += cluster
        width += wide
    return found


def _timed(word: TimedWord, start: int, parts: Sequence[str]) -> list[Unit]:
    """Units that share the time of a word by their widths."""
    widths = [columns(part) for part in parts]
    lasting, total = max(word.end - start, 0), max(sum(widths), 1)
    found, done = [], 0
    for part, width in zip(parts, widths, strict=True):
        begin, done = start + lasting * done // total, done + width
        end = start + lasting * done // total
        found.append(Unit(text=part, width=width, glue="", start=begin, end=end, word=word))
    return found


def _glue(before: TimedWord | None, word: TimedWord, allowed: Limits) -> str:
    if before is None:
        return ""
    if word.glue is not None:
        return word.glue
    last, first = plain(before.text)[-1:], plain(word.text)[:1]
    if not allowed.spaced:
        return " " if (last + first).isascii() and last.isalnum() and first.isalnum() else ""
    marks = (
        signs("punctuation", "sentence") | signs("punctuation", "closing") | signs("punctuation", "clause")
    )
    return "" if word.text and set(word.text) <= marks - {"–", "—"} and not word.label else " "


def _kept_together(found: Sequence[Unit], allowed: Limits) -> list[Unit]:
    """Units joined where a line must not end or start, as far as a line is wide."""
    kept: list[Unit] = []
    for unit in found:
        last = kept[-1] if kept else None
        if last is None or unit.turn or unit.wall or unit.glue or not _inseparable(last.text, unit.text):
            kept.append(unit)
        elif last.width + unit.width <= allowed.columns:
            kept[-1] = replace(
                last, text=last.text + unit.text, width=last.width + unit.width, end=max(last.end, unit.end)
            )
        else:
            kept.append(unit)
    return kept


def _inseparable(left: str, right: str) -> bool:
    return plain(right)[:1] in signs("kinsoku", "not_first") or plain(left)[-1:] in signs(
        "kinsoku", "not_last"
    )


def _cut(last: Unit | None, unit: Unit, allowed: Limits) -> float:
    """The cost of a break between two units, 0 for the best place."""
    if last is None or unit.turn or unit.wall or (unit.word.home and unit.word is not last.word):
        return 0.0
    pause = min((unit.start - last.end) / _FREE_PAUSE, 1.0)
    return max(0.0, _grammar(last, unit, allowed) - BETWEEN * max(pause, 0.0))


def _grammar(last: Unit, unit: Unit, allowed: Limits) -> float:
    if ends(last.text, "sentence"):
        return SENTENCE
    if ends(last.text, "clause"):
        return CLAUSE
    if last.word is unit.word:
        return INSIDE if allowed.spaced else INSIDE_WIDE
    if _bare(last.text) in allowed.clinging | allowed.joining:
        return CLINGING
    word = _bare(unit.text)
    return JOINING if word in allowed.joining else OPENING if word in allowed.clinging else BETWEEN


def _bare(text: str) -> str:
    return plain(text).strip("\"'“”‘’«»()[]-").lower()
