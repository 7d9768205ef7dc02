"""What the lines of every gender job have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tongli.applications.each_line import Outcome
from tongli.applications.jsonl import Line
from tongli.applications.people import people_from
from tongli.applications.records import Failure, read_id, read_object
from tongli.core import ConfigError, InputError, Person
from tongli.empathy.gender.rules import Abstention


def outcome(line: Line, *, max_bytes: int, of: Callable[[dict[str, Any]], dict[str, Any]]) -> Outcome:
    """What a job makes of a line's object, with the line's id first, or why it cannot be used."""
    identity = None
    try:
        record = read_object(line.raw, max_bytes=max_bytes)
        identity = read_id(record)
        return {"id": identity, **of(record)}
    except (InputError, ConfigError) as error:
        return Failure(line=line.number, id=identity, error=error.to_dict())


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
