"""Where claims of the knowledge base occur in a message."""

from __future__ import annotations

from functools import lru_cache

from tongli.core import Reading
from tongli.empathy.reply import is_tag
from tongli.knowledge.claim import Claim, is_lexical
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.claim_matcher import Match, Matcher
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
        match for match in matches if match.claim.action.detect != "silent" or not is_lexical(match.claim)
    ]


@lru_cache(maxsize=64)
def _matcher(tag: str) -> Matcher | None:
    """Of the claims that readings need; ``None`` for a language of which nothing is known."""
    if not is_tag(tag) or not KNOWN.lineage(tag):
        return None
    return Matcher(KNOWN.members(tag, wanted=lambda claim: _is_read(claim, tag), abroad=is_lexical), lang=tag)


def _is_read(claim: Claim, tag: str) -> bool:
    return is_lexical(claim) or any(claim.id in level.claims for level in levels(tag) if not level.marked)
