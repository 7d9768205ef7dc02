"""English pronouns with the person each points to, against what that person declared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tongli.core import Edit, Person, PronounSet, Span
from tongli.empathy.gender.check.finding import Finding, finding, fix
from tongli.empathy.gender.check.owners import owners
from tongli.empathy.gender.check.people import declared_sets, shown_names
from tongli.empathy.gender.check.rivals import neopronouns
from tongli.empathy.gender.forms import like
from tongli.empathy.gender.reference.coreference import Read
from tongli.knowledge.pronouns import known_sets

RULE = "gender.pronoun"

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
    words = _gendered_words(tuple(people))
    fitting = _fitting(text, people)
    asked = [match.span() for match in _WORD.finditer(text) if match[0].lower() in words]
    for span, owner in owners(text, asked=asked, people=people, read=read).items():
        if owner.person is None:
            if everyone and text[slice(*span)].lower() in _he_and_she() - fitting:
                yield _assumed(text, span, score=max(0.5, owner.score))
        elif not owner.doubt:
            yield from _judged(text, span, people[owner.person], score=owner.score)


def _fitting(text: str, people: Sequence[Person]) -> frozenset[str]:
    """Forms that fit somebody who is named and has declared them: these are hardly an assumption."""
    return frozenset(
        form
        for person in people
        if any(name in text for name in shown_names(person))
        for item in declared_sets(person, "en") or ()
        for form in item.forms()
    )


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
