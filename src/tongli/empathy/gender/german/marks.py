"""Marked forms (Lehrer*innen, der:die, jede_r): found, and changed from one mark to another.

A mark counts only between a word and an ending that it can join, or between two forms of one article or
pronoun, so that 10:30, snake_case and addresses stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tongli.core import Edit
from tongli.empathy.gender.forms import outside_of, protected, table

_ENDING = r"(?:[Ii]n(?:nen)?(?![a-zäöüß])|[Ii]nnen[a-zäöüß]+|nnen|innens?|e[nmrs]?|[rnms])"
_WORD = r"[A-Za-zÄÖÜäöüß]"
_JOINED = re.compile(
    rf"(?P<left>(?<![\w@]){_WORD}[\w-]*?{_WORD}|(?<![\w@]){_WORD}{{2,}})(?P<mark>[*:_·•]|/-?)(?P<right>{_ENDING})(?!{_WORD})"
)
_PAIR = re.compile(rf"(?<![\w@])(?P<left>{_WORD}+)(?P<mark>[*:_·•/])(?P<right>{_WORD}+)(?!\w)")
_INNER = re.compile(
    rf"(?<![\w@])(?P<left>[A-ZÄÖÜ][a-zäöüß-]+)(?P<mark>)(?P<right>In(?:nen[a-zäöüß]*)?)(?!{_WORD})"
)


def marked(text: str) -> list[re.Match[str]]:
    """Marked forms of a text, in order; groups ``left``, ``mark`` and ``right``."""
    free = outside_of(protected_from_marks(text))
    found: list[re.Match[str]] = []
    for match in sorted(_candidates(text), key=lambda each: (each.start(), -each.end())):
        if free(match.span()) and (not found or found[-1].end() <= match.start()):
            found.append(match)
    return found


def protected_from_marks(text: str) -> tuple[tuple[int, int], ...]:
    """Code and addresses; marks in quotations are converted as all others."""
    return tuple(span for span in protected(text) if text[span[0]] not in '„“«»"「『”')


def _candidates(text: str) -> Iterator[re.Match[str]]:
    paired = frozenset(table("de", "styles")["paired"].split())
    yield from _JOINED.finditer(text)
    yield from _INNER.finditer(text)
    for match in _PAIR.finditer(text):
        if {match["left"].lower(), match["right"].lower()} <= paired:
            yield match


def remark(text: str, style: str) -> tuple[Edit, ...]:
    """Edits that write every marked form with the mark of a style."""
    found, cost = [], table("de", "styles")["marks"][style]["cost"]
    for match in marked(text):
        after = join(match["left"], match["right"], style)
        if after != match[0]:
            found.append(
                Edit(
                    span=match.span(),
                    before=match[0],
                    after=after,
                    kind="agreement",
                    reason=f"the style asked for: {cost}",
                    source="gender rules of de",
                )
            )
    return tuple(found)


def join(left: str, right: str, style: str) -> str:
    """Two parts with the mark of a style between: Lehrer*innen, LehrerInnen, der*die, der/die."""
    if style != "binnen-i":
        mark = str(table("de", "styles")["marks"][style]["mark"])
        return left + mark + (right.lower() if right.startswith("In") else right)
    if right.lower().startswith("in"):
        return left + right[:1].upper() + right[1:]
    return f"{left}/{right}"
