"""CLDR's patterns for names of people, a locale at a time.

The table ``person_names.json.gz`` is built by ``scripts/person_name_table.py`` from the package named in its
field ``source``. A locale holds what differs from the one it inherits from; everything inherits from
``und``.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from tongli.core import ConfigError
from tongli.knowledge import tags
from tongli.knowledge.person_names import Formality, Length, Order, Usage

ROOT = "und"
"""The locale that all others inherit from."""

_CLDR = {"given-first": "givenFirst", "surname-first": "surnameFirst", "sorting": "sorting"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRules:
    """How names are written in one locale.

    Attributes:
        tag: the locale whose rules these are, ``und`` where CLDR knows none.
        given_first, surname_first: languages and locales of names → which part comes first.
        length, formality: what is usual where nothing is asked for.
        native_space, foreign_space: what stands for a blank in names of the same and of other languages.
        initial: pattern of one initial, with ``{0}``.
        initial_sequence: pattern that joins two, with ``{0}`` and ``{1}``.
        patterns: ``order/length/usage/formality`` as CLDR spells them → the patterns to choose from.
    """

    tag: str
    given_first: frozenset[str]
    surname_first: frozenset[str]
    length: Length
    formality: Formality
    native_space: str
    foreign_space: str
    initial: str
    initial_sequence: str
    patterns: Mapping[str, tuple[str, ...]]

    def choices(self, order: Order, *, length: Length, usage: Usage, formality: Formality) -> tuple[str, ...]:
        """The patterns for a style; sorted lists only ever refer to people."""
        known = "referring" if order == "sorting" else usage
        return self.patterns[f"{_CLDR[order]}/{length}/{known}/{formality}"]


@lru_cache(maxsize=256)
def rules(tag: str) -> NameRules:
    """The rules that serve a locale, its own or those that it inherits.

    Raises:
        InputError: ``locale.tag``.
        ConfigError: ``name.table`` for a damaged installation.
    """
    table = _table()
    own = next((item for item in tags.fallbacks(tag) if item in table["locales"]), ROOT)
    found = expand(table["locales"], own)
    texts = table["texts"]
    return NameRules(
        tag=own,
        given_first=frozenset(item.replace("_", "-") for item in found["given_first"]),
        surname_first=frozenset(item.replace("_", "-") for item in found["surname_first"]),
        patterns=MappingProxyType(
            {key: tuple(texts[place] for place in places) for key, places in found["patterns"].items()}
        ),
        **{key: found[key] for key in _PLAIN},
    )


_PLAIN = ("length", "formality", "native_space", "foreign_space", "initial", "initial_sequence")


def source() -> str:
    """Where the patterns come from, as ``package@version``."""
    return str(_table()["source"])


def parent(tag: str, known: Container[str]) -> str:
    """The nearest of the known locales that a locale inherits from."""
    return next((item for item in tags.fallbacks(tag)[1:] if item in known and item != tag), ROOT)


def expand(locales: Mapping[str, Mapping[str, Any]], tag: str) -> dict[str, Any]:
    """Everything that holds for a locale of the table: its own, over what it inherits."""
    own = locales[tag]
    if tag == ROOT:
        return dict(own)
    inherited = expand(locales, parent(tag, locales))
    return {**inherited, **own, "patterns": {**inherited["patterns"], **own.get("patterns", {})}}


@cache
def _table() -> dict[str, Any]:
    try:
        packed = (files(__package__) / "person_names.json.gz").read_bytes()
        table: dict[str, Any] = json.loads(gzip.decompress(packed))
    except (OSError, EOFError, ValueError) as error:
        raise ConfigError(
            "name.table",
            received=f"a table of name patterns that cannot be read ({type(error).__name__})",
            allowed="the table that ships with tongli",
            fix="Install the package again.",
        ) from error
    return table
