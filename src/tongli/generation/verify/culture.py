"""What the reader's culture is particular about: words that are taboo, and practices that the draft touches.

Claims of the knowledge base say where to look, not what is wrong: to name a mourning, a holiday or a gift
may be just what the message asked for. So a touched practice makes the check abstain, with the words and the
claim, and only words that the language itself holds taboo fail. What the message brought up is the reader's
own.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from tongli.core import Check, InputError
from tongli.generation.verify.subject import Subject, quote
from tongli.knowledge import tags
from tongli.knowledge.catalogue import Entry, catalogue
from tongli.knowledge.claim import Kind
from tongli.knowledge.claim_matcher import Match, Matcher

_PRACTICES: frozenset[Kind] = frozenset({"norm", "gesture", "symbol"})
_LOOSE = frozenset({"contested", "individual"})


class _Known(NamedTuple):
    """Claims about one readership that words of a language may touch."""

    entries: Mapping[str, Entry]
    matcher: Matcher


def check(subject: Subject) -> Check:
    """Fail on taboo words; abstain, with the places, where a practice is touched that the message did not."""
    culture = subject.plan.culture
    known = _known(culture.lang, culture.locale)
    if known is None:
        return Check(name="culture", passed=None, detail=f"nothing is known of readers in {culture.locale}")
    theirs = {match.claim.id for match in known.matcher.find(subject.reading.message.text)}
    found = [match for match in known.matcher.find(subject.own_words) if match.claim.id not in theirs]
    taboo = [match for match in found if _is_taboo(known.entries[match.claim.id])]
    shown = taboo or found
    if not shown:
        return Check(name="culture", passed=True, detail="touches nothing that is known")
    spans = [match.span for match in shown]
    return Check(
        name="culture",
        passed=False if taboo else None,
        detail=f"{'taboo' if taboo else 'look at'}: {quote(subject.text, spans)} ({_sources(shown)})",
        evidence=tuple(spans),
    )


def _matters(entry: Entry) -> bool:
    """Taboos, and practices of a culture; how a language greets and closes is what a draft should do."""
    kind = entry.claim.kind
    return kind == "taboo" or (kind in _PRACTICES and tags.has_region(entry.tag))


def _is_taboo(entry: Entry) -> bool:
    return entry.role == "words" and entry.claim.strength.level not in _LOOSE


def _sources(found: list[Match]) -> str:
    return ", ".join(dict.fromkeys(match.claim.id for match in found))


@lru_cache(maxsize=64)
def _known(lang: str, locale: str) -> _Known | None:
    try:
        every = catalogue(lang, locale, kinds={"taboo", *_PRACTICES})
    except InputError:
        return None
    entries = {name: entry for name, entry in every.items() if _matters(entry)}
    return _Known(entries, Matcher([entry.claim for entry in entries.values()], lang=lang))
