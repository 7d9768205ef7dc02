"""Whom English pronouns mean among people who are listed; for who blames a form, and for who changes one.

Both want the same: a form that is nobody else's. So there is one answer for both, and where it is not sure
enough, it says that it doubts.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tongli.core import Person, Span
from tongli.empathy.gender.check.people import declared_sets, named, shown_names, unlisted
from tongli.empathy.gender.check.rivals import bound, is_place, leaning, neopronouns, opening, rival
from tongli.empathy.gender.forms import outside_of, protected
from tongli.empathy.gender.reference import Candidate, resolve
from tongli.empathy.gender.reference.coreference import AFTER, BEFORE, Read
from tongli.knowledge.pronouns import known_sets

LEAST = 0.5
"""Score under which a pronoun is nobody's for the check; above it, .76 are right on GAP, cross-validated."""
MOST_CANDIDATES = 8
"""People near a pronoun who are compared."""
LEAST_AGAINST = 0.9
"""The same where somebody else listed near by declared the form."""
LEAST_OF_SUBJECT = 0.7
"""And where it leans to the subject of its clause (*Ona forgot his coat*) or of the nearest sentence."""
_CLOSE, _BESIDE = 200, 6
"""Code points, and pronouns, within which two that contradict each other are compared."""


@dataclass(frozen=True, slots=True)
class _People:
    """Who may be meant.

    Attributes:
        names: with their person; ``None`` for the unlisted.
        forms: of each listed person, what they declared; ``None`` for nothing.
        named: where each listed person is named.
    """

    names: tuple[tuple[str, int | None], ...]
    forms: tuple[frozenset[str] | None, ...]
    named: tuple[tuple[Span, ...], ...]

    def places(self, *, declared: bool) -> list[Span]:
        """Where those are named who declared something (what they did not is hardly theirs), or nothing."""
        return [
            span
            for forms, spans in zip(self.forms, self.named, strict=True)
            if (forms is not None) is declared
            for span in spans
        ]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whom a pronoun means.

    Attributes:
        person: the listed person, by number; ``None`` for somebody else, or nobody that could be told.
        score: how sure that is.
        doubt: whether it may be a listed person or somebody else: no reason to blame or to change.
    """

    person: int | None
    score: float
    doubt: bool = False


def owners(
    text: str, *, asked: Sequence[Span], people: Sequence[Person], read: Read | None = None
) -> dict[Span, Owner]:
    """Whom each of some pronouns means.

    Args:
        text: English.
        asked: places of the pronouns, in order.
        people: who is listed.
        read: the encoder's tokens.
    """
    who = _people(text, people)
    found: dict[Span, Owner] = {}
    told: dict[Span, Owner] = {}  # without what is quoted, which says nothing of what is not
    outside = outside_of(protected(text))
    for span in asked:
        one, free = _resolved(text, span, who, read), outside(span)
        if one.person is not None and _went_on(text, span, one.person, who, told if free else found):
            one = Owner(None, one.score, doubt=True)
        found[span] = one
        if free:
            told[span] = one
    for index, span in enumerate(asked):
        beside = asked[max(0, index - _BESIDE) : index + _BESIDE + 1]
        if _contradicted(text, span, {at: found[at] for at in beside}):
            found[span] = _another(text, span, who, found[span], read)
    return found


def _another(text: str, span: Span, who: _People, one: Owner, read: Read | None) -> Owner:
    """Who is meant if not the one who is called otherwise beside it: *Ben saw Kim. He waved at her*."""
    if one.person is not None and text[slice(*span)].lower() in (who.forms[one.person] or ()):
        return replace(one, doubt=True)
    others = tuple(item for item in who.names if item[1] != one.person)
    second = _resolved(text, span, replace(who, names=others), read)
    listed = second.person is not None and not second.doubt
    return second if listed else replace(one, doubt=True)


def _resolved(text: str, span: Span, who: _People, read: Read | None) -> Owner:
    """The listed person that a pronoun points to, as far as it can be told by itself."""
    candidates, persons = _near(text, span, who)
    if not candidates:
        return Owner(None, 0.0)
    found = resolve(text, mention=span, candidates=candidates, least=LEAST, read=read)
    tied = _tied(text, span, who)
    owner = tied if tied is not None else None if found.referent is None else persons[found.referent]
    form = text[slice(*span)].lower()
    if tied is not None:
        return Owner(owner, max(found.score, LEAST_AGAINST))
    if owner is None:
        return Owner(None, found.score, doubt=found.referent is None and found.score > 0)
    if who.forms[owner] is None or form in (who.forms[owner] or ()):
        return Owner(owner, found.score)
    blamed = not _fits_another(
        text, span, who, candidates, persons, owner=owner, score=found.score, leans=read is None
    )
    sure = found.score >= LEAST_AGAINST
    names_from = max(0, _last(who.named[owner], span)) if sure else 0
    own, others = who.places(declared=True), who.places(declared=False)
    blamed = blamed and not rival(text, span, own=own, others=others, names_from=names_from)
    return Owner(owner if blamed else None, found.score, doubt=not blamed)


def _fits_another(
    text: str,
    span: Span,
    who: _People,
    candidates: Sequence[Candidate],
    persons: Sequence[int | None],
    *,
    owner: int,
    score: float,
    leans: bool,
) -> bool:
    """Whether somebody else near by declared the form, and it is not surely the owner's all the same.

    Places in a clause lower what is wanted only where the encoder was not asked: its scores know them.
    """
    form = text[slice(*span)].lower()
    others = [
        other
        for name, other in zip(candidates, persons, strict=True)
        if other is not None and form in (who.forms[other] or ()) and _can_be_meant(text, span, name)
    ]
    if not others or form in neopronouns():
        return bool(others)
    own, theirs = who.named[owner], [place for other in others for place in who.named[other]]
    forms = who.forms[owner] or frozenset()
    if leans and (leaning(text, span, own=own) or opening(text, span, own=own, others=theirs, forms=forms)):
        return score < LEAST_OF_SUBJECT
    return score < LEAST_AGAINST or _last(theirs, span) > _last(own, span)


def _can_be_meant(text: str, span: Span, candidate: Candidate) -> bool:
    """Whether grammar lets a form mean somebody: not in *Filip covers for him*."""
    return resolve(text, mention=span, candidates=[candidate]).score > 0


def _last(places: Sequence[Span], span: Span) -> int:
    """Where somebody was last named before a place; -1 for nowhere."""
    return max((start for start, _ in places if start < span[0]), default=-1)


def _went_on(text: str, span: Span, owner: int, who: _People, before: Mapping[Span, Owner]) -> bool:
    """Whether a form of the set, since the owner was last named, was somebody else's: *Ona saw him. He …*."""
    form = text[slice(*span)].lower()
    forms = who.forms[owner]
    if forms is None or form in forms or _tied(text, span, who) == owner:
        return False
    named = _last(who.named[owner], span)
    return any(
        place[0] > named and other.person != owner and _sets_of(form) & _sets_of(text[slice(*place)].lower())
        for place, other in before.items()
    )


