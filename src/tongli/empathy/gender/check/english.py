"""English pronouns with the person each points to, against what that person declared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tongli.core import Edit, Person, PronounSet, Span
from tongli.empathy.gender.check.finding import Finding, finding, fix
from tongli.empathy.gender.check.people import declared_sets, named, shown_names, unlisted
from tongli.empathy.gender.check.rivals import bound, is_place, leaning, neopronouns, opening, rival
from tongli.empathy.gender.forms import like
from tongli.empathy.gender.reference import Candidate, resolve
from tongli.empathy.gender.reference.coreference import AFTER, BEFORE, Read
from tongli.knowledge.pronouns import known_sets

RULE = "gender.pronoun"
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

_WORD = re.compile(r"[^\W\d_]+")
_VERB = re.compile(r"(\s+)(is|was|has|does|are|were|have|do)\b")
_TO_PLURAL = {"is": "are", "was": "were", "has": "have", "does": "do"}
_TO_SINGULAR = {plural: singular for singular, plural in _TO_PLURAL.items()}
_SAME_VERB = re.compile(
    r"\s+(?:\w+ed|will|would|can|could|may|might|must|should|had|did|said|went|came|took|made)\b"
)
_AFTER_OBJECT = re.compile(
    r"\s*(?:$|[^\w\s]|(?:and|or|but|to|in|on|at|by|with|from|for|when|while|as|that|into|about)\b)"
)


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

    def declared(self) -> list[Span]:
        """Where those are named who declared something: what they did not declare is hardly theirs."""
        return [
            span
            for forms, spans in zip(self.forms, self.named, strict=True)
            if forms is not None
            for span in spans
        ]


def pronouns(
    text: str, *, people: Sequence[Person], everyone: bool, read: Read | None = None
) -> Iterator[Finding]:
    """Findings on *he*, *she*, neopronouns and, of people who did not declare it, *it* forms never.

    *They* forms are left alone: too often they mean several people.

    Args:
        text: English.
        people: who is listed.
        everyone: whether forms of people who are not listed are assumptions.
        read: the encoder's tokens.
    """
    who = _people(text, people)
    words = _gendered_words(tuple(people))
    fitting = _fitting(text, people)
    asked = [match.span() for match in _WORD.finditer(text) if match[0].lower() in words]
    places: dict[Span, tuple[int | None, float]] = {}
    for span in asked:
        owner, score = _resolved(text, span, who, read)
        others = owner is not None and _went_on(text, span, owner, who, places)
        places[span] = (None if others else owner), score
    for index, span in enumerate(asked):
        owner, score = places[span]
        beside = {other: places[other] for other in asked[max(0, index - _BESIDE) : index + _BESIDE + 1]}
        if owner is not None and not _contradicted(text, span, beside):
            yield from _judged(text, span, people[owner], score=score)
        elif owner is None and everyone and text[slice(*span)].lower() in _he_and_she() - fitting:
            yield _assumed(text, span, score=max(0.5, score))


def _resolved(text: str, span: Span, who: _People, read: Read | None) -> tuple[int | None, float]:
    """The listed person that a pronoun points to, ``None`` for somebody else, and how sure that is."""
    candidates, owners = _near(text, span, who)
    if not candidates:
        return None, 0.0
    found = resolve(text, mention=span, candidates=candidates, least=LEAST, read=read)
    tied = _tied(text, span, who)
    owner = tied if tied is not None else None if found.referent is None else owners[found.referent]
    form = text[slice(*span)].lower()
    if owner is None or tied is not None or who.forms[owner] is None or form in (who.forms[owner] or ()):
        return owner, max(found.score, LEAST_AGAINST) if tied is not None else found.score
    blamed = not _fits_another(
        text, span, who, candidates, owners, owner=owner, score=found.score, leans=read is None
    )
    sure = found.score >= LEAST_AGAINST
    names_from = max(0, _last(who.named[owner], span)) if sure else 0
    blamed = blamed and not rival(text, span, own=who.declared(), names_from=names_from)
    return (owner if blamed else None), found.score


def _fits_another(
    text: str,
    span: Span,
    who: _People,
    candidates: Sequence[Candidate],
    owners: Sequence[int | None],
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
        for name, other in zip(candidates, owners, strict=True)
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


def _went_on(
    text: str, span: Span, owner: int, who: _People, before: Mapping[Span, tuple[int | None, float]]
) -> bool:
    """Whether a form of the set, since the owner was last named, was somebody else's: *Ona saw him. He …*."""
    form = text[slice(*span)].lower()
    forms = who.forms[owner]
    if forms is None or form in forms or _tied(text, span, who) == owner:
        return False
    named = _last(who.named[owner], span)
    return any(
        place[0] > named and other != owner and _sets_of(form) & _sets_of(text[slice(*place)].lower())
        for place, (other, _) in before.items()
    )


