"""People from the words of a command line, and from TOML and JSON files."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from tongli.applications.jsonl import read_start
from tongli.applications.people.declared import KEYS, people_from, person_from
from tongli.core import ConfigError, Person

_MAX_BYTES = 1 << 20
_LISTS = ("other_names", "former_names")


def parse_person(value: str | None) -> Person:
    """A person from a name, ``key=value;key=value``, or the path of a TOML or JSON file.

    ``pronouns``, ``agreement`` and ``address`` may name a language: ``address.de=informal``. Without one,
    pronouns are English and the other two hold in every language. Several other or former names stand between
    commas.

    >>> parse_person("Ana Souza").name
    'Ana Souza'

    Raises:
        ConfigError: ``person.key``, ``person.value``, ``person.file``, ``person.contradiction``; none repeats
            a declaration.
        InputError: ``input.missing``, ``input.directory``; from the pronouns and the locale.
    """
    if value is None or not value.strip():
        return Person()
    if "=" not in value:
        a_file = Path(value).suffix.lower() in {".toml", ".json"}
        return person_from(_table(value)) if a_file else Person(name=value.strip())
    pairs = (part.partition("=") for part in value.split(";") if part.strip())
    return person_from({key.strip(): _value(key.strip(), text.strip()) for key, _, text in pairs})


def _value(key: str, text: str) -> str | list[str]:
    """What a pair declares: a list, where the key takes one."""
    return [name.strip() for name in text.split(",")] if key in _LISTS else text


def read_people(path: str, *, lang: str | None = None) -> tuple[Person, ...]:
    """People of a file: ``[[people]]`` tables of TOML, or a JSON list, alone or under ``people``.

    Args:
        path: a file whose name ends in ``.toml`` or ``.json``.
        lang: language of the text that the people appear in.

    Raises:
        ConfigError: ``person.file``; as :func:`tongli.applications.people.people_from`.
        InputError: ``input.missing``, ``input.directory``; as ``people_from``.
    """
    data = _data(path)
    if isinstance(data, dict) and "people" in data:
        data = data["people"]
    if isinstance(data, (dict, list)):
        return people_from(data, lang=lang)
    raise _no_person(path)


def _table(path: str) -> dict[str, Any]:
    data = _data(path)
    if isinstance(data, dict):
        return data
    raise _no_person(path)


def _data(path: str) -> Any:
    text = read_start(path, limit=_MAX_BYTES)
    try:
        return tomllib.loads(text.decode()) if path.lower().endswith(".toml") else json.loads(text.decode())
    except (ValueError, RecursionError):
        return None


def _no_person(path: str) -> ConfigError:
    return ConfigError(
        "person.file",
        received=f"{path}, which does not hold what a person declares",
        allowed="a TOML table or a JSON object in UTF-8; for several people, [[people]] tables or a list",
        fix=f"Use the keys {', '.join(KEYS)}.",
    )
