"""People as they are declared on the command line, in files and in mailboxes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from tongli.applications.jsonl import read_start
from tongli.core import Address, Agreement, ConfigError, Person, Register, shorten

_MAX_BYTES = 1 << 20

_WHOLE = ("name", "given", "family", "title", "locale", "register", "generation", "domain")
_PER_LANGUAGE = ("pronouns", "agreement", "address")
_CHOICES = {
    "register": get_args(Register),
    "agreement": get_args(Agreement),
    "address": get_args(Address),
}


def parse_person(value: str | None) -> Person:
    """A person from a name, ``key=value;key=value``, or the path of a TOML or JSON file.

    ``pronouns``, ``agreement`` and ``address`` may name a language: ``address.de=informal``. Without one,
    pronouns are English and the other two hold in every language.

    >>> parse_person("Ana Souza").name
    'Ana Souza'

    Raises:
        ConfigError: ``person.key``, ``person.value``, ``person.file``; none repeats a declaration.
        InputError: ``input.missing``, ``input.directory``; from the pronouns and the locale.
    """
    if value is None or not value.strip():
        return Person()
    if "=" not in value:
        a_file = Path(value).suffix.lower() in {".toml", ".json"}
        return person_from(_load(value)) if a_file else Person(name=value.strip())
    pairs = (part.partition("=") for part in value.split(";") if part.strip())
    return person_from({key.strip(): text.strip() for key, _, text in pairs})


def person_from(data: Mapping[str, Any]) -> Person:
    """A person from a mapping with the fields of ``Person``; raises like :func:`parse_person`."""
    fields: dict[str, Any] = {}
    for key, value in _flat(data):
        name, _, lang = key.partition(".")
        if name in _WHOLE and not lang:
            fields[name] = _chosen(name, value)
        elif name in _PER_LANGUAGE:
            declared = fields.setdefault(name, {})
            for tag in (_tag(lang),) if lang else _everywhere(name):
                if lang or tag not in declared:
                    declared[tag] = _declared(name, value)
        else:
            raise _unknown(key)
    if fields.get("locale"):
        _tag(fields["locale"])
    return Person(**fields)


def _load(path: str) -> Mapping[str, Any]:
    text = read_start(path, limit=_MAX_BYTES)
    try:
        data = tomllib.loads(text.decode()) if path.lower().endswith(".toml") else json.loads(text.decode())
    except ValueError:
        data = None
    if isinstance(data, dict):
        return data
    raise ConfigError(
        "person.file",
        received=f"{path}, which does not hold one person",
        allowed="a TOML table or a JSON object in UTF-8",
        fix=f"Use the keys {', '.join((*_WHOLE, *_PER_LANGUAGE))}.",
    )


def _flat(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """``{"address": {"de": "informal"}}`` as ``("address.de", "informal")``."""
    found: list[tuple[str, Any]] = []
    for key, value in data.items():
        if isinstance(value, Mapping):
            found.extend((f"{key}.{lang}", inner) for lang, inner in value.items())
        else:
            found.append((key, value))
    return found


def _declared(name: str, value: Any) -> Any:
    if name != "pronouns":
        return _chosen(name, value)
    from tongli.knowledge.pronouns import parse_pronouns

    return parse_pronouns(_chosen(name, value))


def _chosen(name: str, value: Any) -> str:
    choices = _CHOICES.get(name)
    if isinstance(value, str) and (choices is None or value in choices):
        return value
    raise ConfigError(
        "person.value",
        received=f"a value of {name} that is not allowed",
        allowed=" or ".join(choices) if choices else "a string",
        fix=f"Correct {name}, or leave it out: unknown is fine.",
    )


def _tag(tag: str) -> str:
    from tongli.knowledge.tags import fallbacks

    return fallbacks(tag)[0]


def _everywhere(name: str) -> tuple[str, ...]:
    from tongli.knowledge.locales import languages

    return ("en",) if name == "pronouns" else languages()


def _unknown(key: str) -> ConfigError:
    return ConfigError(
        "person.key",
        received=f"the key {shorten(key)}",
        allowed=", ".join((*_WHOLE, *_PER_LANGUAGE))
        + "; the last three also with a language, as in address.de",
        fix="Correct the key; write key=value pairs with ; between them.",
    )
