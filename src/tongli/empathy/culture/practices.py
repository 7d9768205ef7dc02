"""What an answer must respect: norms, forms of address, taboos and other practices of its reader's locale.

A few claims of the knowledge base, chosen by what was declared (locale, register, field, generation) and by
what the message itself touches; never by a name or a nationality. Each keeps its sources, its strength and
where it does not hold; contested ones are marked, to be asked about rather than followed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from tongli.core import Address, Person, Reading, Register, Span
from tongli.core.reading import Practice
from tongli.empathy.culture.found import MAX_EVIDENCE
from tongli.empathy.reply import is_tag
from tongli.knowledge import tags
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.claim_matcher import Matcher
from tongli.knowledge.claim_set import ClaimSet
from tongli.knowledge.honorifics import levels

MOST = 8
"""Practices told at most."""

KINDS = {
    "address": 2,
    "honorific": 1,
    "norm": 2,
    "politeness": 2,
    "directness": 1,
    "taboo": 1,
    "name-order": 1,
}
"""Kinds that bear on how an answer is worded, the most general first, and how many of each are told."""

_WRITTEN = frozenset({"email", "letter", "chat"})

_TONES: Mapping[Register, frozenset[str]] = {
    "formal": frozenset({"any", "formal"}),
    "neutral": frozenset({"any", "neutral"}),
    "informal": frozenset({"any", "casual"}),
}
_LEVELS = ("obligatory-grammar", "strong-convention", "common", "contested", "individual")
_CONFIDENCE = ("high", "medium", "low")


def practices(
    reading: Reading, *, lang: str, locale: str, register: Register, address: Address
) -> tuple[Practice, ...]:
    """The practices to respect, the most relevant first.

    The chosen address leads, then comes what the message touches, then what holds most firmly; among equals
    what is special to a declared locale.

    Args:
        reading: of the message that is answered; its author is the answer's reader.
        lang, locale, register, address: of the answer.

    Returns:
        none where neither a locale was declared nor the answer's language is asked for or known from the
        message, as of a recording without words: practices of English would be a guess.
    """
    if not (reading.reply_lang or reading.message.author.locale or reading.language.tag != "und"):
        return ()
    tag = locale if tags.same_language(locale, lang) else lang
    if not KNOWN.lineage(tag):
        return ()
    person = reading.message.author
    chosen = [
        claim for claim in _known(tag).values() if _holds(claim, person, locale=locale, register=register)
    ]
    touched = _touched(reading, tag)
    wanted = {claim_id for level in levels(tag) if level.address == address for claim_id in level.claims}
    other = {claim_id for level in levels(tag) if level.address for claim_id in level.claims} - wanted
    own = KNOWN.own(tag) if person.locale else {}
    ranked = sorted(
        (claim for claim in chosen if claim.id not in other and (claim.id in touched or _is_general(claim))),
        key=lambda claim: (
            claim.id not in wanted,
            claim.id not in touched,
            _LEVELS.index(claim.strength.level),
            claim.id not in own,
            _CONFIDENCE.index(claim.strength.confidence),
            [*KINDS].index(claim.kind),
        ),
    )
    return tuple(_practice(claim, touched.get(claim.id, ())) for claim in _few(ranked))


def _holds(claim: Claim, person: Person, *, locale: str, register: Register) -> bool:
    """Whether a claim's scope admits this answer; what was not declared narrows nothing it does not name."""
    scope = claim.scope
    return (
        claim.status != "expired"
        and not _TONES[register].isdisjoint(scope.register)
        and (not scope.region or not set(tags.fallbacks(locale)).isdisjoint(scope.region))
        and _admits(scope.domain, person.domain)
        and _admits(scope.generation, person.generation)
        and not scope.group
    )


def _admits(scope: Iterable[str], declared: str | None) -> bool:
    """A field without entries admits everything; another one only what was declared."""
    names = {name.casefold() for name in scope}
    return not names or (declared is not None and declared.strip().casefold() in names)


def _touched(reading: Reading, tag: str) -> dict[str, list[Span]]:
    """Claim id → where the message has its forms, when it is written in the answer's language."""
    written = reading.language.tag
    if not is_tag(written) or not tags.same_language(written, tag):
        return {}
    found: dict[str, list[Span]] = {}
    for match in _matcher(tag).find(reading.message.text):
        found.setdefault(match.claim.id, []).append(match.span)
    return found


@lru_cache(maxsize=32)
def _matcher(tag: str) -> Matcher:
    """Of practices alone: expressions, which are many, do not compete with them."""
    return Matcher(_known(tag).members(), lang=tag)


@lru_cache(maxsize=32)
def _known(tag: str) -> ClaimSet:
    return KNOWN.claims(tag).where(lambda claim: claim.kind in KINDS)


def _is_general(claim: Claim) -> bool:
    """Whether it may bear on any answer in writing, in its field; weddings only where they are touched."""
    scope = claim.scope
    return claim.kind != "norm" or bool(scope.domain) or not _WRITTEN.isdisjoint(scope.medium)


def _few(ranked: Iterable[Claim]) -> list[Claim]:
    kept: list[Claim] = []
    for claim in ranked:
        if sum(other.kind == claim.kind for other in kept) < KINDS[claim.kind]:
            kept.append(claim)
    return kept[:MOST]


def _practice(claim: Claim, spans: Sequence[Span]) -> Practice:
    return Practice(
        claim_id=claim.id,
        kind=claim.kind,
        statement=claim.statement,
        level=claim.strength.level,
        confidence=claim.strength.confidence,
        sources=tuple(item.source for item in claim.evidence),
        counter=tuple(item.text for item in claim.counter),
        spans=tuple(spans[:MAX_EVIDENCE]),
    )
