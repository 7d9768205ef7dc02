"""One form of one character, and what they declared of it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from tongli.core import Person, Span
from tongli.empathy.gender.check.people import declared_sets, genders
from tongli.empathy.reply import declared_for

Kind = Literal["pronouns", "agreement", "title", "first-person", "address"]
KINDS: tuple[Kind, ...] = ("pronouns", "agreement", "title", "first-person", "address")
_QUOTE = re.compile(r"„[^“”]*[“”]|“[^”]*”|«[^»]*»|»[^«]*«|\"[^\"\n]*\"|「[^」]*」|『[^』]*』")
GENDERS = frozenset(("feminine", "masculine", "neutral"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A form that is about somebody.

    Attributes:
        person: index of the character.
        kind: what sort of form.
        value: which one: a set by its subject ("she") in English, a gender in other languages; a title or
            a word for "I" as it is written; ``formal`` or ``informal``.
        span: code points of the text.
        quoted: whether a character says it, rather than the narrator.
    """

    person: int
    kind: Kind
    value: str
    span: Span
    quoted: bool


def declared_values(person: Person, kind: Kind, lang: str) -> AbstractSet[str] | None:
    """Values that a character declared; ``None`` where nothing is known."""
    found = genders(person, lang)
    if kind == "pronouns":
        sets = declared_sets(person, lang)
        if lang.partition("-")[0].lower() == "en":
            return None if sets is None else {item.subject for item in sets}
        return found
    if kind == "title":
        title = declared_for(lang, person.titles)
        title = person.title if title is None else title
        return None if title is None else {title_value(title)}
    if kind == "first-person":
        word = declared_for(lang, person.first_person)
        return found if word is None else {word}
    if kind == "address":
        wished = declared_for(lang, person.address)
        return None if wished is None else {wished}
    return found


def fits(value: str, declared: AbstractSet[str] | None) -> bool | None:
    """Whether a value is declared; ``None`` where nothing is, or not in words that can be compared."""
    if declared is None or (declared and (declared <= GENDERS) != (value in GENDERS)):
        return None
    return value in declared


def title_value(title: str) -> str:
    """A title without its full stop."""
    return title.rstrip(".")


def quotations(text: str, within: Span | None = None) -> list[Span]:
    """What is said rather than told, marks and all, in a text or a part of it."""
    return [match.span() for match in _QUOTE.finditer(text, *(within or ()))]
