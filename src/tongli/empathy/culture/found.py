"""Where claims of the knowledge base occur in a message."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tongli.core import Reading
from tongli.empathy.reply import is_tag
from tongli.knowledge import tags
from tongli.knowledge.claim import FIGURATIVE, Claim
from tongli.knowledge.claim_files import SHIPPED
from tongli.knowledge.claim_matcher import Match, Matcher
from tongli.knowledge.claim_set import Member
from tongli.knowledge.honorifics import levels

CERTAINTY = {"high": 0.9, "medium": 0.7, "low": 0.5}
"""Score of what a form shows, by the confidence of its claim: a rule's, not measured."""

MAX_EVIDENCE = 10


def find(reading: Reading) -> list[Match]:
    """Expressions, culture-bound items and forms of a level in the message, in order; linear in the text.

    Silent expressions take their place (*because of*, *de acuerdo con*) and are not told.
    """
    found = _matcher(reading.language.tag)
    matches = [] if found is None else found.find(reading.message.text)
    return [
        match for match in matches if match.claim.action.detect != "silent" or not _is_lexical(match.claim)
    ]


def is_item(claim: Claim) -> bool:
    """Whether an outsider may need it explained: a thing, or a day or count of the calendar."""
    return claim.kind == "culture-item" or (claim.kind == "calendar" and claim.action.adapt == "gloss")


@lru_cache(maxsize=64)
def _matcher(tag: str) -> Matcher | None:
    """Of the claims that readings need; ``None`` where there are none."""
    wanted = list(_members(tag)) if is_tag(tag) else []
    return Matcher(wanted, lang=tag) if wanted else None


def _members(tag: str) -> Iterator[Member]:
    """Claims of a tag; things that a text names are looked for in every audience of a bare language."""
    lineage = SHIPPED.lineage(tag)
    if not lineage:
        return
    yield from SHIPPED.claims(tag).where(lambda claim: _is_read(claim, tag)).members()
    if not set(lineage) & set(SHIPPED.audiences):
        for audience in SHIPPED.audiences:
            if tags.same_language(audience, tag):
                yield from SHIPPED.own(audience).where(is_item).members()


def _is_lexical(claim: Claim) -> bool:
    """An expression or a thing; forms of a level, the others, are told even where they are silent."""
    return claim.kind in FIGURATIVE or is_item(claim)


def _is_read(claim: Claim, tag: str) -> bool:
    return _is_lexical(claim) or any(claim.id in level.claims for level in levels(tag) if not level.marked)
