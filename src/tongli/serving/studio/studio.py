"""What all pages share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tongli.applications.studio.store import Store
from tongli.core import Reading, Settings
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_files import KNOWN
from tongli.pipeline import Tongli
from tongli.serving.studio.reads import Reads
from tongli.serving.studio.translators import Translators
from tongli.serving.studio.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """One Studio for all its visitors.

    Attributes:
        tongli: reads, adapts and answers.
        settings: cache, limits.
        work: runs the model's calls.
        reads: gives first answers.
        store: drafts, decisions, the review queue.
        translators: the engines that translate here.
    """

    tongli: Tongli
    settings: Settings
    work: Work
    reads: Reads
    store: Store
    translators: Translators

    def thresholds(self, head: str, lang: str) -> Mapping[str, float]:
        """Label → the value from which a head decides it in a language."""
        card = self.tongli.heads.card(head)
        return dict(zip(card.labels, card.thresholds.of(lang), strict=True))

    def known(self, reading: Reading) -> Mapping[str, Claim]:
        """Id → claim of the knowledge base, for those that a reading points to."""
        names = {claim.claim_id for claim in reading.claims if claim.claim_id is not None}
        found = {name: KNOWN.own(name.partition(".")[0]).get(name) for name in names}
        return {name: claim for name, claim in found.items() if claim is not None}
