"""What tongli knows about writing to somebody in a language.

Mechanical facts (date and number formats, likely regions, parents) are asked of CLDR through Babel when they
are needed. What CLDR has not (default register, T/V forms, formulas, titles) stands in our own short profile,
one file a language in ``profiles/``. Every norm there names its sources and, unless it is grammar, a
counter-example: it speaks of language use, never of what people are like, and whatever a person declares
comes before it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from babel import Locale, dates, numbers
from babel import __version__ as babel_version
from babel.localedata import locale_identifiers

from tongli.knowledge import tags
from tongli.knowledge.language import DomainNorm, Greeting, LanguageProfile, Norm, Titles
from tongli.knowledge.language_file import parse_domains, parse_profile

__all__ = [
    "CLDR_FACTS",
    "FALLBACK",
    "DomainNorm",
    "Greeting",
    "LanguageProfile",
    "Norm",
    "Titles",
    "babel_locale",
    "domains",
    "format_date",
    "format_number",
    "knows",
    "languages",
    "month_names",
    "profile",
]

FALLBACK = "en"
"""Language of the profile used where there is none for a language."""

CLDR_FACTS = f"babel@{babel_version}"
"""Where formats, parents and likely regions come from."""

_DATA = files(__package__)


@cache
def languages() -> tuple[str, ...]:
    """Tags of the languages with a profile, sorted."""
    found = (file.name for file in (_DATA / "profiles").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def _load(tag: str) -> LanguageProfile:
    return parse_profile(tag, (_DATA / "profiles" / f"{tag}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=512)
def profile(tag: str) -> LanguageProfile:
    """The profile that serves a language tag: ``es-MX`` → ``es``; a language without a profile → ``en``.

    A member of a macrolanguage is served by its profile, as Moroccan Arabic is by that of written Arabic.

    Raises:
        InputError: ``locale.tag`` for something that is not a BCP-47 tag.
        ConfigError: ``knowledge.profile`` when a profile file is wrong.
    """
    return _load(_serving(tag) or FALLBACK)


def knows(tag: str) -> bool:
    """Whether there is a profile that serves the language of a tag, its own or its macrolanguage's.

    Raises:
        InputError: ``locale.tag``.
    """
    return _serving(tag) is not None


def _serving(tag: str) -> str | None:
    macro = tags.macrolanguage(tag)
    return tags.match(tag, languages()) or (tags.match(macro, languages()) if macro else None)


@cache
def domains() -> Mapping[str, DomainNorm]:
    """Field of conversation → the register usual there."""
    return MappingProxyType(parse_domains((_DATA / "domains.toml").read_text(encoding="utf-8")))


@lru_cache(maxsize=128)
def babel_locale(tag: str) -> Locale:
    """CLDR's data for a tag or its nearest parent, English in the end.

    Raises:
        InputError: ``locale.tag``.
    """
    chain = (*tags.fallbacks(tag), FALLBACK)
    return Locale.parse(next(item for item in chain if item in _cldr_locales()), sep="-")


@cache
def _cldr_locales() -> frozenset[str]:
    return frozenset(identifier.replace("_", "-") for identifier in locale_identifiers())


@cache
def month_names(tag: str) -> Mapping[str, int]:
    """Month names as a language's dates write them → 1..12 (CLDR; wide forms, in English also short ones)."""
    locale = babel_locale(tag)
    names = {name: number for number, name in dates.get_month_names("wide", locale=locale).items()}
    if locale.language == "en":
        names |= {name: n for n, name in dates.get_month_names("abbreviated", locale=locale).items()}
    return names


def format_date(
    date: dt.date, tag: str, *, style: Literal["short", "medium", "long", "full"] = "long"
) -> str:
    """A date as CLDR writes it for a locale; raises ``InputError`` (``locale.tag``)."""
    return dates.format_date(date, format=style, locale=babel_locale(tag))


def format_number(number: float | Decimal, tag: str) -> str:
    """A number as CLDR writes it for a locale; raises ``InputError`` (``locale.tag``)."""
    return numbers.format_decimal(number, locale=babel_locale(tag))
