"""Things and days of a culture that an outsider does not know: explained where they first occur."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from tongli.core import Edit, Question
from tongli.generation.adapt.expressions import plain_wording
from tongli.generation.adapt.source import Source, question
from tongli.knowledge import tags
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_matcher import Match
from tongli.knowledge.claim_streams import is_spaced

_ITEMS = frozenset({"culture-item", "calendar"})


class CultureItems:
    """Finds dishes, institutions, holidays and the like."""

    kind = "culture-item"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """An explanation in parentheses, or a question where nothing is known in the text's language."""
        seen: set[str] = set()
        for match, entry in source.claims:
            claim = match.claim
            wanted = entry.role == "explain" and claim.kind in _ITEMS and claim.id not in seen
            if (
                not wanted
                or claim.id in _listed("figures")
                or match.span in source.protected
                or match.span in source.asides
            ):
                continue
            seen.add(claim.id)
            if not source.explained(match.span[1]):
                yield self._told(match, source)

    def _told(self, match: Match, source: Source) -> Edit | Question:
        claim, end = match.claim, match.span[1]
        told = _explanation(claim, source.lang) if match.form == claim.forms[0] else None
        if told is None:
            return question(
                match.span,
                f"Readers in {source.audience.tag} may not know “{source.text[slice(*match.span)]}”. "
                f"{claim.statement} Explain it?",
                kind=self.kind,
                source=claim.id,
            )
        return Edit(
            span=(end, end),
            before="",
            after=f" ({told})" if is_spaced(source.lang) else f"（{told}）",
            kind=self.kind,
            reason=f"not known outside its culture: {claim.statement}",
            source=claim.id,
        )


def _explanation(claim: Claim, lang: str) -> str | None:
    """In the text's language; senses are in English, and fit the first form of a claim."""
    if claim.id in _listed("asked"):
        return None
    if tags.primary(lang) == "en" and claim.meaning is not None:
        return claim.meaning.sense.partition(";")[0].strip()
    return plain_wording(claim, lang)


@cache
def _listed(name: str) -> frozenset[str]:
    data = tomllib.loads((files("tongli.knowledge") / "adapt" / "culture_items.toml").read_text("utf-8"))
    return frozenset(data[name])
