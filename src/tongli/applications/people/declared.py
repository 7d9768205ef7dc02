"""From plain data to people."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, get_args

from tongli.core import Address, Agreement, ConfigError, FormerName, Person, Register, shorten

_WHOLE = ("name", "given", "family", "title", "locale", "register", "generation", "domain")
_PER_LANGUAGE = ("pronouns", "agreement", "address", "titles", "first_person", "kinship")
_NESTED = ("lang", "other_names", "former_names", "audiences")
KEYS = (*_WHOLE, *_PER_LANGUAGE, *_NESTED)
"""What may be declared of a person."""

_FORMER = ("name", "since", "until", "audiences")
_CHOICES = {
    "register": get_args(Register),
    "agreement": get_args(Agreement),
    "address": get_args(Address),
}


def person_from(data: Mapping[str, Any], *, lang: str | None = None) -> Person:
    """A person from a mapping with the fields of ``Person``.

    ``pronouns``, ``agreement``, ``address``, ``titles``, ``first_person`` and ``kinship`` may name a
    language, nested or after a dot. Without one they hold for the mapping's own ``lang``; where it has
    none, pronouns, first-person style and kinship words hold for ``lang``, English by default, and the others
    everywhere.

    Args:
        data: keys and values as in a TOML table or a JSON object.
        lang: language of the text that the person appears in.

    Raises:
        ConfigError: ``person.key``, ``person.value``, ``person.contradiction``; none repeats a declaration.
        InputError: from the pronouns and the locale.
    """
    own = _string("lang", data["lang"]) if "lang" in data else None
    fields: dict[str, Any] = {}
    for key, value in _flat(data):
        name, _, tag = key.partition(".")
        if name in _WHOLE and not tag:
            fields[name] = _string(name, value)
        elif name in _PER_LANGUAGE:
            declared = fields.setdefault(name, {})
            tags = (_tag(tag),) if tag else _everywhere(name, own=own, lang=lang)
            for each in tags:
                if tag or each not in declared:
                    place, read = _declared(name, value, each, guessed=own is None and not tag)
                    declared[place] = read
        elif name not in _NESTED or tag:
            raise _unknown(key)
    if fields.get("locale"):
        _tag(fields["locale"])
    person = Person(
        **fields,
        other_names=_strings("other_names", data.get("other_names", ())),
        former_names=_former_names(data.get("former_names", ())),
        audiences=_audiences(data.get("audiences", {}), lang=own or lang),
    )
    _agree(person)
    return person


def people_from(data: Any, *, lang: str | None = None) -> tuple[Person, ...]:
    """People from a list of mappings, or from one mapping of names to what else they declare.

    Raises:
        ConfigError: ``people.list``, ``people.name``, ``people.same-name``; as :func:`person_from`.
        InputError: as :func:`person_from`.
    """
    if isinstance(data, Mapping) and all(isinstance(value, Mapping) for value in data.values()):
        data = [{"name": name, **value} for name, value in data.items()]
    if not isinstance(data, list) or not all(isinstance(item, Mapping) for item in data):
        raise ConfigError(
            "people.list",
            received=f"people as a {type(data).__name__}",
            allowed='a list of objects such as {"name": "Robin", "pronouns": "they/them"}',
            fix="Put every person into an object of their own.",
        )
    people = tuple(person_from(item, lang=lang) for item in data)
    _told_apart(people)
    return people


def named(person: Person) -> Person:
    """The person, if they have a name; raises ``ConfigError`` (``people.name``)."""
    if key_of(person):
        return person
    raise ConfigError(
        "people.name",
        received="a person without a name",
        allowed="a name, as it stands in the text",
        fix="Give every person a name.",
    )


def key_of(person: Person | str) -> str:
    """A name without what tells nobody apart: capitals, spaces, ways to encode an accent."""
    if isinstance(person, Person):
        person = person.name or " ".join(filter(None, (person.given, person.family)))
    return unicodedata.normalize("NFC", " ".join(person.split()).casefold())


def _told_apart(people: Iterable[Person]) -> None:
    seen: set[str] = set()
    for number, person in enumerate(map(named, people), 1):
        if key_of(person) in seen:
            raise ConfigError(
                "people.same-name",
                received=f"person {number} with the name of another one",
                allowed="people whose names differ",
                fix="Add what tells them apart in the text, such as the family name.",
            )
        seen.add(key_of(person))


def _agree(person: Person) -> None:
    """A name cannot be current and gone, nor end before it begins."""
    current = {key_of(name) for name in (person.name, *person.other_names) if name}
    for former in person.former_names:
        backwards = former.since and former.until and former.since > former.until
        if key_of(former.name) in current or backwards:
            raise ConfigError(
                "person.contradiction",
                received="a former name that ends before it begins"
                if backwards
                else "a name that is both current and former",
                allowed="a profile without contradictions",
                fix="Correct the name or its dates.",
            )


def _flat(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """``{"address": {"de": "informal"}}`` as ``("address.de", "informal")``."""
    found: list[tuple[str, Any]] = []
    for key, value in data.items():
        if key == "kinship" and isinstance(value, Mapping) and not _by_language(value):
            found.append((key, value))
        elif isinstance(value, Mapping) and key not in _NESTED:
            found.extend((f"{key}.{lang}", inner) for lang, inner in value.items())
        else:
            found.append((key, value))
    return found


def _by_language(value: Mapping[str, Any]) -> bool:
    return any(isinstance(inner, Mapping) for inner in value.values())


def _declared(name: str, value: Any, tag: str, *, guessed: bool) -> tuple[str, Any]:
    """The language that a declaration is for, and what it says."""
    if name == "kinship":
        return tag, _words(name, value)
    text = _string(name, value)
    if name != "pronouns":
        return tag, text
    from tongli.knowledge.pronouns import known_short_form, parse_pronouns

    if guessed and "/" in text and known_short_form(text):
        tag = "en"
    return tag, parse_pronouns(text, lang=tag)


def _former_names(value: Any) -> tuple[FormerName, ...]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise _bad("former_names", "a list of names, or of tables with " + ", ".join(_FORMER))
    return tuple(_former_name(item) for item in value)


def _former_name(item: Any) -> FormerName:
    if isinstance(item, str) and item.strip():
        return FormerName(name=item)
    if not isinstance(item, Mapping) or not item.get("name") or not set(item) <= set(_FORMER):
        raise _bad("former_names", "a list of names, or of tables with " + ", ".join(_FORMER))
    period = {key: str(item[key]) for key in ("since", "until") if item.get(key) is not None}
    return FormerName(
        name=_string("former_names", item["name"]),
        audiences=_strings("former_names", item.get("audiences", ())),
        **period,
    )


def _audiences(value: Any, *, lang: str | None) -> dict[str, Person]:
    if not isinstance(value, Mapping) or not all(isinstance(inner, Mapping) for inner in value.values()):
        raise _bad("audiences", "a table of profiles by audience")
    if any("audiences" in inner for inner in value.values()):
        raise _bad("audiences", "profiles without audiences of their own")
    return {str(name): person_from(inner, lang=lang) for name, inner in value.items()}


def _words(name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise _bad(name, "a table of words")
    return {str(word): _string(name, wanted) for word, wanted in value.items()}


def _strings(name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, (list, tuple)) and all(isinstance(item, str) and item.strip() for item in value):
        return tuple(value)
    raise _bad(name, "a list of strings")


def _string(name: str, value: Any) -> str:
    choices = _CHOICES.get(name)
    if isinstance(value, str) and (choices is None or value in choices):
        return value
    raise _bad(name, " or ".join(choices) if choices else "a string")


def _bad(name: str, allowed: str) -> ConfigError:
    return ConfigError(
        "person.value",
        received=f"a value of {name} that is not allowed",
        allowed=allowed,
        fix=f"Correct {name}, or leave it out: unknown is fine.",
    )


def _tag(tag: str) -> str:
    from tongli.knowledge.tags import fallbacks

    return fallbacks(tag)[0]


def _everywhere(name: str, *, own: str | None, lang: str | None) -> tuple[str, ...]:
    from tongli.knowledge.locales import languages

    if own is not None:
        return (_tag(own),)
    if name in ("agreement", "address", "titles"):
        return languages()
    return (_tag(lang or "en"),)


def _unknown(key: str) -> ConfigError:
    return ConfigError(
        "person.key",
        received=f"the key {shorten(key)}",
        allowed=", ".join(KEYS) + "; some also with a language, as in address.de",
        fix="Correct the key; write key=value pairs with ; between them.",
    )
