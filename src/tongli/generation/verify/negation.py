"""What happened is not turned into its opposite: "did not arrive" does not become "arrived".

A clause of the draft is compared with each clause of what it answers that says the same words of the same
fact: both hold a kept string and share a word, or they share several words. If one denies and the other does
not, the draft states the opposite. Questions, wishes, conditions and promises state nothing, so they are left
out. Lists by language: :mod:`tongli.knowledge.negation`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from tongli.core import Check, Span
from tongli.generation.facts import Fact, extract_facts
from tongli.generation.verify.subject import Subject, base, quote
from tongli.knowledge.negation import Kind, negation

_CLAUSE = re.compile(r"[^.!?;:,。！？；：，、…؟،؛।\n—–]+[?？؟]?")
_WORD = regex.compile(r"[\p{L}\p{M}]{4,}")
_PAIR = regex.compile(r"(?=([\u3040-\u30ff\u3400-\u9fff]{2}))")
_STEM = regex.compile(r"(?<!\p{L})\p{Hangul}{2}")
_PATTERNS = {"zh": _PAIR, "ja": _PAIR, "ko": _STEM}
"""What counts as a word where endings or the lack of spaces hide them."""
_SEVERAL = 3
"""Shared words from which two clauses without a shared fact say the same thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    span: Span
    denies: bool
    words: frozenset[str]
    facts: frozenset[str]


def check(subject: Subject) -> Check:
    """Fail when a clause states the opposite of what the message, or a sheet of facts, states."""
    lang = subject.lang
    if negation(lang, "deny") is None or base(subject.reading.language.tag) != lang:
        return Check(name="negation", passed=None, detail="no words of denial to compare by")
    told = _clauses(subject.reading.message.text, subject)
    spans = [
        clause.span
        for clause in _clauses(subject.text, subject)
        if (denials := {other.denies for other in told if _alike(clause, other)}) == {not clause.denies}
        and denials
    ]
    detail = f"says the opposite: {quote(subject.text, spans)}" if spans else "nothing turned around"
    return Check(name="negation", passed=not spans, detail=detail, evidence=tuple(spans))


def _alike(one: _Clause, other: _Clause) -> bool:
    shared = len(one.words & other.words)
    return shared >= _SEVERAL or (shared > 0 and bool(one.facts & other.facts))


def _clauses(text: str, subject: Subject) -> list[_Clause]:
    facts = extract_facts(text)
    blank = text
    for fact in facts:  # the marks within a link or a number end no clause
        start, end = fact.span
        blank = blank[:start] + " " * (end - start) + blank[end:]
    found = (_clause(blank, place.span(), facts, subject.lang) for place in _CLAUSE.finditer(blank))
    return [clause for clause in found if clause is not None]


def _clause(text: str, span: Span, facts: Sequence[Fact], lang: str) -> _Clause | None:
    """A clause that states something, and else ``None``."""
    words = text[slice(*span)]
    if words.endswith(("?", "？", "؟")) or _has("open", words, lang):
        return None
    return _Clause(
        span=span,
        denies=_has("deny", words, lang),
        words=_content(words, lang),
        facts=frozenset(fact.value for fact in facts if span[0] <= fact.span[0] < span[1]),
    )


def _content(words: str, lang: str) -> frozenset[str]:
    """What a clause is about: words of some length, or what stands for them."""
    for listed in (negation(lang, "deny"), negation(lang, "idle")):
        for start, end in reversed(listed.find(words)) if listed else ():
            words = words[:start] + " " + words[end:]
    return frozenset(word.casefold() for word in _PATTERNS.get(lang, _WORD).findall(words))


def _has(kind: Kind, words: str, lang: str) -> bool:
    listed = negation(lang, kind)
    return bool(listed and listed.find(words))
