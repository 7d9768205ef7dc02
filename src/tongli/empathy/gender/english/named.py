"""What stands beside the name of a declared person: titles, and nouns said of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from tongli.core import Person, PronounSet, Span
from tongli.empathy.gender.binding import Grammar, mentions
from tongli.empathy.gender.english.nouns import Noun, find_nouns, find_titles
from tongli.empathy.gender.forms import outside_of

_NEAR = 80
"""Code points between a name and a noun that is said of it, at most."""

_SAID_OF = re.compile(
    r"(?:,|[\'’]s| (?:is|was|became|becomes|remains|remained|(?:works|worked|serves|served|known) as))"
    r"(?: (?:a|an|the|my|our|your|his|her|their|its|not|also|now|still|[\w-]+[\'’]s?)){0,3}"
    r"(?: [a-z][\w-]*){0,2} "
)

GRAMMAR = Grammar(
    name=lambda name: rf"(?<!\w){re.escape(name)}(?!\w)", predicate=frozenset(), others=lambda _: ()
)
"""Names in running text are whole words."""


def by_name(person: Person) -> PronounSet | None:
    """A "set" for somebody who wants no pronouns: the name in every slot."""
    name = person.given or person.name
    if name is None:
        return None
    owner = f"{name}'" if name.endswith("s'") else f"{name}'s"
    return PronounSet(subject=name, object=name, determiner=owner, possessive=owner, reflexive=name)


def titled(
    text: str, people: Sequence[Person], areas: Sequence[Span]
) -> Iterator[tuple[re.Match[str], Person]]:
    """Titles right before the name of a person."""
    free = outside_of(areas)
    starts = {span[0]: person for span, person in mentions(text, people, GRAMMAR)}
    for found in find_titles(text):
        at = found.end()
        while text[at].isspace():
            at += 1
        person = starts.get(at)
        if person is not None and free(found.span()):
            yield found, person


def said_of(text: str, people: Sequence[Person], areas: Sequence[Span]) -> Iterator[tuple[Noun, Person]]:
    """Nouns beside a name ("waitress Kim") and nouns that say what somebody is ("Kim is a waitress")."""
    free = outside_of(areas)
    named = mentions(text, people, GRAMMAR)
    for noun in find_nouns(text):
        start, end = noun.span
        first, last = (bisect_left(named, place, key=_start) for place in (start - _NEAR, end + _NEAR))
        for span, person in named[first:last]:
            beside = end < span[0] and text[end : span[0]] in (" ", ", ")
            said = beside or (span[1] <= start and _SAID_OF.fullmatch(text[span[1] : start]))
            if said and free(noun.span):
                yield noun, person
                break


def _start(mention: tuple[Span, Person]) -> int:
    return mention[0][0]
