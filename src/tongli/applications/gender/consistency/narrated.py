"""Pronouns, agreement and titles, with the character each is about; what is not clear is left out.

A pronoun is of the only person whom its paragraph names before it, and else of whom the resolver says. One
that this person did not declare, and that somebody declared who is named near by, is left out, since
it may be theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from tongli.applications.gender.consistency.use import (
    Kind,
    Use,
    declared_values,
    quotations,
    title_value,
)
from tongli.core import Person, PronounSet, Span
from tongli.empathy.gender.check.forms import Gendered, gendered
from tongli.empathy.gender.check.people import Named, declared_sets
from tongli.empathy.gender.forms import outside_of
from tongli.empathy.gender.reference import resolve
from tongli.empathy.gender.reference.coreference import AFTER, BEFORE, Read
from tongli.knowledge.pronouns import known_sets

LEAST = 0.5
"""Score of the resolver under which a pronoun is nobody's."""
MOST_CANDIDATES = 8
_THINGS = frozenset(("it", "one", "co", "hu", "per", "e"))
"""Sets whose forms are too often other words."""
_ASSUMED = frozenset(("he", "she"))
_WORD = re.compile(r"[^\W\d_]+")
_GAP = 3
"""Code points between a title and a name, at most."""

_Found = tuple[int, Kind, str, Span]
"""Person, kind, value and place of a use."""


def narrated(
    text: str,
    *,
    lang: str,
    people: Sequence[Person],
    found: Sequence[Named],
    read: Read | None = None,
) -> Iterator[Use]:
    """Uses in a text, kind by kind.

    Args:
        text: some paragraphs.
        lang: their language.
        people: the characters.
        found: names in the text, other people's too.
        read: the encoder's tokens, for better reference in English.
    """
    told = outside_of(quotations(text))
    english = lang.partition("-")[0].lower() == "en"
    names = tuple(dict.fromkeys(item.name for item in found))
    persons = tuple(dict.fromkeys(item.name for item in found if item.person is not None))
    forms = gendered(text, lang=lang, names=names, persons=persons)
    uses = (
        _english(text, people, found, read) if english else _pronouns(text, lang, forms, found),
        _tied(text, forms, found),
        _own_titles(text, lang, people, found),
    )
    for person, kind, value, span in chain.from_iterable(uses):
        yield Use(person=person, kind=kind, value=value, span=span, quoted=not told(span))


def _pronouns(text: str, lang: str, forms: Sequence[Gendered], found: Sequence[Named]) -> Iterator[_Found]:
    for form in forms:
        if form.kind in {"pronoun", "near"}:
            who = _resolved(text, form.span, found, lang=lang)
            if who is not None:
                yield who, "pronouns", form.gender, form.span


def _tied(text: str, forms: Sequence[Gendered], found: Sequence[Named]) -> Iterator[_Found]:
    """Agreement and titles that stand at a name."""
    for form in forms:
        owner = None if form.name is None else _owner(found, form.name)
        if owner is not None and form.kind == "title":
            yield owner, "title", title_value(text[slice(*form.span)]), form.span
        elif owner is not None and form.kind == "agreement":
            yield owner, "agreement", form.gender, form.span


def _english(
    text: str, people: Sequence[Person], found: Sequence[Named], read: Read | None
) -> Iterator[_Found]:
    sets = [declared_sets(person, "en") for person in people]
    words = _words(sets)
    for match in _WORD.finditer(text):
        form = match[0].lower()
        person = _resolved(text, match.span(), found, lang="en", read=read) if form in words else None
        if person is None:
            continue
        own = _set_of(form, sets[person])
        if own is not None:
            yield person, "pronouns", own, match.span()
        elif words[form] in _ASSUMED and not any(
            _set_of(form, sets[item.person]) for item in _near(match.span(), found) if item.person is not None
        ):
            yield person, "pronouns", words[form], match.span()


def _set_of(form: str, sets: Sequence[PronounSet] | None) -> str | None:
    """The subject of the first set that has a form."""
    return next((item.subject for item in sets or () if form in item.forms()), None)


def _words(sets: Sequence[Sequence[PronounSet] | None]) -> Mapping[str, str]:
    """Form → subject, of *he* and *she* and of all that the characters declare."""
    used = [item for own in sets for item in own or () if item.subject not in _THINGS]
    assumed = [item for item in known_sets() if item.subject in _ASSUMED]
    return {form: item.subject for item in (*used, *assumed) for form in item.forms() if form}


def _resolved(
    text: str, span: Span, found: Sequence[Named], *, lang: str, read: Read | None = None
) -> int | None:
    """The character that a form points to."""
    first = _index(found, max(0, text.rfind("\n\n", 0, span[0])))
    before = list({_who(item): item.person for item in found[first : _index(found, span[0])]}.values())
    near = _near(span, found)
    if len(before) == 1:
        return before[0]
    if not any(item.person is not None for item in near):
        return None
    answer = resolve(
        text, mention=span, candidates=[item.name for item in near], lang=lang, least=LEAST, read=read
    )
    return None if answer.referent is None else near[answer.referent].person


def _near(span: Span, found: Sequence[Named]) -> list[Named]:
    """Names around a place, the nearest first; one name a person."""
    low, high = _index(found, span[0] - BEFORE), _index(found, span[1] + AFTER)
    kept: dict[int | str, Named] = {}
    for item in sorted(found[low:high], key=lambda item: abs(item.span[0] - span[0])):
        kept.setdefault(_who(item), item)
    return list(kept.values())[:MOST_CANDIDATES]


def _who(item: Named) -> int | str:
    return item.name if item.person is None else item.person


def _index(found: Sequence[Named], place: int) -> int:
    """Index of the first name from a place on."""
    return bisect_left(found, place, key=lambda item: item.span[0])


def _owner(found: Sequence[Named], place: Span) -> int | None:
    at = _index(found, place[1]) - 1
    return found[at].person if at >= 0 and place[0] < found[at].span[1] else None


def _own_titles(text: str, lang: str, people: Sequence[Person], found: Sequence[Named]) -> Iterator[_Found]:
    """Declared titles before names, of any gender or none."""
    for index, person in enumerate(people):
        for title in filter(None, declared_values(person, "title", lang) or ()):
            before = re.compile(rf"(?<!\w){re.escape(title)}\.?\s+\Z")
            for item in found:
                start = max(0, item.span[0] - len(title) - _GAP)
                match = before.search(text, start, item.span[0]) if item.person == index else None
                if match is not None:
                    yield index, "title", title, (match.start(), match.start() + len(title))
