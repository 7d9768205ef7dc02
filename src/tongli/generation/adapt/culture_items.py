"""Things and days of a culture that an outsider does not know: explained where they first occur."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from tongli.core import Edit, Question, Span
from tongli.generation.adapt.source import Source, question
from tongli.generation.adapt.wordings import parenthesis, plain_wording
from tongli.knowledge import tags
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_matcher import Match

_LONG, _SHORT = 60, 15
"""Code points from which an explanation is cut at a comma, and what must be left of it."""

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
            if any(_within(match.span, fact.span) for fact in source.facts if fact.kind == "date"):
                continue  # the fourth of July of some year is a day like any other
            seen.add(claim.id)
            if not source.explained(match.span[1]):
                yield self._told(match, source)

    def _told(self, match: Match, source: Source) -> Edit | Question:
        claim, end = match.claim, match.span[1]
        told = _explanation(claim, source.text[slice(*match.span)], lang=source.lang)
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
            after=parenthesis(told, source.lang),
            kind=self.kind,
            reason=f"not known outside its culture: {claim.statement}",
            source=claim.id,
        )


def _within(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1] and span != other


def _explanation(claim: Claim, words: str, *, lang: str) -> str | None:
    """What the words are, in their language; ``None`` where the claim only speaks of things like them."""
    if claim.id in _listed("asked"):
        return None
    if tags.primary(lang) == "en" and claim.meaning is not None:  # senses are in English
        sense = claim.meaning.sense.partition(";")[0].strip()
        head = sense.partition(",")[0]
        return head if len(sense) > _LONG and len(head) > _SHORT else sense
    named = re.sub(r"\([^()]*\)", "", claim.forms[0])
    return plain_wording(claim, lang) if words == named else None


@cache
def _listed(name: str) -> frozenset[str]:
    data = tomllib.loads((files("tongli.knowledge") / "adapt" / "culture_items.toml").read_text("utf-8"))
    return frozenset(data[name])
