"""What the HTTP API takes and gives, as pydantic models; nothing below this package knows pydantic."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StrictInt, StrictStr, Tag

from tongli.core import Address, Agreement, Message, Person, PronounSet, Register
from tongli.core.text import require_text
from tongli.encoders.language import canonical
from tongli.knowledge.locales import languages
from tongli.knowledge.pronouns import parse_pronouns
from tongli.knowledge.schemes import SCHEMES

MAX_BATCH = 256
_Wish = TypeVar("_Wish", Agreement, Address)
_Declared = Annotated[StrictStr, Field(max_length=400)]


class Strict(BaseModel):
    """Rejects unknown fields, and never repeats what was sent in an error."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class PronounForms(Strict):
    """A third-person pronoun set, all five forms."""

    subject: _Declared = Field(examples=["xe"])
    object: _Declared = Field(examples=["xem"])
    determiner: _Declared = Field(examples=["xyr"])
    possessive: _Declared = Field(examples=["xyrs"])
    reflexive: _Declared = Field(examples=["xemself"])
    plural_verb: bool = Field(default=False, description='The subject form takes a plural verb ("they are").')


class PersonIn(Strict):
    """A person as they declare themselves. Every field may stay out; nothing is ever inferred."""

    name: _Declared | None = Field(default=None, description="How the person wants to be called.")
    given: _Declared | None = None
    family: _Declared | None = None
    title: _Declared | None = Field(default=None, description="Declared title, as written.")
    pronouns: _Declared | dict[_Declared, _Declared | list[PronounForms]] | None = Field(
        default=None,
        description="English sets in short (`she/they`, `none`), or by language: in short or in full.",
    )
    agreement: Agreement | dict[_Declared, Agreement] | None = Field(
        default=None, description="Wished grammatical agreement, everywhere or by language."
    )
    address: Address | dict[_Declared, Address] | None = Field(
        default=None, description="Wished form of address, everywhere or by language."
    )
    locale: _Declared | None = Field(default=None, description="BCP-47 tag of the person's culture.")
    register_: Register | None = Field(default=None, alias="register")
    generation: _Declared | None = None
    domain: _Declared | None = None

    def person(self) -> Person:
        """The declarations; raises ``InputError`` without repeating any."""
        return Person(
            name=self.name,
            given=self.given,
            family=self.family,
            title=self.title,
            pronouns=_pronouns(self.pronouns),
            agreement=_by_language(self.agreement),
            address=_by_language(self.address),
            locale=None if self.locale is None else canonical(self.locale),
            register=self.register_,
            generation=self.generation,
            domain=self.domain,
        )


class MessageIn(Strict):
    """A message, who it is from and for, and what is wanted."""

    id: StrictStr | StrictInt | None = Field(default=None, description="Returned untouched.")
    text: StrictStr = Field(examples=["I have been waiting for two weeks and nobody answers!"])
    lang: _Declared | None = Field(default=None, description="BCP-47 tag; identified when left out.")
    author: PersonIn = Field(default_factory=PersonIn)
    audience: PersonIn = Field(default_factory=PersonIn)
    context: list[StrictStr] = Field(
        default_factory=list, max_length=100, description="Earlier turns, oldest first."
    )
    norm: StrictStr | None = Field(
        default=None, max_length=2000, description="A norm to judge the text by, in words."
    )
    reply_lang: _Declared | None = Field(default=None, description="Language of the answer; `/v1/respond`.")
    evidence: bool = Field(default=True, description="Find the words that each claim rests on.")
    heads: list[StrictStr] | None = Field(
        default=None,
        min_length=1,
        description="Heads of the model to report; all when left out. "
        f"Those that ship are {', '.join(SCHEMES)}.",
    )

    def message(self, *, max_chars: int) -> Message:
        """The message; raises ``InputError`` for a text or a declaration that cannot be used."""
        return Message(
            text=require_text(self.text, max_chars=max_chars),
            lang=None if self.lang is None else canonical(self.lang),
            author=self.author.person(),
            audience=self.audience.person(),
            history=tuple(self.context),
            id=self.id,
            norm=self.norm,
        )

    def answer_lang(self) -> str | None:
        """The wished language of the answer; raises ``InputError``."""
        return None if self.reply_lang is None else canonical(self.reply_lang)


class BatchIn(Strict):
    """Several messages, read together; one that cannot be read rejects the batch and is named."""

    messages: list[MessageIn] = Field(min_length=1, max_length=MAX_BATCH)


def _shape(body: Any) -> str:
    return "batch" if isinstance(body, dict) and "messages" in body else "message"


