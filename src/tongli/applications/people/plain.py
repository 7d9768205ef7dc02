"""From people to plain data, which :func:`tongli.applications.people.person_from` reads back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tongli.core import FormerName, Person, PronounSet


def plain(person: Person) -> dict[str, Any]:
    """All that a person declared, as JSON and TOML can hold it; what is unknown is left out."""
    data: dict[str, Any] = {}
    for field in fields(Person):
        value = getattr(person, field.name)
        if value is None or (value in ((), {}) and field.name != "pronouns"):
            continue
        data[field.name] = _plain(field.name, value)
    return {name: value for name, value in data.items() if value != {}}


def _plain(name: str, value: Any) -> Any:
    if name == "pronouns":
        return {lang: ", ".join(map(_spelled_out, sets)) or "none" for lang, sets in value.items()}
    if name == "former_names":
        return [_former(former) for former in value]
    if name == "audiences":
        return {audience: plain(person) for audience, person in value.items()}
    if name == "kinship":
        return {lang: dict(words) for lang, words in value.items()}
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _spelled_out(pronouns: PronounSet) -> str:
    return "/".join(pronouns.declared or pronouns.forms())


def _former(former: FormerName) -> dict[str, Any]:
    data = {
        "name": former.name,
        "since": former.since,
        "until": former.until,
        "audiences": list(former.audiences),
    }
    return {key: value for key, value in data.items() if value}
