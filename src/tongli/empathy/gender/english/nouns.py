"""English titles, job nouns and kinship words that say a gender, and what to put there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tongli.core import Edit, Span
from tongli.empathy.gender.forms import like, table

SOURCE = "gender rules of en"
_TITLE = re.compile(r"\b(Mister|Miss|Mrs|Mr|Ms|Mx)\b(\.?)(?=\s+[^\W\d_a-z])")
_ARTICLE = re.compile(r"\b(an?)(\s+)$", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiou]|hon|heir|hour", re.IGNORECASE)
_CONSONANT = re.compile(r"u[nst]i|use|eu|one\b|once", re.IGNORECASE)

_WINDOW = 40
"""Code points before a word that are looked at."""

Kind = Literal["noun", "kinship"]


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that says a gender.

    Attributes:
        span: code points of the text.
        before: what stands there.
        neutral: a word for everybody, in the same number.
        feminine, masculine: the words of the pair.
        kind: job or kinship.
    """

    span: Span
    before: str
    neutral: str
    feminine: str
    masculine: str
    kind: Kind


def find_nouns(text: str) -> Iterator[Noun]:
    """Gendered nouns; a capital within a sentence is a name ("Dallas Cowboys") and not looked at."""
    words = _nouns()
    for found in _pattern().finditer(text):
        start = found.start()
        shouted = found[0].isupper()
        if found[0][0].isupper() and not shouted and not starts_sentence(text, start):
            continue
        yield Noun(found.span(), found[0], *words[found[0].lower()])


def replaced(text: str, noun: Noun, word: str, *, reason: str) -> Iterator[Edit]:
    """A noun replaced, and an article before it that no longer fits."""
    if word == noun.before.lower():
        return
    yield Edit(
        span=noun.span,
        before=noun.before,
        after=like(noun.before, word),
        kind=noun.kind,
        reason=reason,
        source=SOURCE,
    )
    article = article_before(text, noun.span[0], word)
    if article is not None:
        span, after = article
        yield Edit(
            span=span,
            before=text[slice(*span)],
            after=after,
            kind="agreement",
            reason=reason,
            source=SOURCE,
        )


def article_before(text: str, at: int, word: str) -> tuple[Span, str] | None:
    """Where an article stands that does not fit a new word at a place, and the one that does: *a expert*."""
    found = _ARTICLE.search(text, max(0, at - _WINDOW), at)
    fitting = "an" if _spoken_vowel(word) else "a"
    if found is None or found[1].lower() == fitting:
        return None
    return found.span(1), like(found[1], fitting)


def find_titles(text: str) -> list[re.Match[str]]:
    """Titles of a gender, or of none, right before a name."""
    return list(_TITLE.finditer(text))


def neutral_title(written: str) -> str:
    """The title for everybody, with the full stop that the writer uses."""
    found: str = table("en", "words")["titles"][written]
    return found


def title_edit(found: re.Match[str], after: str, *, reason: str, text: str) -> Edit:
    """A title replaced; an empty one goes with the space after it."""
    end = found.end()
    if not after:
        while text[end : end + 1].isspace():
            end += 1
    return Edit(
        span=(found.start(), end),
        before=text[found.start() : end],
        after=after,
        kind="title",
        reason=reason,
        source=SOURCE,
    )


def starts_sentence(text: str, at: int) -> bool:
    """Whether a word stands where a capital says nothing."""
    before = text[max(0, at - _WINDOW) : at].rstrip(" \t\"'“‘([—-")
    return not before or before[-1] in ".!?\n:…"


def _spoken_vowel(word: str) -> bool:
    return bool(_VOWEL.match(word)) and not _CONSONANT.match(word)


def plural_of(noun: str) -> str:
    """The plural of a noun of the tables."""
    irregular: Mapping[str, str] = table("en", "words")["irregular"]
    if noun in irregular:
        return irregular[noun]
    head, _, last = noun.rpartition(" ")
    last = irregular.get(last) or _suffixed(last, irregular)
    return f"{head} {last}".strip()


def _suffixed(noun: str, irregular: Mapping[str, str]) -> str:
    for ending in ("woman", "man", "person"):
        if noun.endswith(ending) and noun not in ("human",):
            return noun.removesuffix(ending) + irregular[ending]
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}s"


@cache
def _nouns() -> Mapping[str, tuple[str, str, str, Kind]]:
    words = table("en", "words")
    found: dict[str, tuple[str, str, str, Kind]] = {}
    kinds: tuple[tuple[str, Kind], ...] = (("jobs", "noun"), ("kin", "kinship"))
    for name, kind in kinds:
        for row in words[name]:
            for forms in (tuple(row), tuple(map(plural_of, row))):
                for form in forms[1:]:
                    if form != forms[0] and form not in found:
                        found[form] = (forms[0], forms[1], forms[2], kind)
    return found


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_nouns(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest))})(?![\w-])", re.IGNORECASE)
