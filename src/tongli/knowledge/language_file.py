"""From a profile file to a profile; every mistake in a file is a coded error that says where it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, get_args

from tongli.core import Address, ConfigError, Register, shorten
from tongli.knowledge.language import DomainNorm, Greeting, LanguageProfile, NamePart, Norm, Titles

REGISTERS: tuple[Register, ...] = get_args(Register)
ADDRESSES: tuple[Address, ...] = get_args(Address)
GRAMMAR = "obligatory-grammar"
STRENGTHS = (GRAMMAR, "strong-convention", "common", "contested")

# Combining marks and the joiner belong to a word, although \w leaves some of them out.
_LETTER = r"[\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0971-\u097f\u200c]"


def parse_profile(tag: str, text: str) -> LanguageProfile:
    """The profile in a file's text.

    Raises:
        ConfigError: ``knowledge.profile``.
    """
    with _explained(f"profiles/{tag}.toml"):
        data = tomllib.loads(text)
        address, names = data["address"], data["names"]
        return LanguageProfile(
            tag=tag,
            status=_one_of(data["status"], ("draft", "reviewed")),
            register=_one_of(data["register"], REGISTERS),
            mirror=_typed(data["mirror"], bool),
            address=_one_of(address["default"], ADDRESSES),
            forms=_frozen({key: tuple(address[key]) for key in ADDRESSES}),
            markers=_frozen({key: _pattern(address["markers"][key]) for key in address.get("markers", {})}),
            family_first=frozenset(names["family_first"]),
            joiner=_typed(names["joiner"], str),
            untitled=_frozen({key: _one_of(names["untitled"][key], get_args(NamePart)) for key in REGISTERS}),
            suffix=_frozen(
                {_one_of(key, REGISTERS): value for key, value in names.get("suffix", {}).items()}
            ),
            titles=_titles(names["title"]),
            greetings=_frozen({key: _greeting(data["greeting"][key]) for key in REGISTERS}),
            closings=_frozen({key: _filled(data["closing"][key]) for key in REGISTERS}),
            names_source=_filled(names["source"]),
            norms=tuple(_norm(item) for item in data["norm"]),
        )


def parse_domains(text: str) -> dict[str, DomainNorm]:
    """Domain name → its usual register.

    Raises:
        ConfigError: ``knowledge.profile``.
    """
    with _explained("domains.toml"):
        found = tomllib.loads(text)["domain"]
        return {
            name: DomainNorm(register=_one_of(item["register"], REGISTERS), norm=_norm(item))
            for item in found
            for name in item["names"]
        }


@contextmanager
def _explained(file: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise ConfigError(
            "knowledge.profile",
            received=f"{file} with {type(error).__name__}: {error}",
            allowed="the fields of tongli.knowledge.language.LanguageProfile",
            fix="Correct the file, or install the package again.",
        ) from error


def _frozen(mapping: dict[Any, Any]) -> Mapping[Any, Any]:
    return MappingProxyType(mapping)


def _one_of(value: object, allowed: tuple[str, ...]) -> Any:
    if value not in allowed:
        raise ValueError(f"{shorten(value)} is not one of {', '.join(allowed)}")
    return value


def _typed(value: object, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{shorten(value)} is not a {kind.__name__}")
    return value


def _filled(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{shorten(value)} is not a filled string")
    return value


def _pattern(entry: Mapping[str, list[str]]) -> re.Pattern[str]:
    """Whole words in any case, and patterns as they stand."""
    words = "|".join(re.escape(word) for word in sorted(entry.get("words", ()), key=len, reverse=True))
    parts = [f"(?<!{_LETTER})(?i:{words})(?!{_LETTER})"] if words else []
    parts += [f"(?:{part})" for part in entry.get("patterns", ())]
    if not parts:
        raise ValueError("a marker entry needs words or patterns")
    return re.compile("|".join(parts))


def _greeting(entry: Mapping[str, str]) -> Greeting:
    named, bare = _filled(entry["named"]), _filled(entry["bare"])
    if named.count("{name}") != 1 or "{" in bare:
        raise ValueError("a named greeting holds {name} once, a bare one never")
    return Greeting(named=named, bare=bare)


def _titles(entry: Mapping[str, Any]) -> Titles:
    return Titles(
        position=_one_of(entry["position"], ("before", "after")),
        name=_one_of(entry["name"], get_args(NamePart)),
        joiner=_typed(entry.get("joiner", " "), str),
        after=frozenset(entry.get("after", ())),
        after_name=_one_of(entry.get("after_name", "given"), get_args(NamePart)),
    )


def _norm(entry: Mapping[str, Any]) -> Norm:
    norm = Norm(
        id=_filled(entry["id"]),
        statement=_filled(entry["statement"]),
        strength=_one_of(entry["strength"], STRENGTHS),
        sources=tuple(_filled(item) for item in entry["sources"]),
        counter=tuple(_filled(item) for item in entry.get("counter", ())),
    )
    if not norm.sources:
        raise ValueError(f"{norm.id} has no source")
    if norm.strength != GRAMMAR and not norm.counter:
        raise ValueError(f"{norm.id} has no counter-example")
    return norm
