"""Idioms, proverbs and slang that the readers may not know: said plainly, or asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from tongli.core import Edit, Question, Span
from tongli.generation.adapt import english
from tongli.generation.adapt.protected import protected
from tongli.generation.adapt.source import Source, capitalised, question
from tongli.generation.adapt.wordings import (
    Wording,
    in_own_language,
    in_place,
    in_theirs,
    parenthesis,
    said_plainly,
)
from tongli.knowledge import tags
from tongli.knowledge.catalogue import Entry
from tongli.knowledge.claim import FIGURATIVE, Claim
from tongli.knowledge.claim_matcher import Match

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|[。！？\n।؟]")
_LONGEST = 400
_MOST_ADDED = 120
"""Code points of a wording; what is longer is no wording but an explanation."""


class Expressions:
    """Finds idioms, proverbs and slang."""

    kind = "idiom"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """One change or question an expression; none where it means its words."""
        found = [
            (match, entry) for match, entry in source.claims if _matters(match.claim, entry.role, source)
        ]
        for (match, entry), use in zip(found, _uses([match for match, _ in found], source), strict=True):
            if use == "literal" or (entry.role == "expression" and source.explained(match.span[1])):
                continue
            edit = _edit(match, entry, source) if use == "idiomatic" else None
            yield edit or _question(match, source, sure=use == "idiomatic")


def _edit(match: Match, entry: Entry, source: Source) -> Edit | None:
    """The first wording that can be put there; none for what is contested."""
    claim = match.claim
    if _contested(claim) or match.span in source.protected:
        return None
    for wording in _wordings(match, entry, source):
        place = _beside(wording, match, source) if wording.beside else _instead(wording, match, source)
        if place is not None and _is_clear(place, source):
            span, after = place
            sense = claim.meaning.sense if claim.meaning else ""
            told = f"{claim.kind} that readers in {source.audience.tag} may not know; it means “{sense}”"
            return Edit(
                span=span,
                before=source.text[slice(*span)],
                after=after,
                kind=Expressions.kind,
                reason=f"{told}; {wording.reason}" if wording.reason else told,
                source=wording.source,
            )
    return None


def _wordings(match: Match, entry: Entry, source: Source) -> Iterator[Wording]:
    """What could be said, the best first: in the text's own language before the readers'."""
    claim = match.claim
    yield from in_place(claim, source.lang)
    found = source.wordings(match, source) if source.wordings is not None else ()
    if entry.role != "expression":
        yield from (wording for wording in found if not wording.beside)
        return
    own, theirs = in_own_language(claim, source.lang), in_theirs(claim, source.audience.tag)
    yield from chain(found, own, theirs)


def _question(match: Match, source: Source, *, sure: bool) -> Question:
    claim, shown = match.claim, source.text[slice(*match.span)]
    doubt = "" if sure else ", if it is not meant as it stands"
    sense = claim.meaning.sense if claim.meaning else ""
    return question(
        match.span,
        f"Readers in {source.audience.tag} may not know “{shown}” ({sense}{doubt}). Say it plainly?",
        kind=Expressions.kind,
        source=claim.id,
        options=(wording.text for wording in in_place(claim, source.lang)),
    )


def _contested(claim: Claim) -> bool:
    weak = claim.strength.level in {"contested", "individual"} or claim.status == "disputed"
    return weak or claim.action.adapt == "ask"


def _instead(wording: Wording, match: Match, source: Source) -> tuple[Span, str] | None:
    """Where words take the place of an expression, in the form that they need there."""
    if not _is_plain(wording.text):
        return None
    if wording.fits:
        return match.span, capitalised(wording.text, like=source.text[slice(*match.span)])
    if tags.primary(source.lang) == "en":
        return english.fit(wording.text, match, source.text)
    return match.span, wording.text  # Chinese, the other language with plain wording, does not inflect


def _beside(wording: Wording, match: Match, source: Source) -> tuple[Span, str] | None:
    """An explanation in parentheses, where none stands yet and none encloses the expression."""
    end = match.span[1]
    if match.span in source.asides or not _is_plain(wording.text):
        return None
    return (end, end), parenthesis(wording.text, source.lang)


def _is_plain(text: str) -> bool:
    """Whether words are short and hold nothing that is kept letter for letter."""
    clean = 0 < len(text) <= _MOST_ADDED and text == text.strip() and not set("\n()（）") & set(text)
    return clean and (0, len(text)) not in protected(text.replace("“", "").replace("”", ""))


def _is_clear(place: tuple[Span, str], source: Source) -> bool:
    """Whether what is put there is, with the words around it, no such expression again."""
    (start, end), after = place
    low = max(0, start - _LONGEST)
    text = f"{source.text[low:start]}{after}{source.text[end : end + _LONGEST]}"
    again, first, last = replace(source, text=text), start - low, start - low + len(after)
    return not any(
        match.span[0] < last and first < match.span[1] and _matters(match.claim, entry.role, again)
        for match, entry in again.claims
    )


def _matters(claim: Claim, role: str, source: Source) -> bool:
    """Whether it is foreign to the readers; slang of their own only in a formal text."""
    if claim.kind not in FIGURATIVE or role not in {"expression", "regional"}:
        return False
    if claim.id in said_plainly(tags.primary(source.lang)):
        return False
    at_home = role == "regional" and claim.kind == "slang" and not _elsewhere(claim, source)
    return not at_home or source.audience.register == "formal"


def _elsewhere(claim: Claim, source: Source) -> bool:
    return bool(claim.scope.region) and source.audience.tag not in claim.scope.region


def _uses(found: list[Match], source: Source) -> Iterator[str | None]:
    """How each is meant: what the judge says where both readings are possible."""
    for match in found:
        meaning = match.claim.meaning
        if meaning is None or not meaning.literal_use_possible:
            yield "idiomatic"
        elif source.judge is None or match.span in source.protected:
            yield None
        else:
            start, end = _sentence(source.text, match.span)
            inside = Match((match.span[0] - start, match.span[1] - start), match.claim, match.form)
            (decision,) = source.judge([inside], source.text[start:end], lang=source.lang)
            yield decision.use


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a span, of bounded length."""
    low, high = max(0, span[0] - _LONGEST), min(len(text), span[1] + _LONGEST)
    starts = [low, *(match.end() for match in _SENTENCE_END.finditer(text, low, span[0]))]
    end = _SENTENCE_END.search(text, span[1], high)
    return starts[-1], end.end() if end else high