ReadIn = Annotated[
    Annotated[MessageIn, Tag("message")] | Annotated[BatchIn, Tag("batch")], Discriminator(_shape)
]


class ClaimOut(Strict):
    """One statement about a message; spans are half-open ranges of code points."""

    dimension: str
    label: str | None
    score: float
    scheme: str | None = None
    evidence: list[tuple[int, int]]
    abstained: bool
    reason: str | None = None
    claim_id: str | None = Field(default=None, description="Claim of the knowledge base that it points to.")
    gloss: str | None = Field(default=None, description="What the words mean, in plain English.")


class LanguageOut(Strict):
    """The language of a text, and how sure that is."""

    tag: str
    score: float = Field(description="Probability of `tag`; 1 when declared.")
    declared: bool
    abstained: bool = Field(description="Too unsure to decide; `tag` is a guess, or `und`.")
    others: list[tuple[str, float]] = Field(description="Other languages of a mixed text, with their share.")


class PracticeOut(Strict):
    """One thing that an answer must respect, with its sources."""

    claim_id: str
    kind: str
    statement: str
    level: str = Field(description="How firmly it holds, from `obligatory-grammar` to `individual`.")
    confidence: str
    contested: bool = Field(description="People differ on it: ask the writer.")
    sources: list[str]
    counter: list[str] = Field(description="Where it does not hold.")
    spans: list[tuple[int, int]] = Field(description="Places of the message that touch it.")


class CultureOut(Strict):
    """How the answer addresses its reader, and what it must respect."""

    lang: str
    locale: str
    register_: Register = Field(alias="register")
    address: Address
    source: str
    practices: list[PracticeOut]


class ReadingOut(Strict):
    """What was understood, and what tongli abstains from."""

    id: str | int | None
    lang: str
    claims: list[ClaimOut]
    scores: dict[str, float | dict[str, float]]
    language: LanguageOut
    culture: CultureOut | None = Field(default=None, description="`/v1/respond` only.")
    notes: list[str] = Field(description="What a person should know about this reading.")


class ReadingsOut(Strict):
    """Readings in the order of the messages."""

    readings: list[ReadingOut]


class CheckOut(Strict):
    """One check of one draft; `passed` is null where the check abstains."""

    name: str
    passed: bool | None
    detail: str
    score: float | None
    evidence: list[tuple[int, int]]


class VerdictOut(Strict):
    """A draft, who wrote it, and all its checks."""

    text: str
    passed: bool
    engine: str
    model: str
    prompt: str
    seed: int
    checks: list[CheckOut]


class PlanOut(Strict):
    """What the answer was meant to do."""

    lang: str
    locale: str
    register_: Register = Field(alias="register")
    address: Address
    acts: list[str]
    feeling: str | None
    intensity: float
    strategy: str
    keep: list[str]
    max_chars: int


class ResponseOut(Strict):
    """The answer, and everything needed to trust, correct or refuse it."""

    id: str | int | None
    text: str = Field(description="Empty when no draft passed its checks.")
    lang: str
    needs_person: bool = Field(description="A person must look before this is sent; `notes` says why.")
    notes: list[str]
    plan: PlanOut
    verdict: VerdictOut | None
    alternatives: list[VerdictOut]
    reading: ReadingOut


class Health(Strict):
    """`status` is about the process, `ready` about the models."""

    status: str = Field(examples=["ok"])
    ready: bool
    version: str
    error: str | None = Field(
        default=None, description="Code of the error that keeps the models from loading."
    )


class Fault(Strict):
    """One thing that is wrong with a request."""

    pointer: str = Field(description="JSON pointer into the request body.", examples=["#/messages/3/text"])
    detail: str


class Problem(Strict):
    """An error (RFC 9457), with tongli's stable code."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str = Field(description="Stable; match on this.", examples=["input.blank"])
    received: str
    allowed: str
    fix: str
    errors: list[Fault] = Field(default_factory=list)


def _pronouns(
    declared: str | dict[str, str | list[PronounForms]] | None,
) -> dict[str, tuple[PronounSet, ...]]:
    if declared is None:
        return {}
    by_language = {"en": declared} if isinstance(declared, str) else declared
    return {
        canonical(tag): parse_pronouns(sets)
        if isinstance(sets, str)
        else tuple(PronounSet(**forms.model_dump()) for forms in sets)
        for tag, sets in by_language.items()
    }


def _by_language(declared: _Wish | dict[str, _Wish] | None) -> dict[str, _Wish]:
    if declared is None:
        return {}
    if isinstance(declared, dict):
        return {canonical(tag): wish for tag, wish in declared.items()}
    return dict.fromkeys(languages(), declared)
