"""Claims about language and practice: what a form means, when it holds, who says so, and when it does not.

A claim speaks of an expression, a form or a practice, never of what people are like. Its JSON form is
described by ``claims/schema.json``; here it becomes frozen types. What JSON Schema can say is checked by
:mod:`tongli.knowledge.claim_lint`; parsing refuses only what these types cannot hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeVar, get_args

from tongli.core import shorten

Kind = Literal[
    "idiom",
    "proverb",
    "slang",
    "culture-item",
    "politeness",
    "honorific",
    "address",
    "norm",
    "directness",
    "taboo",
    "name-order",
    "calendar",
    "gesture",
    "symbol",
]
Closeness = Literal["same-image", "same-sense", "partial", "plain"]
Level = Literal["obligatory-grammar", "strong-convention", "common", "contested", "individual"]
Confidence = Literal["high", "medium", "low"]
EvidenceType = Literal[
    "standard",
    "dictionary",
    "corpus-count",
    "annotator-votes",
    "survey",
    "insider-report",
    "outsider-report",
    "llm-generated",
]
Detect = Literal["flag", "ask", "silent"]
Adapt = Literal["keep", "gloss", "substitute", "rephrase", "omit-with-notice", "ask"]
Status = Literal["draft", "reviewed", "disputed", "expired"]
Feeling = Literal[
    "anger",
    "disgust",
    "fear",
    "joy",
    "sadness",
    "surprise",
    "pride",
    "shame",
    "love",
    "trust",
    "anticipation",
    "contempt",
]
Tone = Literal["intimate", "casual", "neutral", "formal", "ceremonial", "any"]

KINDS: tuple[Kind, ...] = get_args(Kind)
FIGURATIVE: frozenset[Kind] = frozenset({"idiom", "proverb", "slang"})
"""Kinds whose words mean something else than they say; only one of them can hold at a place."""

_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """How a claim is found: by ``forms`` in text (:mod:`tongli.knowledge.claim_patterns`), or a situation."""

    forms: tuple[str, ...] = ()
    situation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Equivalent:
    """How another language says it: ``lang`` (BCP-47), the words, and how close they are."""

    lang: str
    form: str
    match: Closeness


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a form means.

    Attributes:
        literal: literal gloss in English.
        sense: the meaning in plain English.
        literal_use_possible: whether ordinary text may mean the words literally.
        emotions: that the form carries.
        equivalents: in other languages, best first; ``plain`` ones are plain wording.
    """

    literal: str
    sense: str
    literal_use_possible: bool
    emotions: tuple[Feeling, ...] = ()
    equivalents: tuple[Equivalent, ...] = ()

    def equivalents_in(self, lang: str) -> tuple[Equivalent, ...]:
        """Those of a language, whatever the region."""
        wanted = lang.partition("-")[0].lower()
        return tuple(item for item in self.equivalents if item.lang.partition("-")[0] == wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Years in which a form is in use; ``last`` is ``None`` while it is (JSON: ``from`` and ``to``)."""

    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where a claim holds; an empty field says nothing."""

    register: tuple[Tone, ...]
    medium: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    relation: tuple[str, ...] = ()
    generation: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    period: Period | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How firmly it holds, how sure we are, and the share (0..1) who agree, where people were asked."""

    level: Level
    confidence: Confidence
    agreement: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Who says so."""

    source: str
    type: EvidenceType
    licence: str = ""
    date: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Where the claim does not hold."""

    text: str
    when: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What to do about it in a text: when it is found, when the text is adapted, and what never."""

    detect: Detect
    adapt: Adapt
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim.

    Attributes:
        id: language or audience, kind and slug: ``ja.idiom.neko-no-te-mo-karitai``.
        statement: one English sentence about the expression, form or practice.
        meaning: of a form; always there for idioms, proverbs and slang.
        status: ``draft`` until an insider has reviewed it.
        review_by: year and month, ``2028-11``.
    """

    id: str
    kind: Kind
    statement: str
    trigger: Trigger = Trigger()
    meaning: Meaning | None = None
    scope: Scope
    strength: Strength
    evidence: tuple[Evidence, ...]
    counter: tuple[Counter, ...]
    action: Action
    status: Status
    reviewed_by: tuple[str, ...] = ()
    review_by: str

    @property
    def forms(self) -> tuple[str, ...]:
        """Patterns that find it in text."""
        return self.trigger.forms

    @property
    def literal_gloss(self) -> str | None:
        """What the words say; ``None`` without a meaning, and where only the words themselves are known."""
        literal = self.meaning.literal if self.meaning else ""
        return literal if literal and f"“{literal}” means" not in self.statement else None

    def to_dict(self, *, only: Collection[str] | None = None) -> dict[str, Any]:
        """The claim as its JSON object, in the schema's order, without what is empty or unknown.

        Args:
            only: names of the fields wanted; ``None`` for all.
        """
        data: dict[str, Any] = _told(self, only)
        if "scope" in data and self.scope.period is not None:
            data["scope"]["period"] = {"from": self.scope.period.first, "to": self.scope.period.last}
        return data


def is_item(claim: Claim) -> bool:
    """Whether an outsider may need it explained: a thing, or a day or count of the calendar."""
    return claim.kind == "culture-item" or (claim.kind == "calendar" and claim.action.adapt == "gloss")


def is_lexical(claim: Claim) -> bool:
    """An expression or a thing, rather than a practice or a form of a level."""
    return claim.kind in FIGURATIVE or is_item(claim)


def parse_claim(data: object) -> Claim:
    """A claim from its JSON object.

    Raises:
        ValueError, TypeError, KeyError: for what the types cannot hold; :mod:`tongli.knowledge.claim_files`
            turns them into coded errors that name the line.
    """
    item = _known(data, Claim)
    return Claim(
        id=_text(item["id"]),
        kind=_one_of(item["kind"], KINDS),
        statement=_text(item["statement"]),
        trigger=_trigger(item["trigger"]) if "trigger" in item else Trigger(),
        meaning=_meaning(item["meaning"]) if "meaning" in item else None,
        scope=_scope(item["scope"]),
        strength=_strength(item["strength"]),
        evidence=_each(item["evidence"], _evidence),
        counter=_each(item["counter"], _counter),
        action=_action(item["action"]),
        status=_one_of(item["status"], get_args(Status)),
        reviewed_by=_texts(item.get("reviewed_by")),
        review_by=_text(item["review_by"]),
    )


def _trigger(data: object) -> Trigger:
    item = _known(data, Trigger)
    return Trigger(forms=_texts(item.get("forms")), situation=_texts(item.get("situation")))


def _meaning(data: object) -> Meaning:
    item = _known(data, Meaning)
    if not isinstance(item["literal_use_possible"], bool):
        raise TypeError(f"literal_use_possible is {shorten(item['literal_use_possible'])}, not true or false")
    return Meaning(
        literal=_text(item["literal"]),
        sense=_text(item["sense"]),
        literal_use_possible=item["literal_use_possible"],
        emotions=_choices(item.get("emotions"), get_args(Feeling)),
        equivalents=_each(item["equivalents"], _equivalent),
    )


def _equivalent(data: object) -> Equivalent:
    item = _known(data, Equivalent)
    match: Closeness = _one_of(item["match"], get_args(Closeness))
    return Equivalent(lang=_text(item["lang"]), form=_text(item["form"]), match=match)


def _scope(data: object) -> Scope:
    item = _known(data, Scope)
    return Scope(
        register=_choices(item["register"], get_args(Tone)),
        medium=_texts(item.get("medium")),
        domain=_texts(item.get("domain")),
        relation=_texts(item.get("relation")),
        generation=_texts(item.get("generation")),
        region=_texts(item.get("region")),
        group=_texts(item.get("group")),
        period=_period(item["period"]) if "period" in item else None,
    )


def _period(data: object) -> Period:
    if not isinstance(data, Mapping) or data.keys() - {"from", "to"}:
        raise TypeError(f"{shorten(data)} is not a period with from and to")
    first, last = data["from"], data.get("to")
    if not isinstance(first, int) or not isinstance(last, int | None):
        raise TypeError(f"{shorten(data)} does not hold years")
    return Period(first=first, last=last)


def _strength(data: object) -> Strength:
    item = _known(data, Strength)
    agreement = item.get("agreement")
    if agreement is not None and not (isinstance(agreement, int | float) and 0 <= agreement <= 1):
        raise ValueError(f"agreement {shorten(agreement)} is not between 0 and 1")
    return Strength(
        level=_one_of(item["level"], get_args(Level)),
        confidence=_one_of(item["confidence"], get_args(Confidence)),
        agreement=agreement,
    )


def _evidence(data: object) -> Evidence:
    item = _known(data, Evidence)
    return Evidence(
        source=_text(item["source"]),
        type=_one_of(item["type"], get_args(EvidenceType)),
        licence=_text(item.get("licence", "")),
        date=_text(item.get("date", "")),
        note=_text(item.get("note", "")),
    )


def _counter(data: object) -> Counter:
    item = _known(data, Counter)
    when, source = _text(item.get("when", "")), _text(item.get("source", ""))
    return Counter(text=_text(item["text"]), when=when, source=source)


def _action(data: object) -> Action:
    item = _known(data, Action)
    return Action(
        detect=_one_of(item["detect"], get_args(Detect)),
        adapt=_one_of(item["adapt"], get_args(Adapt)),
        never=_texts(item.get("never")),
    )


def _known(data: object, kind: type) -> Mapping[str, Any]:
    """An object without fields that the type does not know."""
    if not isinstance(data, Mapping):
        raise TypeError(f"{shorten(data)} is not an object")
    unknown = data.keys() - _NAMES[kind]
    if unknown:
        raise ValueError(f"unknown field {shorten(min(unknown))}")
    return data


_NAMES: dict[type, set[str]] = {
    kind: {field.name for field in fields(kind)}
    for kind in (Trigger, Equivalent, Meaning, Scope, Strength, Evidence, Counter, Action, Claim)
}


_ALWAYS = frozenset({"counter", "equivalents"})


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{shorten(value)} is not a string")
    return value


def _texts(value: object) -> tuple[str, ...]:
    return () if value is None else _each(value, _text)


def _choices(value: object, allowed: tuple[str, ...]) -> tuple[Any, ...]:
    return () if value is None else _each(value, lambda item: _one_of(item, allowed))


def _each(value: object, parse: Callable[[Any], _Part]) -> tuple[_Part, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{shorten(value)} is not a list")
    return tuple(map(parse, value))


def _one_of(value: object, allowed: tuple[str, ...]) -> Any:
    if value not in allowed:
        raise ValueError(f"{shorten(value)} is not one of {', '.join(allowed)}")
    return value


def _told(part: Any, only: Collection[str] | None = None) -> dict[str, Any]:
    """A part as plain data; empty strings, empty lists and ``None`` are left out, where the schema allows."""
    return {
        field.name: _plain(value)
        for field in fields(part)
        if (only is None or field.name in only)
        and ((value := getattr(part, field.name)) not in ("", (), None, Trigger()) or field.name in _ALWAYS)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _told(value) if hasattr(value, "__dataclass_fields__") else value
