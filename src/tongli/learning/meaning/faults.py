"""Faults of meaning planted in a text by rule, and the same change made to two texts at once.

A change made to one text of a pair is a fault; made to both, it is none, so that no wording gives a fault
away by itself. Words of seventeen languages: ``opposites.tsv`` (two poles a language, ``|`` between
wordings), ``negations.tsv`` (a particle behind or before some verbs), ``turned.tsv`` (forms that affirm and
deny); names of days and months are CLDR's.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from babel.dates import get_day_names, get_month_names

from tongli.core import Span

KINDS = (
    "negation",
    "opposite",
    "quantity",
    "modality",
    "time",
    "person",
    "number",
    "roles",
    "added",
    "lost",
    "other",
)
"""What may be wrong, in the order of the network's outputs."""

_UNSPACED = frozenset(("zh", "ja", "th", "ko"))
"""Languages in which a listed word may stand within what is written together."""
_NUMBER = re.compile(r"(?<![\w.,:/#-])\d{1,6}(?![\w,:/-]|\.\d)")
_NAME = re.compile(r"(?<=[\w,] )[A-Z]\w{2,}(?: [A-Z]\w+)*")
_CLAUSE = re.compile(r"[^,;:，；：、،؛—.!?。！？؟।]{12,80}")
_MARKS = ",;: ，；：、،؛—"
_ENDS = '.!?。！？؟।"”»」 '


class Change(NamedTuple):
    """A text after a change, and what of it is new; empty for words that are gone."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A change that a text allows.

    Attributes:
        kind: of :data:`KINDS`.
        key: names the change across languages: texts that allow the same key can be changed alike.
        start, end: what is replaced.
        by: with what.
    """

    kind: str
    key: str
    start: int
    end: int
    by: str

    def made(self, text: str) -> Change:
        """The text with it."""
        changed = text[: self.start] + self.by + text[self.end :]
        return Change(changed, ((self.start, self.start + len(self.by)),) if self.by.strip() else ())


def swaps(text: str, lang: str) -> list[Swap]:
    """Every change of a word that the text allows."""
    found = [*_opposites(text, lang), *_negations(text, lang), *_calendar(text, lang), *_numbers(text)]
    return [swap for swap in found if swap.by != text[swap.start : swap.end]]


def exchanged(text: str, names: tuple[str, str]) -> Change | None:
    """Two names in each other's place; ``None`` unless each is there once."""
    one, two = sorted(names, key=text.find)
    if text.count(one) != 1 or text.count(two) != 1 or one in two or two in one:
        return None
    first, second = text.find(one), text.find(two)
    changed = text[:first] + two + text[first + len(one) : second] + one + text[second + len(two) :]
    shift = len(two) - len(one)
    return Change(changed, ((first, first + len(two)), (second + shift, second + shift + len(one))))


def names_of(text: str) -> list[str]:
    """Capitalised words of an English text that do not begin it."""
    return list(dict.fromkeys(found[0] for found in _NAME.finditer(text)))


def with_clause(text: str, other: str, draw: random.Random) -> Change | None:
    """The text with a clause of another one, behind one of its own or at its end."""
    clauses = [found[0].strip(" " + _ENDS) for found in _CLAUSE.finditer(other)]
    if not clauses:
        return None
    mark = "，" if re.search("[\u3040-\u9fff]", text) else ", "
    clause = mark + draw.choice(clauses)
    end = len(text.rstrip(_ENDS))
    at = draw.choice([*(found.end() for found in _CLAUSE.finditer(text[:end])), end])
    return Change(text[:at] + clause + text[at:], ((at + len(mark), at + len(clause)),))


def without_clause(text: str, draw: random.Random) -> Change | None:
    """The text without one of its clauses."""
    clauses = [found.span() for found in _CLAUSE.finditer(text)]
    if len(clauses) < 2:
        return None
    start, end = draw.choice(clauses)
    left = (text[:start].rstrip(_MARKS) + text[end:]).strip(_MARKS)
    return Change(left, ()) if len(left) > len(text) / 3 else None


def _opposites(text: str, lang: str) -> Iterator[Swap]:
    for key, (kind, poles) in enumerate(_poles(lang)):
        for side, (pattern, _) in enumerate(poles):
            words = poles[1 - side][1]
            for found in pattern.finditer(text):
                own = poles[side][1]
                at = min(own.index(found[0].lower()) if found[0].lower() in own else 0, len(words) - 1)
                by = words[at].capitalize() if found[0][:1].isupper() else words[at]
                yield Swap(kind=kind, key=f"{key}:{side}", start=found.start(), end=found.end(), by=by)


