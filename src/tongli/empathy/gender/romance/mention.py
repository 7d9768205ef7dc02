"""Mentions of people and of things: words that agree with one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from tongli.empathy.gender.romance.lexicon import Form, Gender, Number

What = Literal["noun", "kin", "fixed", "thing", "pronoun", "name", "unsaid", "clitic"]
Speaker = Literal["third", "first", "second"]

SAME = ("mism", "mesm", "stess", "própri", "propi", "seul", "sol")
"""How words for "same" and "alone" begin, which follow a pronoun."""


@dataclass(slots=True, kw_only=True, eq=False)
class Mention:
    """Words that agree with one another.

    Attributes:
        what: ``thing`` and ``fixed`` never change; ``unsaid`` is a subject that its verb alone tells.
        gender: ``c`` where nothing written says it.
        start, end: range of words of its phrase; empty for an unsaid subject.
        parts: word → the form read there; predicates and participles are added as they are found.
        governed: after a preposition.
        speaker: who it is, as far as grammar says.
        same: further mentions of the same person.
    """

    what: What
    gender: Gender
    number: Number
    start: int
    end: int
    parts: dict[int, Form] = field(default_factory=dict)
    governed: bool = False
    speaker: Speaker = "third"
    same: list[Mention] = field(default_factory=list)

    def agrees(self, form: Form) -> bool:
        """Whether a form has its number, and its gender as far as both say one."""
        return self.number == form.number and (
            "c" in {self.gender, form.gender} or self.gender == form.gender
        )

    @property
    def is_person(self) -> bool:
        """Whether its forms may change with a person's gender."""
        return self.what not in {"thing", "fixed"}


def link(one: Mention, two: Mention) -> None:
    """Say that two mentions are of one person."""
    one.same.append(two)
    two.same.append(one)
