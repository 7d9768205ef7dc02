"""Forms that a thing explains, in a text where nobody is mentioned: "Der Teig ruht, damit er aufgeht"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tongli.core import Agreement, Span
from tongli.empathy.gender.forms import Form

_PEOPLE = frozenset({"noun", "kinship", "title"})
_CUT = re.compile(r"[^\w\s]|\n|\b(?:und|oder|aber|i|a|ale|и|а|но)\b")
_RELATIVE = re.compile(r",\s*(?:\w+\s)?(?:den|dem|das|die|der|dessen|deren|котор\w+|któr\w+)\b[^,;.:!?\n]*")
"""From a thing into its own relative clause, whose subject is somebody else: "Der Roman, den er schrieb"."""
_MOST_BEFORE = 3
"""Words before a subject in its clause: an article, adjectives."""
_BACK = 240
"""Code points that a form looks back over for its thing: two or three sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A noun for a thing, not after a preposition.

    Attributes:
        span: code points of the text.
        genders: what a form that agrees with it may look like; neuter forms look masculine here.
        barred: words, in small letters, that look so and cannot mean it.
    """

    span: Span
    genders: frozenset[Agreement]
    barred: frozenset[str] = frozenset()


def nearby(things: Sequence[Thing], form: Form) -> Sequence[Thing]:
    """Of things in order, those before a form that are near enough to explain it."""
    start, end = (form.span[0] - _BACK, form.span[0])
    first, last = (bisect_left(things, place, key=lambda thing: thing.span[1]) for place in (start, end + 1))
    return things[first:last]


def without_things(text: str, forms: Sequence[Form], things: Sequence[Thing]) -> tuple[Form, ...]:
    """Forms without pronouns and agreeing words that fit a thing before them in their paragraph.

    Where the text has a word for people, or somebody speaks or is spoken to, any form may be theirs: all
    stay. So do those from the first one on that no thing explains.
    """
    if not things or any(form.kind in _PEOPLE or form.speaker != "third" for form in forms):
        return tuple(forms)
    for at, form in enumerate(forms):
        if form.subject is None and not any(explains(text, thing, form) for thing in nearby(things, form)):
            return tuple(forms[at:])
    return ()


def opens_clause(text: str, thing: Thing, taken: Sequence[int]) -> bool:
    """Whether a thing is likely a subject: few words before it in its clause, none of them ``taken``.

    Args:
        text: where it stands.
        thing: which one.
        taken: where words begin that are of people, in order.
    """
    ends = [match.end() for match in _CUT.finditer(text, max(0, thing.span[0] - _BACK), thing.span[0])]
    start = ends[-1] if ends else max(0, thing.span[0] - _BACK)
    inside = bisect_left(taken, start) < bisect_left(taken, thing.span[0])
    return not inside and len(text[start : thing.span[0]].split()) <= _MOST_BEFORE


def within_clause(text: str, start: Span, end: Span) -> bool:
    """Whether one place follows another in a clause."""
    return start[1] <= end[0] and _CUT.search(text, start[1], end[0]) is None


def explains(text: str, thing: Thing, form: Form) -> bool:
    """Whether a form may be of a thing before it."""
    between = text[thing.span[1] : form.span[0]]
    if form.gender not in thing.genders or thing.span[1] > form.span[0] or len(between) > _BACK:
        return False
    if text[slice(*form.span)].lower() in thing.barred:
        return False
    if "\n\n" in between or _RELATIVE.fullmatch(between):
        return False
    return form.kind != "pronoun" or _CUT.search(between) is not None
