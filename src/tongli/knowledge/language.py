"""The form of a language's profile: what it may say, before any file is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tongli.core import Address, Register
from tongli.knowledge import tags

NamePart = Literal["given", "family", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """A convention of language use.

    Attributes:
        id: dotted name, such as ``address.default``.
        statement: about language or practice.
        strength: ``obligatory-grammar``, ``strong-convention``, ``common`` or ``contested``.
        sources: where it is described.
        counter: when it does not hold; empty only for grammar.
    """

    id: str
    statement: str
    strength: str
    sources: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Greeting:
    """An opening formula: ``named`` holds ``{name}``, ``bare`` serves when no name is declared."""

    named: str
    bare: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """How a *declared* title joins a name.

    Attributes:
        position: on which side of the name a title stands.
        name: the name part that goes with it.
        joiner: what stands between them.
        after: titles that follow the name although the others precede it ("Hanım").
        after_name: the name part that goes with those.
    """

    position: Literal["before", "after"]
    name: NamePart
    joiner: str = " "
    after: frozenset[str] = frozenset()
    after_name: NamePart = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageProfile:
    """Our short profile of one language.

    Attributes:
        tag: BCP-47 tag of the profile.
        status: ``draft`` until an insider has reviewed it, then ``reviewed``.
        register: default register toward an unknown customer.
        mirror: whether a decidedly informal message may be answered one step less formally, and a T form
            by a T form.
        address: default form of address, T (``informal``) or V (``formal``), or speech level.
        forms: address → the words that carry it; empty where the language does not distinguish.
        markers: address → pattern of clear markers, for languages where there are any.
        family_first: languages whose names are written family name first in this language's text.
        joiner: what stands between family and given name written in this language's own script.
        untitled: register → name part used when no title is declared.
        suffix: register → honorific put after a name without a title (様, 님); missing for none.
        titles: how a declared title joins a name.
        greetings: register → opening formula.
        closings: register → closing formula.
        names_source: package@version that ``family_first`` and ``joiner`` are checked against.
        norms: the conventions above, with sources and counter-examples.
    """

    tag: str
    status: str
    register: Register
    mirror: bool
    address: Address
    forms: Mapping[Address, tuple[str, ...]]
    markers: Mapping[Address, re.Pattern[str]]
    family_first: frozenset[str]
    joiner: str
    untitled: Mapping[Register, NamePart]
    suffix: Mapping[Register, str]
    titles: Titles
    greetings: Mapping[Register, Greeting]
    closings: Mapping[Register, str]
    names_source: str
    norms: tuple[Norm, ...]

    @property
    def locale(self) -> str:
        """Default locale, the language with its likely region (CLDR)."""
        return tags.with_region(self.tag)

    @property
    def name_order(self) -> Literal["given-first", "family-first"]:
        """How names of this language are written in its own text."""
        return "family-first" if tags.primary(self.tag) in self.family_first else "given-first"

    def greet(self, *, register: Register, name: str = "") -> str:
        """The opening formula; ``name`` is a salutation, used as it is."""
        formula = self.greetings[register]
        return formula.named.replace("{name}", name) if name else formula.bare


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainNorm:
    """The register usual in a field of conversation ("banking", "games"); a declaration comes before it."""

    register: Register
    norm: Norm
