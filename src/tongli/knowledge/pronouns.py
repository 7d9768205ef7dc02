"""Pronoun sets as people declare them: ``she/they``, ``xe/xem``, all five forms, or none.

Sets come from ``pronouns.toml``, an open list: whatever is not on it can be spelled out. What somebody
declared is never repeated in an error.

References:
    Hossain, Dev & Singh (2023), "MISGENDERED", ACL: sets and their five forms.
    Lauscher, Crowley & Hovy (2022), "Welcome to the Modern World of Pronouns", COLING: an open class.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import NoReturn

from tongli.core import InputError, PronounSet

MAX_CHARS = 400
MAX_FORM = 30

_SEPARATORS = re.compile(r"\s*(?:[,;|&+\n]|\band\b|\bor\b)\s*", re.IGNORECASE)
_SLASHES = re.compile(r"\s*[/\\]\s*")
_SPELLED_OUT = re.compile(r"\S*[^\W\d_](?:self|selves)", re.IGNORECASE)
"""The last of five forms that no slash joins: five words of a sentence are no set."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The data file, indexed.

    ``short`` maps every way to shorten a set (subject alone, with the object, with the determiner, …) to the
    sets that it may mean.
    """

    sets: tuple[PronounSet, ...]
    short: dict[tuple[str, ...], tuple[PronounSet, ...]]
    any: tuple[PronounSet, ...]
    plural: frozenset[str]
    none_words: frozenset[str]
    any_words: frozenset[str]


def parse_pronouns(text: str, *, lang: str = "en") -> tuple[PronounSet, ...]:
    """Read a declaration of third-person pronouns.

    Short forms (``they/them``, ``she/her/hers``, ``ey``), several sets in order of preference (``she/they``,
    ``he/him, xe/xem``), five forms ``subject/object/determiner/possessive/reflexive`` of any set, ``any``
    (they, she, he) and ``none`` or ``name only`` are understood, in any case. In languages other than
    English every stretch between commas is one set, with its forms kept in ``declared``. In English a set of
    the list, or five forms up to the reflexive, may also be joined by spaces or by commas (``xe xem``).

    Returns:
        The sets in order of preference; empty for a declaration of *no* pronouns.

    Raises:
        InputError: ``pronouns.empty``, ``pronouns.too-long``, ``pronouns.unknown`` for a set that must be
            spelled out, ``pronouns.ambiguous`` for a short form that several sets share.

    >>> [found.subject for found in parse_pronouns("she/they")]
    ['she', 'they']
    """
    if len(text) > MAX_CHARS:
        _refuse("too-long", f"{len(text)} characters", f"Shorten it to {MAX_CHARS} characters.")
    known = _known()
    written = unicodedata.normalize("NFKC", text).replace("’", "'").strip(" \t\r\n.()")
    folded = " ".join(written.casefold().split())
    if not folded:
        _refuse("empty", "a blank declaration", "Leave it out where pronouns are unknown, or write none.")
    if folded in known.none_words:
        return ()
    if lang.partition("-")[0] != "en":
        return tuple(
            dict.fromkeys(_as_declared(group) for group in _SEPARATORS.split(written) if group.strip())
        )
    if folded in known.any_words:
        return known.any
    groups = [group for group in _SEPARATORS.split(written) if group.strip()]
    if _is_one_set(groups, known):
        groups = ["/".join(groups)]
    found = [item for group in groups for item in _read_group(group, known)]
    return tuple(dict.fromkeys(found))


def known_short_form(text: str) -> bool:
    """Whether a declaration shortens one English set of the list."""
    return tuple(_SLASHES.split(text.strip().casefold())) in _known().short


def known_sets() -> tuple[PronounSet, ...]:
    """The sets that have a short form."""
    return _known().sets


def _is_one_set(forms: list[str], known: _Known) -> bool:
    """Whether forms that no slash joins are one set: one of the list, or five up to the reflexive."""
    if len(forms) < 2 or not all(_is_form(form) and not _SLASHES.search(form) for form in forms):
        return False
    spelled_out = len(forms) == 5 and _SPELLED_OUT.fullmatch(forms[-1]) is not None
    return spelled_out or tuple(form.casefold() for form in forms) in known.short


def _read_group(group: str, known: _Known) -> list[PronounSet]:
    """The sets in one stretch of forms joined by slashes: the longest known short form first."""
    words = group.split()
    forms = words if _is_one_set(words, known) else _SLASHES.split(group.strip())
    folded = [form.casefold() for form in forms]
    found: list[PronounSet] = []
    at = 0
    while at < len(forms):
        longest = min(5, len(forms) - at)
        length = next((n for n in range(longest, 0, -1) if tuple(folded[at : at + n]) in known.short), 0)
        if length == 0:
            return [_spelled_out(forms, known)]
        candidates = known.short[tuple(folded[at : at + length])]
        if len(candidates) > 1:
            _refuse("ambiguous", "a short form of several sets", "Add its next form, or write all five.")
        found.append(candidates[0])
        at += length
    return found


def _spelled_out(forms: list[str], known: _Known) -> PronounSet:
    if any(len(form.split()) > 1 for form in forms):
        _refuse(
            "unknown",
            "a form of several words, or a set of forms without / between them",
            "Write every form as one word, / between the forms of a set and commas between sets.",
        )
    if len(forms) != 5 or not all(_is_form(form) for form in forms):
        _refuse(
            "unknown",
            f"a set of {len(forms)} form(s) that is not on the list",
            "Write all five forms, subject/object/determiner/possessive/reflexive: xe/xem/xyr/xyrs/xemself.",
        )
    return _make(forms, plural=known.plural)


def _as_declared(group: str) -> PronounSet:
    """A set of a language with slots of its own: its first five forms fill ours, what is missing is empty."""
    forms = _SLASHES.split(group.strip())
    if not all(_is_form(form) for form in forms):
        _refuse("unknown", "a form that is blank, long or of several words", "Write forms with / between.")
    return replace(_make([*forms, *[""] * 5], plural=frozenset()), declared=tuple(forms))


def _is_form(form: str) -> bool:
    return 0 < len(form) <= MAX_FORM and form.isprintable() and not any(char.isspace() for char in form)


def _make(forms: list[str], *, plural: frozenset[str]) -> PronounSet:
    return PronounSet(
        subject=forms[0],
        object=forms[1],
        determiner=forms[2],
        possessive=forms[3],
        reflexive=forms[4],
        plural_verb=forms[0].casefold() in plural,
    )


def _short_forms(item: PronounSet) -> set[tuple[str, ...]]:
    subject, object_, determiner, possessive, reflexive = item.forms()
    return {
        (subject,),
        (subject, object_),
        (subject, determiner),
        (subject, possessive),
        (subject, object_, determiner),
        (subject, object_, possessive),
        (subject, object_, determiner, possessive),
        (subject, object_, determiner, possessive, reflexive),
    }


@cache
def _known() -> _Known:
    data = tomllib.loads((files(__package__) / "pronouns.toml").read_text(encoding="utf-8"))
    plural = frozenset(data["plural_verb"])
    sets = tuple(_make(forms, plural=plural) for forms in data["sets"])
    short: dict[tuple[str, ...], tuple[PronounSet, ...]] = {}
    for item in sets:
        for key in _short_forms(item):
            short[key] = (*short.get(key, ()), item)
    by_subject = {item.subject: item for item in reversed(sets)}
    return _Known(
        sets=sets,
        short=short,
        any=tuple(by_subject[subject] for subject in data["any"]),
        plural=plural,
        none_words=frozenset(data["none"]),
        any_words=frozenset(data["any_words"]),
    )


def _refuse(kind: str, received: str, fix: str) -> NoReturn:
    raise InputError(
        f"pronouns.{kind}",
        received=received,
        allowed="sets such as they/them or she/they, five forms of any set, any, or none",
        fix=fix,
    )
