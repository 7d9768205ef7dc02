"""A text in which candidates are placeholders and the pronouns in question one and the same set.

Both are given to the model instead of the text, so that it can see neither names nor genders. Pronouns of
the same set as the one in question become *she* forms, pronouns of other people *he* forms: which of the two
is arbitrary, that they differ is what matters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from tongli.core import PronounSet, Span
from tongli.empathy.gender.reference.mentions import Mention
from tongli.knowledge.pronouns import known_sets

_NEXT = re.compile(r"\s*(\w+|[^\w\s]|$)")
_SAME = ("she", "her", "her", "hers", "herself")
_OTHER = ("he", "him", "his", "his", "himself")
_EXTRA = {"themselves": "themself"}


@dataclass(frozen=True, slots=True)
class Canonical:
    """A text without names.

    Attributes:
        text: what the model reads.
        pronoun: where the pronoun in question starts.
        mentions: placeholders, with the candidate each stands for.
    """

    text: str
    pronoun: int
    mentions: tuple[Mention, ...]


def canonical(
    text: str, *, mention: Span, mentions: Sequence[Mention], beside: Sequence[Mention] = ()
) -> Canonical:
    """Replace candidates by placeholders, in the order of their first mention, and pronouns by one set.

    Args:
        text: as it was written.
        mention: the pronoun (or other word) in question.
        mentions: of the candidates.
        beside: others who may be meant; they stay as they are written.
    """
    labels = _labels(mentions)
    asked = text[slice(*mention)].lower()
    sets = _sets_with(_EXTRA.get(asked, asked))
    pieces: list[str] = []
    found: list[Mention] = []
    place = end = length = 0
    for start, stop, new, candidate in _changes(
        text, mention=mention, mentions=[*mentions, *beside], labels=labels, sets=sets
    ):
        if start < end:
            continue
        length += start - end
        pieces += (text[end:start], new)
        if start == mention[0]:
            place = length
        elif candidate is not None:
            found.append(Mention(length, length + len(new), candidate))
        length += len(new)
        end = stop
    return Canonical("".join((*pieces, text[end:])), place, tuple(found))


def is_pronoun(word: str) -> bool:
    """Whether a word is a form of a known pronoun set."""
    low = word.lower()
    return _EXTRA.get(low, low) in _forms(known_sets())


def _labels(mentions: Sequence[Mention]) -> Mapping[int, str]:
    order = dict.fromkeys(item.candidate for item in mentions)
    names = word_lists()["placeholders"]
    return {candidate: names[index % len(names)] for index, candidate in enumerate(order)}


def _changes(
    text: str,
    *,
    mention: Span,
    mentions: Sequence[Mention],
    labels: Mapping[int, str],
    sets: Sequence[PronounSet],
) -> list[tuple[int, int, str, int | None]]:
    """(start, end, replacement, candidate) of everything that changes, in order."""
    found: list[tuple[int, int, str, int | None]] = [
        (item.start, item.end, labels.get(item.candidate, text[item.start : item.end]), item.candidate)
        for item in mentions
    ]
    own = _forms(tuple(sets))
    for match in _forms_in_text(own | _forms(_he_and_she())).finditer(text):
        word = match[0].lower()
        word = _EXTRA.get(word, word)
        if word in own:
            new = _slot_form(word, sets, _SAME, text, match.end())
        else:
            new = _slot_form(word, _first_set(word), _OTHER, text, match.end())
        found.append((*match.span(), new.capitalize() if match[0][0].isupper() else new, None))
    if not any(item[:2] == mention for item in found):
        found.append((*mention, _SAME[0].capitalize() if text[mention[0]].isupper() else _SAME[0], None))
    return sorted(found, key=lambda item: item[:2])


def _slot_form(word: str, sets: Sequence[PronounSet], target: tuple[str, ...], text: str, end: int) -> str:
    """The form of the target set in the slot of a word; where the set has two, what follows decides."""
    slots = _slots(word, tuple(sets))
    forms = list(dict.fromkeys(target[slot] for slot in slots))
    if len(forms) == 1 or not {1, 2} & set(slots):
        return forms[0]
    following = _NEXT.match(text, end)
    next_word = following[1].lower() if following else ""
    alone = not next_word or next_word in _after_object()
    if {2, 3} <= set(slots) and 1 not in slots:
        return target[3 if alone else 2]
    return target[1 if alone else 2]


def _sets_with(form: str) -> tuple[PronounSet, ...]:
    return tuple(item for item in known_sets() if form in item.forms() and item.subject != "one")


@cache
def _he_and_she() -> tuple[PronounSet, ...]:
    return tuple(each for each in known_sets() if each.subject in {"he", "she"})


@lru_cache(maxsize=256)
def _first_set(form: str) -> tuple[PronounSet, ...]:
    return tuple(item for item in known_sets() if form in item.forms())[:1]


@lru_cache(maxsize=256)
def _forms(sets: tuple[PronounSet, ...]) -> frozenset[str]:
    return frozenset(form for each in sets for form in each.forms())


@lru_cache(maxsize=256)
def _forms_in_text(forms: frozenset[str]) -> re.Pattern[str]:
    written = [*forms, *(other for other, form in _EXTRA.items() if form in forms)]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, written))})\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _slots(word: str, sets: tuple[PronounSet, ...]) -> tuple[int, ...]:
    return tuple(sorted({slot for item in sets for slot, form in enumerate(item.forms()) if form == word}))


@cache
def _after_object() -> frozenset[str]:
    return frozenset(word_lists()["after_object"].split())


@cache
def word_lists() -> Mapping[str, Any]:
    """Function words of English and the placeholders."""
    place = files("tongli.knowledge") / "gender" / "reference" / "english.toml"
    return tomllib.loads(place.read_text("utf-8"))
