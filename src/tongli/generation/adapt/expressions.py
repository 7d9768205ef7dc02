"""Idioms, proverbs and slang that the readers may not know: said plainly, or asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tongli.core import Edit, Question, Span
from tongli.generation.adapt import english
from tongli.generation.adapt.source import Source, question
from tongli.knowledge import tags
from tongli.knowledge.claim import FIGURATIVE, Claim
from tongli.knowledge.claim_matcher import Match

_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)|[。！？\n।؟]")
_LONGEST = 400


class Expressions:
    """Finds idioms, proverbs and slang."""

    kind = "idiom"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """One change or question an expression; none where it means its words."""
        found = [match for match, entry in source.claims if _matters(match.claim, entry.role, source)]
        for match, use in zip(found, _uses(found, source), strict=True):
            if use != "literal":
                yield self._told(match, source, sure=use == "idiomatic")

    def _told(self, match: Match, source: Source, *, sure: bool) -> Edit | Question:
        claim, shown = match.claim, source.text[slice(*match.span)]
        plain, sense = plain_wording(claim, source.lang), claim.meaning.sense if claim.meaning else ""
        place = _place(plain, match, source) if plain and sure else None
        if place is None or plain is None:
            doubt = "" if sure else ", if it is not meant as it stands"
            return question(
                match.span,
                f"Readers in {source.audience.tag} may not know “{shown}” ({sense}{doubt}). Say it plainly?",
                kind=self.kind,
                source=claim.id,
                options=(plain,) if plain else (),
            )
        span, after = place
        return Edit(
            span=span,
            before=source.text[slice(*span)],
            after=after,
            kind=self.kind,
            reason=f"{claim.kind} that readers in {source.audience.tag} may not know; it means “{sense}”",
            source=claim.id,
        )


def plain_wording(claim: Claim, lang: str) -> str | None:
    """What a claim says instead in plain words of a language and its script, if it does."""
    if claim.meaning is None or tags.maximal(claim.id.partition(".")[0])[1] != tags.maximal(lang)[1]:
        return None
    equivalents = claim.meaning.equivalents_in(lang)
    return next((item.form for item in equivalents if item.match == "plain"), None)


def _matters(claim: Claim, role: str, source: Source) -> bool:
    """Whether it is foreign to the readers; slang of their own only in a formal text."""
    if claim.kind not in FIGURATIVE or role not in {"expression", "regional"}:
        return False
    at_home = role == "regional" and claim.kind == "slang" and not _elsewhere(claim, source)
    return not at_home or source.audience.register == "formal"


def _elsewhere(claim: Claim, source: Source) -> bool:
    return bool(claim.scope.region) and source.audience.tag not in claim.scope.region


def _place(plain: str, match: Match, source: Source) -> tuple[Span, str] | None:
    if tags.primary(source.lang) == "en":
        return english.fit(plain, match, source.text)
    return match.span, plain  # Chinese, the other language with plain wording, does not inflect


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
