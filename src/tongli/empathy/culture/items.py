"""Culture-item: dishes, festivals, institutions and days that an outsider may need explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongli.core import Claim, Evidence
from tongli.empathy.culture.found import CERTAINTY, MAX_EVIDENCE
from tongli.knowledge.claim import is_item
from tongli.knowledge.claim_matcher import Match

OPEN = "the words can also be meant as they stand"


def culture_items(found: Sequence[Match]) -> Iterator[Claim]:
    """One claim a thing, with every place that names it; it abstains where the words may mean another."""
    matches: dict[str, list[Match]] = {}
    for match in found:
        if is_item(match.claim):
            matches.setdefault(match.claim.id, []).append(match)
    for claim_id, places in matches.items():
        claim = places[0].claim
        unsure = claim.action.detect == "ask" or (
            claim.meaning is not None and claim.meaning.literal_use_possible
        )
        yield Claim(
            dimension="culture-item",
            label=claim_id.partition(".")[2].partition(".")[2],
            score=CERTAINTY["low" if unsure else claim.strength.confidence],
            evidence=tuple(Evidence(span=match.span, weight=1.0) for match in places[:MAX_EVIDENCE]),
            abstained=unsure,
            reason=OPEN if unsure else None,
            source=f"claim:{claim_id}",
            claim_id=claim_id,
            gloss=claim.statement if claim.meaning is None else claim.meaning.sense,
        )
