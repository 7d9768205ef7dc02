"""What the lines of every gender job have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tongli.applications.people import people_from
from tongli.core import InputError, Person
from tongli.empathy.gender.rules import Abstention


def declared_people(record: dict[str, Any], *, lang: str) -> tuple[Person, ...]:
    """The ``people`` of an object.

    Raises:
        InputError: ``people.required``; from pronouns.
        ConfigError: as :func:`tongli.applications.people.people_from`.
    """
    if "people" not in record:
        raise InputError(
            "people.required",
            received='no "people"',
            allowed='a list such as [{"name": "Robin", "pronouns": "they/them"}]',
            fix="Tell who the text is about, and what they declare.",
        )
    return people_from(record["people"], lang=lang)


def told(abstained: Iterable[Abstention]) -> list[dict[str, Any]]:
    """Abstentions as plain data."""
    return [{"span": list(item.span), "reason": item.reason} for item in abstained]
