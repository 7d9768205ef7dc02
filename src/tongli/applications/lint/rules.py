"""Claims found in a text, as findings for its audiences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tongli.core import Span
from tongli.knowledge.catalogue import Entry, Role, catalogue
from tongli.knowledge.claim import FIGURATIVE, Adapt, Claim, Equivalent
from tongli.knowledge.claim_matcher import Match, Matcher, apart, layer_of
from tongli.knowledge.tags import has_region

Severity = Literal["warning", "note"]

_ADVICE: dict[Adapt, str] = {
    "keep": "Know it; the text may well stay as it is.",
    "gloss": "Make sure that the text fits it.",
    "substitute": "Choose other words.",
    "rephrase": "Reword it, or leave it out.",
    "omit-with-notice": "Leave it out, and say so.",
    "ask": "Decide on purpose, best with a reader from there.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place in a text to look at; the rule is a claim, and its id the rule's.

    Attributes:
        span: half-open range of code points of the original text.
        audience: for whom; ``None`` for what concerns every reader.
        suggestion: what to do, in English.
        replacement: words of the audience's language that could stand there, where some are known.
    """

    claim: Claim
    severity: Severity
    span: Span
    audience: str | None
    message: str
    suggestion: str
    replacement: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Who says so."""
        return tuple(item.source for item in self.claim.evidence)

    @property
    def counter(self) -> tuple[str, ...]:
        """Where it does not hold."""
        return tuple(f"{item.text} ({item.when})" if item.when else item.text for item in self.claim.counter)


@lru_cache(maxsize=64)
def linter(lang: str, audiences: tuple[str, ...]) -> Linter:
    """A linter of the shipped claims; raises like :func:`catalogue`."""
    return Linter(lang, {audience: catalogue(lang, audience) for audience in audiences})


class Linter:
    """Finds what audiences may stumble over, in one pass over the text for all of them.

    Args:
        lang: language of the texts (BCP-47).
        entries: audience → id → claim with its role.

    Raises:
        ConfigError: ``claims.pattern``.
    """

    def __init__(self, lang: str, entries: Mapping[str, Mapping[str, Entry]]) -> None:
        self._entries = entries
        claims = {name: entry.claim for known in entries.values() for name, entry in known.items()}
        self._matcher = Matcher(claims.values(), lang=lang)

    def find(self, text: str) -> list[Finding]:
        """Findings in order; time is linear in the text and hardly depends on the number of claims."""
        candidates = self._matcher.candidates(text)
        found = [
            _finding(match, entry, audience)
            for audience, known in self._entries.items()
            for match, entry in _chosen(candidates, known)
        ]
        return sorted(found, key=lambda item: (item.span, item.claim.id))


def apply(text: str, findings: Iterable[Finding]) -> str:
    """The text with the replacements of findings in place; of two that overlap, the first is taken.

    They are words of the audience's language, put in where they belong: raw material for a translator.
    """
    parts, end = [], 0
    for finding in sorted(findings, key=lambda item: item.span):
        if finding.replacement is not None and finding.span[0] >= end:
            parts += [text[end : finding.span[0]], finding.replacement]
            end = finding.span[1]
    return "".join([*parts, text[end:]])


def _chosen(candidates: Iterable[Match], known: Mapping[str, Entry]) -> list[tuple[Match, Entry]]:
    """The longest matches; idioms, proverbs and slang do not overlap, nor do two of another kind and role.

    What the readers know from home takes the place of what outsiders would need explained.
    """
    relevant = [(match, known[match.claim.id]) for match in candidates if match.claim.id in known]
    kept = apart(
        sorted(relevant, key=_preference),
        span=lambda found: found[0].span,
        layer=lambda found: (layer_of(found[0].claim), found[1].role in {"practice", "home"}),
    )
    return [(match, entry) for match, entry in kept if entry.role != "known"]


def _preference(found: tuple[Match, Entry]) -> tuple[int, bool]:
    (start, end), entry = found[0].span, found[1]
    return start - end, entry.role != "known"


def severity(claim: Claim, role: Role) -> Severity:
    """How much a finding weighs; never an error.

    What is contested or only to be asked about is a note, and so is a practice that asks nothing of the
    writer: where the text may stay as it is, or its readers are at home in it.
    """
    weak = claim.strength.level in {"contested", "individual"} or claim.action.detect == "ask"
    if weak or claim.kind == "culture-item" or claim.kind in FIGURATIVE:
        return "note" if weak else "warning"
    at_ease = claim.action.adapt == "keep" or role == "explain"
    return "note" if at_ease or (role == "home" and claim.action.adapt == "gloss") else "warning"


def _finding(match: Match, entry: Entry, audience: str) -> Finding:
    claim, role = entry.claim, entry.role
    equivalents = _equivalents(claim, audience)
    return Finding(
        claim=claim,
        severity=severity(claim, role),
        span=match.span,
        audience=audience,
        message=_message(entry),
        suggestion=_suggestion(claim, role, equivalents),
        replacement=equivalents[0].form if equivalents and role in {"expression", "explain"} else None,
    )


def _equivalents(claim: Claim, audience: str) -> tuple[Equivalent, ...]:
    """In the audience's language; those of other regions only where there is nothing else."""
    found = claim.meaning.equivalents_in(audience) if claim.meaning is not None else ()
    near = tuple(item for item in found if item.lang == audience or not has_region(item.lang))
    return near or found


def _message(entry: Entry) -> str:
    claim, meaning = entry.claim, entry.claim.meaning
    if claim.kind not in FIGURATIVE or meaning is None:
        return f"{claim.kind} of {entry.tag}: {claim.statement}"
    regions = claim.scope.region if entry.role == "regional" else ()
    where = f" of {', '.join(regions)}" if regions else ""
    literally = "; the words may also be meant as they stand" if meaning.literal_use_possible else ""
    return f"{claim.kind}{where} that means “{meaning.sense}”{literally}"


def _suggestion(claim: Claim, role: Role, equivalents: Sequence[Equivalent]) -> str:
    said = ", ".join(f"{item.form} ({item.match})" for item in equivalents)
    if role in {"expression", "regional"} and claim.meaning is not None:
        return f"Say {said}" if said and role == "expression" else f"Say it plainly: {claim.meaning.sense}"
    if role == "explain":
        return f"Explain it to the reader, or say {said}" if said else "Explain it to the reader."
    never = "".join(f" Never {item}." for item in claim.action.never)
    return f"{_ADVICE[claim.action.adapt]}{never}"
