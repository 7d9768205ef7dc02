"""Vietnamese: quý vị and bạn, with the particles of respect."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from unicodedata import normalize

import regex

from tongli.generation.adapt.register.draft import Draft
from tongli.knowledge.register import table


def to_informal(draft: Draft) -> None:
    """Quý vị becomes bạn; particles of respect go."""
    for match in _respect().finditer(draft.text):
        draft.splice(match.start(), match.end(), "", kind="particle")
    for match in _opening().finditer(draft.text):
        follows = draft.text[match.end() : match.end() + 1]
        end = match.end() + (1 if match[1][0].isupper() and follows else 0)
        draft.splice(match.start(1), end, follows.upper() if end > match.end() else "", kind="particle")
    _yes(draft, table("vi")["yes"]["informal"])
    for match in _formal().finditer(draft.text):
        after = str(table("vi")["informal"])
        draft.splice(*match.span(), after.capitalize() if match[0][0].isupper() else after, kind="pronoun")


def to_formal(draft: Draft) -> None:
    """Bạn becomes quý vị; questions to the person addressed end in ạ."""
    words = (table("vi")["informal"], *table("vi")["informal_others"])
    addressed: set[int] = set()
    _yes(draft, table("vi")["yes"]["formal"])
    for index, word in draft:
        if word.low in words and not _is_friend(draft, index):
            formal = str(table("vi")["formal"])
            draft.splice(
                word.start, word.end, formal.capitalize() if word.capital else formal, kind="pronoun"
            )
            addressed.add(draft.sentence(index).stop)
    for stop in sorted(addressed):
        last = draft.words[stop - 1]
        if "?" in draft.gap(stop) and last.low != "ạ":
            draft.splice(last.end, last.end, " ạ", kind="particle")


def _yes(draft: Draft, answers: Mapping[str, str]) -> None:
    """The word for yes where a sentence begins with it."""
    for index, word in draft:
        if (
            word.low in answers
            and draft.opens_sentence(index)
            and not draft.text[word.end :].startswith(" ạ")
        ):
            draft.put(index, answers[word.low], kind="particle")


def _is_friend(draft: Draft, index: int) -> bool:
    """Whether bạn is the noun."""
    before = "" if draft.opens_clause(index) else draft.low(index - 1)
    after = "" if draft.opens_clause(index + 1) else draft.low(index + 1)
    if before in _words("friend_before") or after in _words("friend_after"):
        return True
    return after == "của" and draft.low(index + 2) in ("bạn", "tôi", "mình", "cậu", "anh", "em", "cô")


@cache
def _formal() -> regex.Pattern[str]:
    data = table("vi")
    phrases = {
        normalize(form, phrase) for phrase in (data["formal"], *data["variants"]) for form in ("NFC", "NFD")
    }
    return regex.compile(rf"\b(?:{'|'.join(sorted(phrases))})\b", regex.IGNORECASE)


@cache
def _respect() -> regex.Pattern[str]:
    """A vocative or particle at the end of a clause, with the space before it."""
    data = table("vi")
    vocatives = "|".join(sorted(data["vocatives"], key=len, reverse=True))
    return regex.compile(
        rf"(?:,?\s+(?:{vocatives}))?\s*\b(?:{'|'.join(data['final'])})\b|,?\s+(?:{vocatives})\b(?=\s*[.?!,]|\s*$|\s+\p{{L}}*$)",
        regex.IGNORECASE,
    )


@cache
def _opening() -> regex.Pattern[str]:
    """A particle at the beginning of a clause."""
    return regex.compile(rf"(?<![\p{{L}}])({'|'.join(table('vi')['initial'])})\b,?\s*", regex.IGNORECASE)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table("vi")["words"][name].split())
