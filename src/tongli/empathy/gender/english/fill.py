"""The form of a person's pronouns that belongs where a text says ``[MASK]``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongli.core import InputError, Person, PronounSet, Span
from tongli.empathy.gender.binding import SEVERAL, mentions
from tongli.empathy.gender.english.declared import pronoun_sets
from tongli.empathy.gender.english.masked import MASK, slot_of
from tongli.empathy.gender.english.named import GRAMMAR, by_name
from tongli.empathy.gender.english.tokens import Token, sentences, tokenise
from tongli.empathy.gender.reference import resolve
from tongli.empathy.gender.rules import Abstention

_LEAST = 0.5
_PROBE = "she"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A text without its empty place.

    Attributes:
        text: the text with the form; ``None`` when abstained.
        abstained: why, for the place.
    """

    text: str | None
    abstained: tuple[Abstention, ...] = ()


def fill(text: str, *, people: Sequence[Person]) -> Filled:
    """Put a declared form where the text says ``[MASK]``; verbs stay as they are.

    Args:
        text: English, with one ``[MASK]``.
        people: who it may be about; of several, the one that the text points to.

    Raises:
        InputError: ``gender.mask`` unless there is exactly one ``[MASK]``.
    """
    if text.count(MASK) != 1:
        raise InputError(
            "gender.mask",
            received=f"{text.count(MASK)} times {MASK}",
            allowed="once",
            fix=f"Write one {MASK} where the form belongs.",
        )
    start = text.index(MASK)
    span = (start, start + len(MASK))
    person = _meant(text, span, people)
    sets = None if person is None else pronoun_sets(person)
    if person is None or sets is None:
        nobody = "nobody is listed" if not people else SEVERAL
        reason = nobody if person is None else "the person declared no pronouns"
        return Filled(text=None, abstained=(Abstention(span=span, reason=reason),))
    chosen = sets[0] if sets else by_name(person)
    if chosen is None:
        return Filled(text=None, abstained=(Abstention(span=span, reason="the person has no name to use"),))
    return Filled(text=text[: span[0]] + _form(text, span, person, chosen) + text[span[1] :])


def _meant(text: str, place: Span, people: Sequence[Person]) -> Person | None:
    """The only person, the only one named, or whom the reference model points to."""
    if len(people) < 2:
        return people[0] if people else None
    named = mentions(text, people, GRAMMAR)
    found = {id(person): person for _, person in named}
    if len(found) == 1:
        return next(iter(found.values()))
    probe = text[: place[0]] + _PROBE + text[place[1] :]
    before = [(span, person) for span, person in named if span[1] <= place[0]]
    last = {id(person): (span, person) for span, person in before}
    if len(last) == 1:
        return next(iter(last.values()))[1]
    if not last:
        return None
    choices = list(last.values())
    chosen = resolve(
        probe,
        mention=(place[0], place[0] + len(_PROBE)),
        candidates=[span for span, _ in choices],
        least=_LEAST,
    )
    return None if chosen.referent is None else choices[chosen.referent][1]


def _form(text: str, span: Span, person: Person, pronouns: PronounSet) -> str:
    run, at = _run(text, span)
    start = run[0].start
    slot = slot_of(run, at, own=_own(person), before=text[:start].lower())
    form: str = getattr(pronouns, slot)
    words = [token for token in run if token.is_word and token.text != MASK]
    if len(words) > 1 and all(token.text.isupper() for token in words):
        return form.upper()
    first = all(not token.is_word for token in run[:at])
    return form[:1].upper() + form[1:] if first else form


def _run(text: str, span: Span) -> tuple[Sequence[Token], int]:
    for run in sentences(text, tokenise(text)):
        for at, token in enumerate(run):
            if token.start == span[0]:
                return run, at
    raise AssertionError("the place is a token")


def _own(person: Person) -> frozenset[str]:
    """Words that mean the person: parts of their names, and the subject forms they declared."""
    names = " ".join(filter(None, (person.name, person.given, person.family, *person.other_names)))
    return frozenset(names.lower().split()) | {each.subject.casefold() for each in pronoun_sets(person) or ()}
