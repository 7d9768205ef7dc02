"""S and C: what a message means and feels, as claims with evidence, and c = [gender, culture, emotion]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tongli.core.channel import ChannelReading
from tongli.core.encoding import Language
from tongli.core.message import Message
from tongli.core.person import Address, Agreement, PronounSet, Register

Span = tuple[int, int]
"""Half-open range of code points in ``Message.text``."""

Score = float | Mapping[str, float]
Scores = Mapping[str, Score]
"""Head name → calibrated value, or label → calibrated value. See ``tongli.knowledge.schemes``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One span on which a claim rests.

    Attributes:
        span: code points of the message text.
        weight: by how much the claim's score falls when the span is hidden (may be negative).
    """

    span: Span
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement about a message.

    Attributes:
        dimension: ``emotion``, ``intensity``, ``sentiment``, ``politeness``, ``formality``, ``empathy``,
            ``distress``, ``need``, ``idiom``, ``honorific``, ``norm``, …
        label: what is claimed; ``None`` when abstained and no single label would be honest.
        score: calibrated probability in 0..1, or a value in the dimension's own range.
        scheme: label scheme, for emotions ``ekman6``, ``plutchik8`` or ``goemotions28``.
        evidence: spans the claim rests on, strongest first.
        abstained: true when tongli declines to decide.
        reason: why it abstained.
        source: which head, rule or profile made the claim.
        claim_id: the claim of the knowledge base that it points to (``ja.idiom.neko-no-te-mo-karitai``).
        gloss: what the words mean, in plain English.
    """

    dimension: str
    label: str | None
    score: float
    scheme: str | None = None
    evidence: tuple[Evidence, ...] = ()
    abstained: bool = False
    reason: str | None = None
    source: str = ""
    claim_id: str | None = None
    gloss: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The claim in the ``annotate`` contract's form."""
        data: dict[str, Any] = {"dimension": self.dimension, "label": self.label, "score": self.score}
        if self.scheme is not None:
            data["scheme"] = self.scheme
        data["evidence"] = [list(item.span) for item in self.evidence]
        data["abstained"] = self.abstained
        for name in ("reason", "claim_id", "gloss"):
            if getattr(self, name) is not None:
                data[name] = getattr(self, name)
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class GenderContext:
    """c_gender: declared forms of the person the answer is for, in the answer's language."""

    pronouns: tuple[PronounSet, ...] | None = None
    agreement: Agreement | None = None

    @property
    def declared(self) -> bool:
        """Whether the person declared anything for this language."""
        return self.pronouns is not None or self.agreement is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """One thing that an answer must respect, as a claim of the knowledge base tells it.

    Attributes:
        claim_id: of that claim.
        kind: ``norm``, ``address``, ``taboo``, ``name-order``, ``directness``, …
        statement: about language or practice, never about people.
        level: how firmly it holds, from ``obligatory-grammar`` to ``individual``.
        confidence: ``high``, ``medium`` or ``low``.
        sources: who says so.
        counter: where it does not hold.
        spans: places of the message that touch it.
    """

    claim_id: str
    kind: str
    statement: str
    level: str
    confidence: str
    sources: tuple[str, ...]
    counter: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether people differ on it, so that a writer should be asked."""
        return self.level in {"contested", "individual"}

    def to_dict(self) -> dict[str, Any]:
        """The practice as plain data."""
        return {
            "claim_id": self.claim_id,
            "kind": self.kind,
            "statement": self.statement,
            "level": self.level,
            "confidence": self.confidence,
            "contested": self.contested,
            "sources": list(self.sources),
            "counter": list(self.counter),
            "spans": [list(span) for span in self.spans],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CultureContext:
    """c_culture: how the answer addresses its reader, from declarations first, then locale facts.

    Attributes:
        lang: language of the answer, a tag the knowledge base knows.
        locale: the reader's declared locale, or the language's default one.
        register: register the answer should keep.
        address: T/V choice, or plain/polite speech level.
        salutation: how to name the reader ("Frau Weber", "田中様"); empty when unknown.
        source: where the choice came from (``declared``, ``message``, ``cldr``, ``profile``).
        practices: what the answer must respect there, the most relevant and certain first.
    """

    lang: str
    locale: str
    register: Register
    address: Address
    salutation: str = ""
    source: str = "profile"
    practices: tuple[Practice, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The choices as plain data, without the name of the reader."""
        return {
            "lang": self.lang,
            "locale": self.locale,
            "register": self.register,
            "address": self.address,
            "source": self.source,
            "practices": [practice.to_dict() for practice in self.practices],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingContext:
    """c_emotion: what the person needs from an answer.

    Attributes:
        feeling: strongest decided ekman6 emotion, or ``None`` (calm, or tongli abstains).
        intensity: 0..3.
        needs: needs that follow from the emotions, most urgent first (``to_be_heard``, ``repair``, …).
        strategy: support strategy: ``question``, ``restate``, ``reflect``, ``affirm``, ``suggest``,
            ``inform``.
    """

    feeling: str | None = None
    intensity: float = 0.0
    needs: tuple[str, ...] = ()
    strategy: str = "inform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Empathy:
    """c = [c_gender, c_culture, c_emotion]; each perspective of C fills its own part."""

    gender: GenderContext | None = None
    culture: CultureContext | None = None
    feeling: FeelingContext | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What tongli understood, and what it abstains from.

    Attributes:
        message: the message read.
        language: its language.
        claims: decided and abstained claims.
        scores: every label of every head that ran, calibrated.
        reply_lang: language asked for the answer; ``None`` means the message's own.
        empathy: c, filled by the perspectives of C.
        notes: things a person should know (text was repaired, language unsure, …).
        channels: what words, voice, face and scene show, one by one; empty for a message of text alone.
    """

    message: Message
    language: Language
    claims: tuple[Claim, ...] = ()
    scores: Scores = field(default_factory=dict)
    reply_lang: str | None = None
    empathy: Empathy = Empathy()
    notes: tuple[str, ...] = ()
    channels: tuple[ChannelReading, ...] = ()

    def decided(self, dimension: str, *, scheme: str | None = None) -> Iterator[Claim]:
        """Decided claims of one dimension (and scheme), strongest first."""
        found = [
            claim
            for claim in self.claims
            if claim.dimension == dimension
            and not claim.abstained
            and (scheme is None or claim.scheme == scheme)
        ]
        yield from sorted(found, key=lambda claim: -claim.score)

    def to_line(self) -> dict[str, Any]:
        """One output line of ``tongli annotate``; ``channels`` is there for a message with media alone."""
        channels = {each.channel: each.to_dict() for each in self.channels}
        return {
            "id": self.message.id,
            "lang": self.language.tag,
            "claims": [claim.to_dict() for claim in self.claims],
            "scores": self.scores,
            **({"channels": channels} if channels else {}),
        }

    def to_dict(self) -> dict[str, Any]:
        """The reading as plain data: :meth:`to_line`, language, c_culture once seen, notes."""
        language, culture = self.language, self.empathy.culture
        return {
            **self.to_line(),
            "language": {
                "tag": language.tag,
                "score": language.score,
                "declared": language.declared,
                "abstained": language.abstained,
                "others": [list(other) for other in language.others],
            },
            **({} if culture is None else {"culture": culture.to_dict()}),
            "notes": list(self.notes),
        }
