"""Gendered forms of a text, from the word list of its language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import regex

from tongli.core import Agreement, Span
from tongli.empathy.gender.check.lists import word_list
from tongli.knowledge.claim_streams import is_spaced

Kind = Literal["pronoun", "near", "title", "noun", "agreement"]
SCORES: Mapping[Kind, float] = {"pronoun": 0.8, "near": 0.6, "title": 0.85, "noun": 0.6, "agreement": 0.75}
"""How sure a form says the gender of a person; estimates, ordered by how often each also means a thing."""

_PLACE = regex.compile(r"\{(?:name|person)\}")
_GENDERS: tuple[Agreement, ...] = ("feminine", "masculine")
_WORD_BEFORE = regex.compile(r"(?r)(\p{L}+['’]?)\s*$")
_NAME = r"(?P<name>\p{Lu}[\p{L}\p{M}'’.-]*)"


@dataclass(frozen=True, slots=True)
class Gendered:
    """One form.

    Attributes:
        span: code points of the text.
        gender: what it says.
        kind: ``near`` for pronouns that also mean things, and count only close to a person.
        name: where the person's name stands, if the form is tied to one.
    """

    span: Span
    gender: Agreement
    kind: Kind
    name: Span | None = None


def gendered(text: str, *, lang: str, names: Sequence[str], persons: Sequence[str] = ()) -> list[Gendered]:
    """Forms in order; a form that is found twice counts once, the one tied to a name first.

    Args:
        text: what to search.
        lang: its language.
        names: what looks like the name of a person.
        persons: what is one, for patterns that places and brands would fit as well.
    """
    known = word_list(lang)
    if known is None:
        return []
    found = [
        *_plain(text, lang),
        *_tied(text, known, names, persons),
        *_titles(text, known, names, spaced=_spaced(lang)),
    ]
    kept: list[Gendered] = []
    taken: set[int] = set()
    for form in sorted(found, key=lambda item: (item.name is None, item.span)):
        place = range(*form.span)
        if taken.isdisjoint(place):
            kept.append(form)
            taken.update(place)
    return sorted(kept, key=lambda item: item.span)


def _plain(text: str, lang: str) -> Iterable[Gendered]:
    for pattern, gender, kind in _compiled(lang):
        for match in pattern.finditer(text):
            yield Gendered(match.span(), gender, kind)


@lru_cache(maxsize=64)
def _compiled(lang: str) -> tuple[tuple[regex.Pattern[str], Agreement, Kind], ...]:
    known = word_list(lang)
    if known is None:
        return ()
    spaced = _spaced(lang)
    found: list[tuple[regex.Pattern[str], Agreement, Kind]] = []
    kinds: tuple[tuple[str, Kind], ...] = (("words", "pronoun"), ("near", "near"), ("roles", "noun"))
    for gender in _GENDERS:
        for field, kind in kinds:
            if words := known[gender][field]:
                found.append((_any_of(words, spaced=spaced), gender, kind))
        found += [
            (regex.compile(pattern), gender, "noun" if r"\p{Lu}" in pattern else "near")
            for pattern in known[gender]["patterns"]
            if not _PLACE.search(pattern)
        ]
    return tuple(found)


def _spaced(lang: str) -> bool:
    return is_spaced(lang.partition("-")[0].lower())


def _any_of(words: Sequence[str], *, spaced: bool) -> regex.Pattern[str]:
    whole = [word for word in words if not word.endswith("*")]
    stems = [word[:-1] for word in words if word.endswith("*")]
    edge = r"(?![\p{L}\p{M}]|\s\d)" if spaced else r"(?!\s?\d)"
    parts = [
        f"(?:{'|'.join(sorted(group, key=len, reverse=True))}){end}"
        for group, end in ((whole, edge), (stems, ""))
        if group
    ]
    start = r"(?<![\p{L}\p{M}])" if spaced else ""
    return regex.compile(f"{start}(?:{'|'.join(parts)})", regex.IGNORECASE if spaced else 0)


def _tied(
    text: str, known: Mapping[str, Any], names: Sequence[str], persons: Sequence[str]
) -> Iterable[Gendered]:
    """Patterns with ``{name}`` or ``{person}`` in them."""
    for place, allowed in (("{name}", names), ("{person}", persons)):
        one_of = f"(?P<name>{_one_of(allowed)})"
        for gender in _GENDERS if allowed else ():
            for pattern in known[gender]["patterns"]:
                if place in pattern:
                    for match in regex.finditer(pattern.replace(place, one_of), text):
                        if not _governed(text, match, known):
                            yield Gendered(_form_of(match), gender, "agreement", match.span("name"))


def _governed(text: str, match: regex.Match[str], known: Mapping[str, Any]) -> bool:
    """Whether a preposition stands before the name that a pattern begins with: "the car of Noa is …"."""
    if match.start() != match.start("name"):
        return False
    before = _WORD_BEFORE.match(text, 0, match.start())  # backwards from there
    return before is not None and before[1].lower() in known.get("governing", "").split()


def _form_of(match: regex.Match[str]) -> Span:
    """What says the gender: the last word after a name, or all that stands before it."""
    name_start, name_end = match.span("name")
    if match.start() < name_start:
        return match.start(), match.start() + len(match[0][: name_start - match.start()].rstrip())
    return max(name_end, match.start() + match[0].rfind(" ") + 1), match.end()


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(regex.escape, sorted(words, key=len, reverse=True)))


def _titles(text: str, known: Mapping[str, Any], names: Sequence[str], *, spaced: bool) -> Iterable[Gendered]:
    """Titles before a name, or after one where the language puts them there."""
    one_of, gap = _one_of(names), "+" if spaced else "*"
    named = rf"(?P<name>{one_of}|{_NAME[len('(?P<name>') : -1]})" if one_of else _NAME
    for gender in _GENDERS:
        if words := known[gender]["titles"]:
            titles = _one_of(words)
            start = r"(?<![\p{L}\p{M}])" if spaced else ""
            before = rf"{start}(?P<title>(?i:{titles}))\.?[ ]{gap}{named}"
            for match in regex.finditer(before, text):
                yield Gendered(match.span("title"), gender, "title", match.span("name"))
