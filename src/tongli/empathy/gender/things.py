"""Forms that a thing explains, in a text where nobody is mentioned: "Der Teig ruht, damit er aufgeht"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tongli.core import Agreement, Span
from tongli.empathy.gender.forms import Form

_PEOPLE = frozenset({"noun", "kinship", "title"})
_CUT = re.compile(r"[^\w\s]|\n|\b(?:und|oder|aber|i|a|ale|и|а|но)\b")
_RELATIVE = re.compile(r",\s*(?:\w+\s)?(?:den|dem|das|die|der|dessen|deren|котор\w+|któr\w+)\b[^,;.:!?\n]*")
"""From a thing into its own relative clause, whose subject is somebody else: "Der Roman, den er schrieb"."""
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


def without_things(text: str, forms: Sequence[Form], things: Sequence[Thing]) -> tuple[Form, ...]:
    """Forms without pronouns and agreeing words that fit a thing before them in their paragraph.

    Where the text has a word for people, or somebody speaks or is spoken to, any form may be theirs: all
    stay. So do those from the first one on that no thing explains.
    """
    if not things or any(form.kind in _PEOPLE or form.speaker != "third" for form in forms):
        return tuple(forms)
    for at, form in enumerate(forms):
        if form.subject is None and not any(_explains(text, thing, form) for thing in things):
            return tuple(forms[at:])
    return ()


def _explains(text: str, thing: Thing, form: Form) -> bool:
    between = text[thing.span[1] : form.span[0]]
    if form.gender not in thing.genders or thing.span[1] > form.span[0] or len(between) > _BACK:
        return False
    if text[slice(*form.span)].lower() in thing.barred:
        return False
    if "\n\n" in between or _RELATIVE.fullmatch(between):
        return False
    return form.kind != "pronoun" or _CUT.search(between) is not None