def _tied(text: str, span: Span, who: _People) -> int | None:
    """Whose form it is by grammar alone: *Ona hurt herself*."""
    return next((index for index, own in enumerate(who.named) if bound(text, span, own=own)), None)


def _fitting(text: str, people: Sequence[Person]) -> frozenset[str]:
    """Forms that fit somebody who is named and has declared them: these are hardly an assumption."""
    return frozenset(
        form
        for person in people
        if any(name in text for name in shown_names(person))
        for item in declared_sets(person, "en") or ()
        for form in item.forms()
    )


def _contradicted(text: str, span: Span, places: Mapping[Span, tuple[int | None, float]]) -> bool:
    """Whether a pronoun of another set points to the same person more surely, close by."""
    owner, score = places[span]
    own = _sets_of(text[slice(*span)].lower())
    return any(
        other == owner and more > score and not own & _sets_of(text[slice(*place)].lower())
        for place, (other, more) in places.items()
        if abs(place[0] - span[0]) < _CLOSE
        and "." not in text[min(place[1], span[1]) : max(place[0], span[0])]
    )


@cache
def _sets_of(form: str) -> frozenset[str]:
    return frozenset(item.subject for item in known_sets() if form in item.forms())


def _judged(text: str, span: Span, person: Person, *, score: float) -> Iterator[Finding]:
    """A pronoun of a listed person."""
    sets = declared_sets(person, "en")
    word = text[slice(*span)].lower()
    if sets is None:
        if word in _he_and_she():
            yield _assumed(text, span, score=score)
    elif not any(word in item.forms() for item in sets):
        reason = "not among the declared pronouns of the person it points to"
        yield finding(
            "misgendering", span, score=score, reason=reason, rule=RULE, edit=_fixed(text, span, person, sets)
        )


def _assumed(text: str, span: Span, *, score: float) -> Finding:
    they = next(item for item in known_sets() if item.subject == "they")
    reason = "nobody has declared these pronouns"
    return finding(
        "assumption",
        span,
        score=score,
        reason=reason,
        rule=RULE,
        edit=_swapped(text, span, they, reason="fits everybody"),
    )


def _fixed(text: str, span: Span, person: Person, sets: Sequence[PronounSet]) -> Edit | None:
    if sets:
        return _swapped(text, span, sets[0], reason="as declared")
    if person.name is None:
        return None
    name = person.given or person.name
    after = f"{name}'s" if _slot(text, span) in {2, 3} else name
    return fix(text, span, after, kind="pronoun", reason="no pronouns are declared", rule=RULE)


def _swapped(text: str, span: Span, to: PronounSet, *, reason: str) -> Edit | None:
    """The same slot of another set, with its verb; ``None`` where the verb cannot be told."""
    slot = _slot(text, span)
    after = like(text[slice(*span)], to.forms()[slot])
    end = span[1]
    if slot == 0 and to.plural_verb != _plural(text, span):
        verb = _VERB.match(text, end)
        forms = _TO_PLURAL if to.plural_verb else _TO_SINGULAR
        if verb is not None and verb[2] in forms:
            after += verb[1] + forms[verb[2]]
            end = verb.end()
        elif not _SAME_VERB.match(text, end):
            return None
    return fix(text, (span[0], end), after, kind="pronoun", reason=reason, rule=RULE)


def _slot(text: str, span: Span) -> int:
    word = text[slice(*span)].lower()
    found = sorted(
        {slot for item in known_sets() for slot, form in enumerate(item.forms()) if form == word} or {0}
    )
    if len(found) == 1:
        return found[0]
    alone = _AFTER_OBJECT.match(text, span[1]) is not None
    if 1 in found and 2 in found:
        return 1 if alone else 2
    return 3 if alone and 3 in found else found[0]


def _plural(text: str, span: Span) -> bool:
    return text[slice(*span)].lower() == "they"


def _people(text: str, people: Sequence[Person]) -> _People:
    listed = [(name, index) for index, person in enumerate(people) for name in shown_names(person)]
    known = {name for name, _ in listed}
    former = {old.name for person in people for old in person.former_names}
    others = [
        (name, None)
        for name in unlisted(text, lang="en")
        if name not in known | former and not is_place(text, name)
    ]
    places = named(text, people=people)
    return _People(
        (*listed, *others),
        tuple(_forms(person) for person in people),
        tuple(tuple(item.span for item in places if item.person == index) for index in range(len(people))),
    )


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


@cache
def _he_and_she() -> frozenset[str]:
    return frozenset(form for item in known_sets() if item.subject in {"he", "she"} for form in item.forms())


def _gendered_words(people: tuple[Person, ...]) -> frozenset[str]:
    """*He* and *she* forms, neopronouns that are no other words, and forms of sets of the listed."""
    used = {
        form
        for person in people
        for item in declared_sets(person, "en") or ()
        if item.subject not in {"they", "it", "one", "co", "hu", "per", "e"}
        for form in item.forms()
    }
    return _he_and_she() | used | (neopronouns() if people else frozenset())
