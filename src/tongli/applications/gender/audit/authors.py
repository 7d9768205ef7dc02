"""Authors who differ in one thing only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

from tongli.core import Agreement, Person
from tongli.knowledge.pronouns import parse_pronouns
from tongli.knowledge.tags import maximal, primary
from tongli.learning.evaluate.counterfactual import given_names, subject_pronouns

Axis = Literal["forms", "name"]

NONE = "none"
"""The group that declares nothing."""

_SCRIPTS = {"Jpan": "Kana", "Hant": "Hans"}
"""Script of a language → script that names are written in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One of several authors of the same message.

    Attributes:
        axis: what they differ in.
        group: the declared forms (``feminine``, ``masculine``, ``neutral``, ``none``), or the name in Latin
            script.
        person: who they are.
    """

    axis: Axis
    group: str
    person: Person


def authors(person: Person, *, lang: str, names: int) -> Iterator[Author]:
    """Authors like a person but for one thing.

    Args:
        person: who wrote; address, register, locale and the like stay as they declared.
        lang: BCP-47 tag of the answer.
        names: how many names; all that there are when fewer.
    """
    plain = _plain(person)
    for form in get_args(Agreement):
        yield Author(axis="forms", group=form, person=_declaring(plain, form, lang=lang))
    yield Author(axis="forms", group=NONE, person=plain)
    for group, name in _names(lang, names):
        yield Author(axis="name", group=group, person=replace(plain, name=name, given=None, family=None))


def stand_in(lang: str) -> str:
    """The name that takes the place of all others when drafts are compared."""
    return given_names()[_script(lang)][0]


def _plain(person: Person) -> Person:
    """A person without anything that says a gender."""
    return replace(
        person,
        title=None,
        pronouns={},
        agreement={},
        titles={},
        kinship={},
        first_person={},
        other_names=(),
        former_names=(),
        audiences={},
    )


def _declaring(person: Person, form: Agreement, *, lang: str) -> Person:
    pronoun = subject_pronouns(primary(lang)).get(form)
    pronouns = {} if pronoun is None else {lang: parse_pronouns(pronoun, lang=lang)}
    return replace(person, agreement={lang: form}, pronouns=pronouns)


def _names(lang: str, count: int) -> Iterator[tuple[str, str]]:
    """Names in Latin script, for the report, and as they are written here; spread over the whole list."""
    pairs = list(zip(given_names()["Latn"], given_names()[_script(lang)], strict=True))
    step = max(1, len(pairs) // count) if count else len(pairs)
    return iter(pairs[::step][:count])


def _script(lang: str) -> str:
    script = maximal(lang)[1] or "Latn"
    script = _SCRIPTS.get(script, script)
    return script if script in given_names() else "Latn"
