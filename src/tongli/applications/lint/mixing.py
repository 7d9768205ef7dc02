"""Two levels of address in one text: du and Sie, tú and usted, 반말 and 존댓말, です・ます and だ.

A marker alone is never reported. The finding stands at the first marker of the level that is used less, as it
is more likely the slip; quotations are left out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tongli.applications.lint.rules import Finding
from tongli.core import Address, Span
from tongli.knowledge import tags
from tongli.knowledge.address import blank_quotations
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_files import KNOWN
from tongli.knowledge.locales import profile


@dataclass(frozen=True, slots=True)
class _Level:
    claim: Claim
    pattern: re.Pattern[str]


def find_mix(text: str, lang: str) -> list[Finding]:
    """One finding where a text uses two levels, none otherwise or for a language without clear markers."""
    levels = _levels(tags.primary(lang))
    own = blank_quotations(text)
    used = [(level, [found.span() for found in level.pattern.finditer(own)]) for level in levels]
    if not used or not all(spans for _, spans in used):
        return []
    (less, spans), (more, others) = sorted(used, key=lambda item: (len(item[1]), -item[1][0][0]))
    claim = next((level.claim for level in (less, more) if level.claim.action.detect != "silent"), None)
    if claim is None:
        return []
    return [_finding(claim, text, spans, others)]


def _finding(claim: Claim, text: str, spans: list[Span], others: list[Span]) -> Finding:
    here, there = text[slice(*spans[0])].strip(), text[slice(*others[0])].strip()
    return Finding(
        claim=claim,
        severity="note" if claim.action.detect == "ask" else "warning",
        span=spans[0],
        audience=None,
        message=(
            f"two levels of address in one text: “{here}” ({_times(len(spans))}) "
            f"and “{there}” ({_times(len(others))})"
        ),
        suggestion="Use one of them throughout, unless different people are addressed.",
    )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


@cache
def _levels(lang: str) -> tuple[_Level, ...]:
    entry = _data().get(lang)
    if entry is None:
        return ()
    markers, claims = profile(lang).markers, KNOWN.claims(lang)
    sides: tuple[Address, ...] = ("formal", "informal")
    return tuple(
        _Level(claims[entry[side]["claim"]], _pattern(entry[side].get("pattern")) or markers[side])
        for side in sides
    )


def _pattern(source: str | None) -> re.Pattern[str] | None:
    return None if source is None else re.compile(source)


@cache
def _data() -> Mapping[str, Mapping[Address, Mapping[str, str]]]:
    return tomllib.loads((files(__package__) / "levels.toml").read_text("utf-8"))