def _tied(text: str, span: Span, who: _People) -> int | None:
    """Whose form it is by grammar alone: *Ona hurt herself*."""
    return next((index for index, own in enumerate(who.named) if bound(text, span, own=own)), None)


def _contradicted(text: str, span: Span, places: Mapping[Span, Owner]) -> bool:
    """Whether a pronoun of another set points to the same person more surely, close by."""
    one = places[span]
    own = _sets_of(text[slice(*span)].lower())
    return one.person is not None and any(
        other.person == one.person
        and other.score > one.score
        and not own & _sets_of(text[slice(*place)].lower())
        for place, other in places.items()
        if abs(place[0] - span[0]) < _CLOSE
        and "." not in text[min(place[1], span[1]) : max(place[0], span[0])]
    )


@cache
def _usual_forms() -> frozenset[str]:
    """Forms of *he*, *she* and *they*: of other sets, some are names (*Per*, *Em*)."""
    return frozenset(
        form for item in known_sets() if item.subject in {"he", "she", "they"} for form in item.forms()
    )


@cache
def _sets_of(form: str) -> frozenset[str]:
    return frozenset(item.subject for item in known_sets() if form in item.forms())


def _people(text: str, people: Sequence[Person]) -> _People:
    """Everybody in a text; a person is also whom a name means that they no longer go by."""
    former = {old.name: index for index, person in enumerate(people) for old in person.former_names}
    listed = [(name, index) for index, person in enumerate(people) for name in shown_names(person)]
    listed += former.items()
    known = {name for name, _ in listed}
    others = [
        (name, None)
        for name in unlisted(text, lang="en")
        if name not in known and not is_place(text, name) and not _no_name(name, known)
    ]
    gone = named(text, people=(), others=former)
    places = sorted(
        [
            *((item.span, item.person) for item in named(text, people=people)),
            *((item.span, former[item.name]) for item in gone),
        ]
    )
    return _People(
        (*listed, *others),
        tuple(_forms(person) for person in people),
        tuple(tuple(span for span, person in places if person == index) for index in range(len(people))),
    )


def _no_name(name: str, known: Collection[str]) -> bool:
    """Whether capitals are a pronoun in capitals, or those of a listed name before a verb: *Kim wrote: …*."""
    if name.isupper() and name.casefold() in _usual_forms():
        return True
    first, _, rest = name.partition(" ")
    begun = (first,) if first.casefold() in _usual_forms() else known  # "He or she said: …"
    return bool(rest) and any(name.startswith(f"{each} ") and name[len(each) + 1].islower() for each in begun)


def _forms(person: Person) -> frozenset[str] | None:
    sets = declared_sets(person, "en")
    return None if sets is None else frozenset(form for item in sets for form in item.forms())


def _near(text: str, span: Span, who: _People) -> tuple[list[Candidate], list[int | None]]:
    """Candidates around a pronoun, the nearest first; the longest name of each listed person."""
    low, high = max(0, span[0] - BEFORE), span[1] + AFTER
    found: dict[str | int, tuple[int, str, int | None]] = {}
    for name, index in who.names:
        at = text.rfind(name, low, span[0])
        at = text.find(name, span[1], high) if at < 0 else at
        if at >= 0:
            key = name if index is None else index
            far, known, _ = found.get(key, (abs(span[0] - at), name, index))
            found[key] = (min(far, abs(span[0] - at)), max(name, known, key=len), index)
    kept = sorted(found.values(), key=lambda item: (item[0], item[1]))[:MOST_CANDIDATES]
    return [name for _, name, _ in kept], [index for _, _, index in kept]
