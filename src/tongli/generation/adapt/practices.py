"""What a text touches that its readers avoid or do in another way: only the writer can reword it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tongli.core import Edit, Question
from tongli.generation.adapt.source import HOME, Source, question
from tongli.knowledge.claim import Adapt, Claim

_ASKED: Mapping[Adapt, str] = {
    "gloss": "Does the text fit it?",
    "substitute": "Choose other words?",
    "rephrase": "Reword it, or leave it out?",
    "omit-with-notice": "Leave it out, and say so?",
    "ask": "Is it meant so?",
}


class Practices:
    """Finds taboos, norms, gestures and symbols."""

    kind = "taboo"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """One question a practice, at its first place."""
        seen: set[str] = set()
        for match, entry in source.claims:
            claim = match.claim
            asked = _ASKED.get(claim.action.adapt)
            if entry.role not in {*HOME, "words"} or asked is None or claim.id in seen:
                continue
            if entry.role == "home" and claim.action.adapt == "gloss":
                continue  # its readers' own writers know it
            seen.add(claim.id)
            yield question(match.span, f"{_told(claim)} {asked}", kind=self.kind, source=claim.id)


def _told(claim: Claim) -> str:
    where = claim.id.partition(".")[0]
    never = "".join(f" Never {item}." for item in claim.action.never)
    unless = "".join(f" But: {item.text}" for item in claim.counter[:1])
    return f"{claim.kind} of {where}: {claim.statement}{never}{unless}"
