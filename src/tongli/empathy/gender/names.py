"""Names that are gone give way to the name that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import regex

from tongli.core import Edit, Person, Span
from tongli.empathy.gender.forms import outside_of

KIND = "name"
"""Kind of the edits of former names."""
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}"
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}_]--[{_UNSPACED}]]"
_UNSPACED_NAME = regex.compile(rf"[{_UNSPACED}]{{2}}")
_GENITIVE = frozenset({"de", "lb", "sv", "da", "no", "nb", "nn"})
"""Languages in which an *s* is put to a name that owns something."""
_NO_S = ("s", "ß", "z", "x")


def former_name_edits(
    text: str, people: Sequence[Person], areas: Sequence[Span], *, lang: str, reason: str, source: str
) -> Iterator[Edit]:
    """Edits of former names, in any language.

    Args:
        text: what to search.
        people: who is listed; somebody without a name of today is passed over.
        areas: places to leave alone.
        lang: its language (BCP-47).
        reason, source: what the edits say.
    """
    free = outside_of(areas)
    for person in people:
        for span, after in former_name_places(text, person, lang=lang):
            if after and free(span):
                before = text[slice(*span)]
                yield Edit(span=span, before=before, after=after, kind=KIND, reason=reason, source=source)


def former_name_places(text: str, person: Person, *, lang: str) -> Iterator[tuple[Span, str | None]]:
    """Where a former name of a person stands, and the name of today that belongs there; in order, none twice.

    A single word gives way to the given name, where that is declared. Where only the whole name is, the
    parts of it that follow already belong to the place, so that no family name comes twice. The *s* of an
    owner comes along; names in a script without spaces are found inside what is written on.
    """
    end = 0
    for span, after in sorted(_places(text, person, lang=lang), key=lambda each: (each[0][0], -each[0][1])):
        if span[0] >= end:
            yield span, after
            end = span[1]


def _places(text: str, person: Person, *, lang: str) -> Iterator[tuple[Span, str | None]]:
    genitive = lang.partition("-")[0].lower() in _GENITIVE
    for former in person.former_names:
        single = len(former.name.split()) == 1
        after = (person.given if single else None) or person.name or person.given
        _, _, rest = (after or "").partition(" ")
        pattern = _pattern(former.name, rest if single else "", genitive=genitive)
        for match in pattern.finditer(text):
            owner = after and match["s"] is not None
            yield (
                match.span(),
                after and (f"{after}{'’' if after.endswith(_NO_S) else 's'}" if owner else after),
            )


def today(text: str, people: Sequence[Person], *, lang: str) -> str:
    """A text to show, with no former name in it; one of somebody without a name of today is ``…``."""
    for person in people:
        found = list(former_name_places(text, person, lang=lang))
        for (start, end), after in reversed(found):
            text = f"{text[:start]}{after or '…'}{text[end:]}"
    return text


@lru_cache(maxsize=256)
def _pattern(name: str, rest: str, *, genitive: bool) -> regex.Pattern[str]:
    follows = rf"(?: {regex.escape(rest)})?" if rest else ""
    owner = "(?P<s>s)?" if genitive and not name.endswith(_NO_S) else "(?P<s>(?!))?"
    left, right = rf"(?<!{_LETTER})", rf"(?!{_LETTER})"
    if _UNSPACED_NAME.search(name):
        left = right = ""
    return regex.compile(f"{left}{regex.escape(name)}{follows}{owner}{right}", regex.V1)


def edit_dict(edit: Edit) -> dict[str, Any]:
    """An edit as plain data for people to read: what stood in the place of a former name is not repeated."""
    data = edit.to_dict()
    if edit.kind == KIND:
        del data["before"]
    return data
