"""What people have *declared* about themselves. Nothing here is ever inferred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Register = Literal["formal", "neutral", "informal"]
Agreement = Literal["feminine", "masculine", "neutral"]
Address = Literal["formal", "informal"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PronounSet:
    """One third-person pronoun set, all five forms, in one language (default English).

    ``plural_verb`` is true where the subject form takes a plural verb ("they are"). ``declared`` keeps the
    forms as they were spelled out, for languages whose sets have other slots than these five; a form that
    was not declared is empty there.
    """

    subject: str
    object: str
    determiner: str
    possessive: str
    reflexive: str
    plural_verb: bool = False
    declared: tuple[str, ...] = ()

    def forms(self) -> tuple[str, str, str, str, str]:
        """The five forms in the order subject, object, determiner, possessive, reflexive."""
        return (self.subject, self.object, self.determiner, self.possessive, self.reflexive)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerName:
    """A name that a person no longer goes by.

    Attributes:
        name: as it was written.
        since, until: when it was in use, ISO 8601 dates or years, as declared.
        audiences: who may still see it; nobody unless the person says so.
    """

    name: str = field(repr=False)
    since: str | None = None
    until: str | None = None
    audiences: tuple[str, ...] = ()


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
        agreement: language tag → grammatical agreement wished for that language, whatever the pronouns.
        titles: language tag → title in that language, before ``title``; an empty one declares "no title".
        kinship: language tag → neutral word → the word that the person wants ("parent" → "mother").
        first_person: language tag → how the person says "I" or agrees with themself ("僕", "obrigade").
        other_names: further names that the person goes by today, nicknames too.
        former_names: names that are gone; private unless the person says otherwise.
        audiences: audience → all that this audience may see, in place of everything else.
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
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)
    kinship: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    first_person: Mapping[str, str] = field(default_factory=dict, repr=False)
    other_names: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = field(default=(), repr=False)
    audiences: Mapping[str, Person] = field(default_factory=dict, repr=False)

    def seen_by(self, audience: str | None = None) -> Person:
        """The person as an audience may see them; without one, as everybody may.

        A profile declared for the audience replaces the whole person. Former names stay only where the
        person named the audience, and other audiences' profiles never show.
        """
        if audience is not None and audience in self.audiences:
            return replace(self.audiences[audience], audiences={})
        shown = tuple(former for former in self.former_names if audience in former.audiences)
        return replace(self, former_names=shown, audiences={})
