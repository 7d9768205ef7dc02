"""What people have *declared* about themselves. Nothing here is ever inferred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Register = Literal["formal", "neutral", "informal"]
Agreement = Literal["feminine", "masculine", "neutral"]
Address = Literal["formal", "informal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PronounSet:
    """One third-person pronoun set, all five forms, in one language (default English).

    ``plural_verb`` is true where the subject form takes a plural verb ("they are").
    """

    subject: str
    object: str
    determiner: str
    possessive: str
    reflexive: str
    plural_verb: bool = False

    def forms(self) -> tuple[str, str, str, str, str]:
        """The five forms in the order subject, object, determiner, possessive, reflexive."""
        return (self.subject, self.object, self.determiner, self.possessive, self.reflexive)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as they declare themselves; every field may stay empty, which means *unknown*.

    Unknown is a valid value everywhere: tongli answers it with neutral wording or a question,
    never with a guess from a name, a voice, a face, a job or a handle.

    Attributes:
        name: how the person wants to be called, whole ("Ana Souza"), used as written.
        given, family: name parts when declared, so that "Ms Souza" or "Souza様" need no guessing.
        title: declared title or honorific as written ("Dr", "Mx", "Frau"); never derived.
        pronouns: language tag → pronoun sets in order of preference; an empty tuple declares
            "no pronouns, name only"; a missing language is unknown.
        agreement: language tag → grammatical agreement wished for that language.
        address: language tag → wished form of address ("du"/"Sie", "tú"/"usted", 반말/존댓말).
        locale: BCP-47 tag of the culture the person writes from or is to be written for.
        register: wished register of the conversation.
        generation: declared age group or generation, free text ("Gen Z", "80后").
        domain: field of the conversation ("banking", "games").
    """

    name: str | None = None
    given: str | None = None
    family: str | None = None
    title: str | None = None
    pronouns: Mapping[str, tuple[PronounSet, ...]] = field(default_factory=dict, repr=False)
    agreement: Mapping[str, Agreement] = field(default_factory=dict, repr=False)
    address: Mapping[str, Address] = field(default_factory=dict)
    locale: str | None = None
    register: Register | None = None
    generation: str | None = None
    domain: str | None = None
