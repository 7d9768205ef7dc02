"""What choices offer: languages, places and people, by the names that the visitor knows."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from tongli.core import ConfigError, StorageError
from tongli.knowledge import tags
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.locales import babel_locale
from tongli.serving.studio.visit import Visit
from tongli.serving.studio.words import Tag, Words


def languages(words: Words) -> dict[str, str]:
    """BCP-47 tag → name, of the languages that something is known about, by name."""
    return _named(words.tag, KNOWN.languages)


def audiences(words: Words) -> dict[str, str]:
    """BCP-47 tag → name, of the places that something is known about, by name."""
    return _named(words.tag, KNOWN.audiences)


def locales(words: Words) -> dict[str, str]:
    """The same, told apart from people by ``locale:``."""
    return {f"locale:{tag}": name for tag, name in audiences(words).items()}


def people_names(visit: Visit) -> dict[str, str]:
    """Names of the people who declared themselves; nobody where the store cannot be read."""
    try:
        found = visit.people.all()
    except (ConfigError, StorageError):  # told on the page about people
        return {}
    names = [person.name or " ".join(filter(None, (person.given, person.family))) for person in found]
    return {name: name for name in names}


@cache
def _names(tag: Tag, wanted: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    locale = babel_locale(tag)
    named = []
    for each in wanted:
        language, _, region = tags.maximal(each)
        name = locale.languages.get(language, each)
        place = locale.territories.get(region) if tags.has_region(each) else None
        named.append((each, f"{name} ({place})" if place else name))
    return tuple(sorted(named, key=lambda item: item[1].casefold()))


def _named(tag: Tag, wanted: Iterable[str]) -> dict[str, str]:
    return dict(_names(tag, tuple(wanted)))
