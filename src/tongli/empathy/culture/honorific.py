"""Honorific: the levels of address and respect that a message uses, on its language's own scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from tongli.core import Claim, Evidence, Reading, Span
from tongli.empathy.culture.found import CERTAINTY, MAX_EVIDENCE
from tongli.empathy.culture.perspective import MARKER_PRECISION
from tongli.empathy.reply import is_tag
from tongli.knowledge.address import blank_quotations, find_address
from tongli.knowledge.claim_matcher import Match
from tongli.knowledge.honorifics import Level, levels
from tongli.knowledge.language import LanguageProfile
from tongli.knowledge.locales import knows, profile


def honorifics(reading: Reading, found: Sequence[Match]) -> Iterator[Claim]:
    """One claim a level, with what shows it; several levels in one message are usual."""
    tag = reading.language.tag
    scale, known = _scale(tag)
    if not scale:
        return
    marked = _marked(reading.message.text, scale, known)
    for level in scale:
        yield from _by_forms(level, found)
        # Markers of an address serve several levels: forms of the others have told those.
        told = {match.span for match in found if level.marked or match.claim.id in level.claims}
        spans = [span for span in marked.get(level.name, ()) if span not in told]
        if spans:
            yield _claim(
                level,
                spans,
                claim_id=next(iter(level.claims), None),
                score=MARKER_PRECISION if level.marked else CERTAINTY["medium"],
                source=f"address-markers:{tag}" if level.marked else f"honorific-forms:{tag}",
            )


@lru_cache(maxsize=256)
def _scale(tag: str) -> tuple[tuple[Level, ...], LanguageProfile | None]:
    """Levels of a language, and its profile if its markers show any of them."""
    scale = levels(tag) if is_tag(tag) else ()
    marked = any(level.marked for level in scale) and knows(tag)
    return scale, profile(tag) if marked else None


def _by_forms(level: Level, found: Sequence[Match]) -> Iterator[Claim]:
    for claim_id in level.claims:
        matches = [match for match in found if match.claim.id == claim_id]
        if matches:
            score = CERTAINTY[matches[0].claim.strength.confidence]
            spans = [match.span for match in matches]
            yield _claim(level, spans, claim_id=claim_id, score=score, source=f"claim:{claim_id}")


def _marked(text: str, scale: Sequence[Level], known: LanguageProfile | None) -> dict[str, list[Span]]:
    """Level → what its markers and its pattern find outside of quotations."""
    found: dict[str, list[Span]] = {}
    if known is not None:
        use = find_address(text, known)
        spans = {"formal": use.formal, "informal": use.informal}
        found |= {level.name: [*spans[level.address]] for level in scale if level.marked and level.address}
    for level in scale:
        if level.pattern is not None:
            matches = level.pattern.finditer(blank_quotations(text))
            found[level.name] = found.get(level.name, []) + [match.span() for match in matches]
    return found


def _claim(level: Level, spans: Sequence[Span], *, claim_id: str | None, score: float, source: str) -> Claim:
    return Claim(
        dimension="honorific",
        label=level.name,
        score=score,
        evidence=tuple(Evidence(span=span, weight=1.0) for span in spans[:MAX_EVIDENCE]),
        source=source,
        claim_id=claim_id,
    )
