"""What a person declared for English."""

from __future__ import annotations

from tongli.core import Agreement, Person, PronounSet
from tongli.empathy.reply import declared_for


def pronoun_sets(person: Person) -> tuple[PronounSet, ...] | None:
    """Sets in order of preference; empty for "name only", ``None`` when undeclared."""
    return declared_for("en", person.pronouns)


def owns(person: Person, pronouns: PronounSet) -> bool:
    """Whether a set is among those that a person declared."""
    wanted = tuple(form.casefold() for form in pronouns.forms())[:3]
    return any(
        tuple(form.casefold() for form in each.forms())[:3] == wanted for each in pronoun_sets(person) or ()
    )


def title(person: Person) -> str | None:
    """The declared title; empty for "no title", ``None`` when undeclared."""
    found = declared_for("en", person.titles)
    return person.title if found is None else found


def agreement(person: Person) -> Agreement | None:
    """Which of a pair of nouns the person wants."""
    return declared_for("en", person.agreement)


def kinship(person: Person, neutral: str) -> str | None:
    """The declared word for a neutral one ("parent" → "mother")."""
    return (declared_for("en", person.kinship) or {}).get(neutral)
