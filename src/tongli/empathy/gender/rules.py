"""What the gendered forms of a language offer, one protocol for all languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Protocol, cast

from tongli.core import Claim, Edit, InputError, Person, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Abstention:
    """A form that was seen and deliberately left alone.

    Attributes:
        span: code points of the text.
        reason: why nobody should trust a rule here, in words that a writer understands.
    """

    span: Span
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrite:
    """A text with some forms changed: ``apply_edits`` of the original and ``edits`` gives ``text``."""

    text: str
    edits: tuple[Edit, ...] = ()
    abstained: tuple[Abstention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternatives:
    """All the ways that a text can be gendered when nobody has declared anything.

    Attributes:
        texts: ``feminine``, ``masculine`` and, where the language has one, ``neutral``; empty when no form
            of an undeclared person varies.
        abstained: forms that could not be told apart.
    """

    texts: Mapping[str, str]
    abstained: tuple[Abstention, ...] = ()


class Rules(Protocol):
    """Gendered forms of one language. Constructors are cheap; tables load at the first use."""

    lang: str

    def rewrite(self, text: str, *, people: Sequence[Person]) -> Rewrite:
        """Forms of the given people as they declared them; every other form stays as it is."""

    def neutral(self, text: str, *, style: str | None = None) -> Rewrite:
        """Forms of undeclared people made neutral, in a typographic style that the language knows.

        Raises:
            InputError: ``gender.style`` for a style that the language does not have.
        """

    def alternatives(self, text: str) -> Alternatives:
        """Every gendered version of a text about people of unknown gender."""

    def check(self, text: str, *, people: Sequence[Person]) -> tuple[Claim, ...]:
        """Claims of dimension ``gender-form``.

        Labels: ``misgendering``, ``assumption``, ``agreement``, ``title``, ``former-name``, ``inclusive``.
        """

    def not_theirs(self, text: str, *, people: Sequence[Person] = ()) -> frozenset[Span]:
        """Places of forms that may mean a thing, or nobody for sure."""


RULES: Mapping[str, str] = MappingProxyType(
    {
        "en": "tongli.empathy.gender.english:English",
        "de": "tongli.empathy.gender.german:German",
        "es": "tongli.empathy.gender.romance:Spanish",
        "fr": "tongli.empathy.gender.romance:French",
        "it": "tongli.empathy.gender.romance:Italian",
        "pt": "tongli.empathy.gender.romance:Portuguese",
        "ru": "tongli.empathy.gender.russian:Russian",
        "pl": "tongli.empathy.gender.polish:Polish",
        "hi": "tongli.empathy.gender.hindi:Hindi",
        "ar": "tongli.empathy.gender.arabic:Arabic",
        "zh": "tongli.empathy.gender.east_asian:Chinese",
        "ja": "tongli.empathy.gender.east_asian:Japanese",
        "ko": "tongli.empathy.gender.east_asian:Korean",
        "sv": "tongli.empathy.gender.swedish:Swedish",
        "tr": "tongli.empathy.gender.genderless:Turkish",
        "fi": "tongli.empathy.gender.genderless:Finnish",
    }
)
"""Language → ``module:class`` of its rules."""


def languages() -> tuple[str, ...]:
    """Languages that have rules."""
    return tuple(RULES)


@cache
def rules(lang: str) -> Rules:
    """The rules of a language.

    Args:
        lang: BCP-47 tag; ``es-MX`` is served by ``es``.

    Raises:
        InputError: ``gender.language`` for a language without rules.
    """
    place = RULES.get(lang) or RULES.get(lang.partition("-")[0].lower())
    if place is None:
        raise InputError(
            "gender.language",
            received=repr(lang),
            allowed=", ".join(RULES),
            fix="Choose one of these languages, or leave texts in other languages as they are.",
        )
    module, _, name = place.partition(":")
    return cast("Rules", getattr(import_module(module), name)())
