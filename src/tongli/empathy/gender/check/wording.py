"""Words for people at large that leave some of them out, and wordings that people dislike.

A generic *he* is one that points to "every student" or "a user" and not to somebody who is named.

Sources are with every entry of ``_wording.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tongli.core import Span
from tongli.empathy.gender.check.finding import Finding, finding, fix
from tongli.empathy.gender.check.lists import table
from tongli.empathy.gender.english.nouns import article_before
from tongli.empathy.gender.forms import like

CATEGORIES = ("job-title", "generic", "generic-pronoun", "binary", "wording", "idiom")
OWN = "own"
"""Category of words that are no part of the table: a team's own."""
_NO_LETTERS = r"[\W\d_]+"
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
"""Thai, kana and ideographs: no blanks stand around their words."""
_SCORES: Mapping[str, float] = {"warning": 0.7, "note": 0.4}
_GENERIC = re.compile(
    r"\b(?:everyone|everybody|anyone|anybody|someone|somebody|nobody|no one|whoever"
    r"|(?:a|an|each|every|any|no) (?:[a-z]+ )?(?:{nouns}))\b(?:(?![.!?\n]).){0,80}?"
    r"\b(?P<pronoun>he|him|his|himself)\b(?! or (?:she|her|hers|herself))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A wording to look at.

    Attributes:
        term: in small letters.
        instead: what may stand there, the best first; empty where only the writer can tell.
        category: one of ``CATEGORIES``, or ``OWN``.
        severity: ``warning`` or ``note``.
        reason: why.
    """

    term: str
    instead: tuple[str, ...]
    category: str
    severity: str
    reason: str

    @property
    def rule(self) -> str:
        """Its id: ``inclusive.<category>.<term>``."""
        return f"inclusive.{self.category}.{re.sub(_NO_LETTERS, '-', self.term).strip('-')}"


def wordings(text: str, *, style: str = "plain") -> Iterator[Finding]:
    """Findings of label ``inclusive`` in English, in a style guide's choice of categories.

    Args:
        text: English.
        style: name of a style in ``_styles.toml``.
    """
    left_out = set(table("styles")[style]["ignore"])
    for match in _pattern().finditer(text):
        entry = _entries()[match[0].lower()]
        if entry.category not in left_out and not _is_name(text, match):
            yield _found(text, match.span(), entry, english=True)
    if "generic-pronoun" not in left_out:
        for match in _generic().finditer(text):
            yield finding(
                "inclusive",
                match.span("pronoun"),
                score=_SCORES["warning"],
                reason="a masculine pronoun for people of any gender",
                rule="inclusive.generic-pronoun.he",
            )


def own_entry(term: str, instead: Sequence[str]) -> Entry:
    """A word of a team's own, with what the team would write instead."""
    return Entry(term.strip().lower(), tuple(instead), OWN, "warning", "a word that the configuration names")


def own_wordings(text: str, entries: Sequence[Entry], *, english: bool = False) -> Iterator[Finding]:
    """Findings of label ``inclusive`` on words of a team's own, in the form that the team wrote down.

    Args:
        text: in any language.
        entries: what to look for, as :func:`own_entry` makes them.
        english: whether an article before a word changes with it.
    """
    for entry in entries:
        for match in _own_pattern(entry.term).finditer(text):
            yield _found(text, match.span(), entry, english=english)


def known_rules() -> frozenset[str]:
    """The rules of the table."""
    return frozenset(("inclusive.generic-pronoun.he", *(entry.rule for entry in _entries().values())))


def _found(text: str, span: Span, entry: Entry, *, english: bool) -> Finding:
    edit = None
    if entry.instead:
        place, after = span, like(text[slice(*span)], entry.instead[0])
        article = article_before(text, span[0], entry.instead[0]) if english else None
        if article is not None:
            place, after = (article[0][0], span[1]), f"{article[1]} {after}"
        edit = fix(text, place, after, kind="inclusive", reason=entry.reason, rule=entry.rule)
    return finding(
        "inclusive", span, score=_SCORES[entry.severity], reason=entry.reason, rule=entry.rule, edit=edit
    )


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether it is part of a name: a capital that begins no sentence, beside another capital."""
    if not match[0][0].isupper():
        return False
    return bool(re.match(r" [A-Z][a-z]", text[match.end() : match.end() + 3])) and match[0].istitle()


@cache
def _entries() -> Mapping[str, Entry]:
    found = {}
    for group in table("wording")["group"]:
        for term, instead in group["terms"].items():
            found[term] = Entry(term, tuple(instead), group["category"], group["severity"], group["reason"])
    return found


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_entries(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _own_pattern(term: str) -> re.Pattern[str]:
    found = re.escape(term)
    return re.compile(found if _UNSPACED.search(term) else rf"(?<![\w-]){found}(?![\w-])", re.IGNORECASE)


@cache
def _generic() -> re.Pattern[str]:
    nouns = "|".join(table("wording")["people"])
    return re.compile(_GENERIC.pattern.replace("{nouns}", nouns), re.IGNORECASE)
