"""Which declared person an English pronoun is about, or why nobody should say.

A person counts only where named. Who else may be meant is anybody who looks like a name or a role near by;
then declarations decide what they can (*he* is about the one who declared *he*, and *she* is then about
somebody else), and what is left goes to :func:`tongli.empathy.gender.reference.resolve`, which never sees
a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from tongli.core import Person, Span
from tongli.empathy.gender.binding import Grammar, mentions
from tongli.empathy.gender.english.declared import owns
from tongli.empathy.gender.english.others import undeclared
from tongli.empathy.gender.english.pronouns import Pronoun
from tongli.empathy.gender.reference import resolve
from tongli.empathy.gender.reference.bystanders import same_gender_said
from tongli.empathy.gender.rules import Abstention

LEAST = 0.85
"""Score of the model under which nobody is named; .92 above it are right on GAP, cross-validated."""

SEVERAL = "more than one person may be meant"
_REACH = 600
"""Code points before a pronoun in which candidates are looked for."""


_MOST = 6
"""People near by; among more of them the model is not asked, which is hardly ever sure enough then."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where somebody is mentioned; ``person`` is ``None`` for somebody undeclared."""

    span: Span
    person: Person | None
    key: str


def name_pattern(name: str) -> str:
    """A name in running text, whole words only."""
    return rf"(?<!\w){re.escape(name)}(?!\w)"


GRAMMAR = Grammar(name=name_pattern, predicate=frozenset(), others=lambda _: ())


def bind(
    text: str, pronouns: Sequence[Pronoun], people: Sequence[Person]
) -> tuple[list[tuple[Pronoun, Person]], list[Abstention]]:
    """Give pronouns to declared people; a pronoun far from all of them goes to nobody, silently."""
    candidates = find_candidates(text, people)
    bound: list[tuple[Pronoun, Person]] = []
    abstained: list[Abstention] = []
    chain = _Chain(candidates)
    for pronoun in pronouns:
        near = _in_reach(text, pronoun, candidates)
        if not any(each.person for each in near):
            continue
        found = chain.follow(pronoun, near) or _decided(text, pronoun, _possible(pronoun, near, pronouns))
        if isinstance(found, Candidate):
            chain.note(pronoun, found)
            if found.person is not None:
                bound.append((pronoun, found.person))
        else:
            abstained.append(found)
    return bound, abstained


class _Chain:
    """Who the last pronoun of a set was about, which holds until somebody is named."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._starts = [each.span[0] for each in candidates]
        self._last: dict[str, tuple[Candidate, int]] = {}

    def note(self, pronoun: Pronoun, candidate: Candidate) -> None:
        """A pronoun is about somebody."""
        self._last[pronoun.pronouns.subject] = (candidate, pronoun.span[1])

    def follow(self, pronoun: Pronoun, near: Sequence[Candidate]) -> Candidate | None:
        """Whom the set was about, if they are still in reach and nobody was named since."""
        candidate, end = self._last.get(pronoun.pronouns.subject, (None, 0))
        if candidate is None or all(each.key != candidate.key for each in near):
            return None
        new = bisect_left(self._starts, pronoun.span[0]) - bisect_left(self._starts, end)
        return None if new else candidate


def _possible(
    pronoun: Pronoun, near: Sequence[Candidate], pronouns: Sequence[Pronoun]
) -> Sequence[Candidate]:
    """Those who declared the set, where there are any; else without those whose own set is in use near by."""
    owners = [each for each in near if each.person and owns(each.person, pronoun.pronouns)]
    if owners:
        return owners
    first, last = (
        bisect_left(pronouns, pronoun.span[0] + by, key=lambda each: each.span[0]) for by in (-_REACH, _REACH)
    )
    used = {other.pronouns for other in pronouns[first:last]} - {pronoun.pronouns}
    return [each for each in near if not (each.person and any(owns(each.person, other) for other in used))]


def find_candidates(text: str, people: Sequence[Person]) -> list[Candidate]:
    """Everybody who is mentioned, in order."""
    named = [
        Candidate(span, person, f"person {people.index(person)}")
        for span, person in mentions(text, people, GRAMMAR)
    ]
    taken = {place for each in named for place in range(*each.span)}
    others = [
        Candidate(span, None, text[slice(*span)].casefold())
        for span in undeclared(text)
        if taken.isdisjoint(range(*span))
    ]
    return sorted([*named, *others], key=lambda each: each.span)


def _in_reach(text: str, pronoun: Pronoun, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The last mention of everybody before the pronoun in its paragraph; else who follows in its sentence."""
    start, end = pronoun.span
    paragraph = max(text.rfind("\n\n", 0, start), start - _REACH, 0)
    first, here = (bisect_left(candidates, place, key=_start) for place in (paragraph, start))
    before = {each.key: each for each in candidates[first:here]}
    if before:
        return list(before.values())
    last = bisect_left(candidates, pronoun.sentence.tokens[-1].end, key=_start)
    return list({each.key: each for each in candidates[here:last] if each.span[0] >= end}.values())


def _start(candidate: Candidate) -> int:
    return candidate.span[0]


def _decided(text: str, pronoun: Pronoun, near: Sequence[Candidate]) -> Candidate | Abstention:
    found = _likeliest(text, pronoun, near)
    if found is None or (
        found.person is not None
        and not owns(found.person, pronoun.pronouns)
        and same_gender_said(text, mention=pronoun.span, since=found.span[1])
    ):
        return Abstention(span=pronoun.span, reason=SEVERAL)
    return found


def _likeliest(text: str, pronoun: Pronoun, near: Sequence[Candidate]) -> Candidate | None:
    if len(near) == 1:
        return near[0]
    if not 0 < len(near) <= _MOST:
        return None
    found = resolve(text, mention=pronoun.span, candidates=[each.span for each in near], least=LEAST)
    return None if found.referent is None else near[found.referent]
