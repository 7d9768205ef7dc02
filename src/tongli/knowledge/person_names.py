"""Names of people as fields, and the ways in which a name can be written.

The fields are those of CLDR: a patronymic or middle name is ``given2``, a second family name ``surname2``, a
particle such as “van den” ``surname-prefix`` beside ``surname-core``. A field may come in variants, each
under a key of its own: ``given-informal``, ``surname-genitive``, ``given-initial``, …

References:
    Unicode Technical Standard #35, "Unicode Locale Data Markup Language", part 8, "Person Names".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, Self, get_args

from tongli.core import ConfigError, InputError, shorten
from tongli.core.text import json_kind

Order = Literal["given-first", "surname-first", "sorting"]
Length = Literal["long", "medium", "short"]
Usage = Literal["referring", "addressing", "monogram"]
Formality = Literal["formal", "informal"]

FIELDS = ("title", "given", "given2", "surname", "surname2", "generation", "credentials")
MODIFIERS = (
    "informal",
    "prefix",
    "core",
    "vocative",
    "genitive",
    "initialCap",
    "allCaps",
    "initial",
    "retain",
    "monogram",
)

_CLDR_ORDER: Mapping[str, Order] = {"givenFirst": "given-first", "surnameFirst": "surname-first"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStyle:
    """How a name is to be written; ``None`` leaves the choice to the locale.

    Attributes:
        order: ``None`` takes the order that the language of the name asks for. ``sorting`` is for lists and
            knows one usage only, ``referring``.
        length: how much of the name.
        usage: speaking of somebody, to somebody, or one to three letters for a picture.
        formality: formal or informal.
    """

    order: Order | None = None
    length: Length | None = None
    usage: Usage = "referring"
    formality: Formality | None = None

    @classmethod
    def of(
        cls,
        *,
        order: str | None = None,
        length: str | None = None,
        usage: str | None = None,
        formality: str | None = None,
    ) -> Self:
        """The style of these words; orders may be spelt as CLDR does (``givenFirst``).

        Raises:
            ConfigError: ``name.style`` for a word that is none of them.
        """
        known_order = None if order is None else _CLDR_ORDER.get(order, order)
        return cls(
            order=_one_of(known_order, get_args(Order), default=None),
            length=_one_of(length, get_args(Length), default=None),
            usage=_one_of(usage, get_args(Usage), default="referring"),
            formality=_one_of(formality, get_args(Formality), default=None),
        )

    @classmethod
    def parse(cls, words: str) -> Self:
        """The style of words in any order: ``givenFirst/long/referring/formal``, ``short-informal``.

        Raises:
            ConfigError: ``name.style`` for an unknown word, or two of the same kind.
        """
        kinds = {
            "order": (*get_args(Order), *_CLDR_ORDER),
            "length": get_args(Length),
            "usage": get_args(Usage),
            "formality": get_args(Formality),
        }
        rest = words.replace("given-first", "givenFirst").replace("surname-first", "surnameFirst")
        found: dict[str, str] = {}
        for word in filter(None, rest.replace("/", "-").split("-")):
            kind = next((kind for kind, allowed in kinds.items() if word in allowed), None)
            if kind is None or kind in found:
                raise _bad_style(words)
            found[kind] = word
        return cls.of(**found)


@dataclass(frozen=True, slots=True)
class NameFields:
    """One name of one person, checked and completed; made by :meth:`of`.

    Attributes:
        values: field, or field with modifiers, → its text, never blank.
        locale: language of the name, ``None`` when it is not known.
        order: the order that the person prefers.
    """

    values: Mapping[str, str]
    locale: str | None = None
    order: Order | None = None

    @classmethod
    def of(cls, values: Mapping[str, str], *, locale: str | None = None, order: str | None = None) -> Self:
        """A name from CLDR's fields; blank ones count as missing.

        What is missing of a whole field, its prefix and its core is made from the others.

        Raises:
            InputError: ``name.field`` for an unknown field, ``name.empty`` without given name and surname.
            ConfigError: ``name.style`` for an order that there is not.
        """
        for key, value in values.items():
            if not is_field(key) or not isinstance(value, str):
                raise InputError(
                    "name.field",
                    received=f"the field {shorten(key)}"
                    + ("" if isinstance(value, str) else f", which is {json_kind(value)}"),
                    allowed=f"{', '.join(FIELDS)}, with modifiers such as given-informal, holding a string",
                    fix="Correct the field, or leave it out.",
                )
        kept = {key: value.strip() for key, value in values.items() if value.strip()}
        for field in FIELDS:
            _complete(kept, field)
        if "given" not in kept and "surname" not in kept:
            raise InputError(
                "name.empty",
                received="neither a given name nor a surname",
                allowed="at least one of the two",
                fix='Put a person\'s only name into "given".',
            )
        preferred = NameStyle.of(order=order).order
        return cls(values=MappingProxyType(kept), locale=locale, order=preferred)

    def find(self, field: str, modifiers: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        """The text that comes nearest to a field with modifiers, and the modifiers that are left to apply.

        The text is empty where the name has no such field.
        """
        wanted = tuple(modifiers)
        best, left = "", wanted
        for key, value in self.values.items():
            name, *own = key.split("-")
            if name == field and set(own) <= set(wanted) and (not best or len(wanted) - len(own) < len(left)):
                best, left = value, tuple(item for item in wanted if item not in own)
        return ("", ()) if "prefix" in left else (best, left)

    def moved(self, source: str, target: str) -> NameFields:
        """The name with one field, in all its variants, in the place of another one."""
        names = {source: target}
        kept = {key: value for key, value in self.values.items() if key.split("-")[0] != target}
        values = {
            "-".join((names.get(name, name), *own)): value
            for (name, *own), value in ((key.split("-"), value) for key, value in kept.items())
        }
        return NameFields(MappingProxyType(values), self.locale, self.order)


def is_field(key: str) -> bool:
    """Whether a key is one of CLDR's fields, with modifiers or without."""
    name, *modifiers = key.split("-")
    return name in FIELDS and len(set(modifiers)) == len(modifiers) and set(modifiers) <= set(MODIFIERS)


def _complete(values: dict[str, str], field: str) -> None:
    """The spec's table of "core" and "prefix": none of them contradicts or lacks another."""
    prefix, core, plain = (values.pop(key, "") for key in (f"{field}-prefix", f"{field}-core", field))
    if core and not plain:
        plain = f"{prefix} {core}" if prefix else core
    elif not (core and prefix):
        prefix, core = "", plain
    completed = {field: plain, f"{field}-prefix": prefix, f"{field}-core": core}
    values.update({key: value for key, value in completed.items() if value})


def _one_of(word: str | None, allowed: tuple[str, ...], *, default: str | None) -> Any:
    if word is None:
        return default
    if word not in allowed:
        raise _bad_style(word)
    return word


def _bad_style(word: str) -> ConfigError:
    choices = (Order, Length, Usage, Formality)
    return ConfigError(
        "name.style",
        received=f"the style {shorten(word)}",
        allowed="; ".join(", ".join(get_args(kind)) for kind in choices),
        fix="Use at most one word of each group.",
    )