def _negations(text: str, lang: str) -> Iterator[Swap]:
    rule = _particles().get(lang)
    if rule is not None:
        for found in rule.there.finditer(text):
            yield Swap(kind="negation", key="denied", start=found.start(), end=found.end(), by="")
        if not rule.there.search(text):
            for found in rule.place.finditer(text):
                at = found.end() if rule.behind else found.start()
                by = f" {rule.particle}" if rule.behind else rule.particle + " " * rule.spaced
                yield Swap(kind="negation", key="affirmed", start=at, end=at, by=by)
    for affirms, denies in _turned().get(lang, ()):
        for key, one, two in (("denied", denies, affirms), ("affirmed", affirms, denies)):
            for found in _pattern((one,), lang).finditer(text):
                if key == "affirmed" and _within(found.span(), denies, text):
                    continue
                yield Swap(kind="negation", key=key, start=found.start(), end=found.end(), by=two)


def _within(span: Span, longer: str, text: str) -> bool:
    return longer in text[max(0, span[0] - len(longer)) : span[1] + len(longer)]


def _calendar(text: str, lang: str) -> Iterator[Swap]:
    for name, words in _calendar_names(lang).items():
        for at, word in enumerate(words):
            for found in _pattern((word,), lang).finditer(text):
                key = f"{name}:{at}"
                by = words[(at + 2) % len(words)]
                if found[0][:1].isupper():
                    by = by[:1].upper() + by[1:]
                yield Swap(kind="time", key=key, start=found.start(), end=found.end(), by=by)


def _numbers(text: str) -> Iterator[Swap]:
    for found in _NUMBER.finditer(text):
        value = int(found[0])
        by = str(value + (3 if value % 7 < 5 else -2) * (1 if value < 100 else 10))
        yield Swap(kind="number", key=f"number:{value}", start=found.start(), end=found.end(), by=by)


@dataclass(frozen=True, slots=True)
class _Particle:
    particle: str
    behind: bool
    spaced: bool
    there: re.Pattern[str]
    place: re.Pattern[str]


@cache
def _particles() -> Mapping[str, _Particle]:
    found = {}
    for row in _rows("negations.tsv"):
        spaced = row["lang"] not in _UNSPACED
        words = (row["behind"] or row["before"]).split("|")
        gap = r"\s?" if spaced else ""
        there = _bounded(rf"{gap}{re.escape(row['particle'])}", row["lang"])
        if row["lang"] == "en":
            there = re.compile(r" not\b(?! only)|(?<=[a-z])n['’]t\b")
        pattern = _pattern(words, row["lang"])
        found[row["lang"]] = _Particle(row["particle"], bool(row["behind"]), spaced, there, pattern)
    return found


@cache
def _turned() -> Mapping[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for row in _rows("turned.tsv"):
        found.setdefault(row["lang"], []).append((row["affirms"], row["denies"]))
    return found


_Pole = tuple[re.Pattern[str], list[str]]


@cache
def _poles(lang: str) -> list[tuple[str, tuple[_Pole, ...]]]:
    """Kind and poles of every row; poles that match nothing where a row lacks the language."""
    found: list[tuple[str, tuple[_Pole, ...]]] = []
    for row in _rows("opposites.tsv"):
        cell = row.get(lang) or ""
        sides = [side.strip().split("|") for side in cell.split("/")] if cell.count("/") == 1 else []
        if lang in _UNSPACED and any(len(word) < 2 for side in sides for word in side):
            sides = []  # one character is part of too many words
        found.append((row["kind"], tuple((_pattern(side, lang), side) for side in sides)))
    return found


@cache
def _calendar_names(lang: str) -> dict[str, list[str]]:
    try:
        days, months = get_day_names("wide", locale=lang), get_month_names("wide", locale=lang)
    except Exception:  # noqa: BLE001 - a language that CLDR does not know has no names here
        return {}
    long = [month for month in months.values() if len(month) > 3 or lang in _UNSPACED]
    return {"day": list(days.values()), "month": long if lang not in _UNSPACED else []}


@cache
def _one(words: tuple[str, ...], lang: str) -> re.Pattern[str]:
    choices = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return _bounded(f"(?:{choices})", lang)


def _pattern(words: list[str] | tuple[str, ...], lang: str) -> re.Pattern[str]:
    return _one(tuple(words), lang)


def _bounded(pattern: str, lang: str) -> re.Pattern[str]:
    inside = lang in _UNSPACED
    return re.compile(
        pattern if inside else rf"(?<![\w\u093e-\u094d]){pattern}(?![\w\u093e-\u094d])", re.IGNORECASE
    )


@cache
def _rows(name: str) -> list[dict[str, str]]:
    lines = (files(__package__) / name).read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"), strict=False)) for line in lines[1:]]
