"""Whether a form may be somebody else's than the person it seems to point to, and whether it cannot be.

A score does not tell false blame from deserved blame: on passages written for this, both lie between .5 and
.99. Who else is there does: another name, a noun for a person (*the plumber*, *Omar's mother*), somebody, an
animal. Where one of them stands near by, nobody is blamed, unless the form is bound to its subject: *Mara
hurt herself*, *Mara shook her head*, *Mara kept her own house*.

References:
    Chomsky (1981), "Lectures on Government and Binding": condition A.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from tongli.core import Span
from tongli.empathy.gender.english.others import undeclared
from tongli.empathy.gender.forms import sentences, table
from tongli.empathy.gender.reference.words import listed

SENTENCES = 2
"""Sentences before that of a form in which others count."""

_BEFORE = r"(?:the|an?|my|our|your|his|her|their|this|that|each|every|any|some|no|one|[^\W\d_]+['’]s)"
_SAYS_WHAT = re.compile(
    r"(?:\b(?:is|was|are|were|be|been|being|became|becomes|become|remained|as)|['’](?:s|m|re)|,)"
    r"(?:\s+(?:not|also|now|once|still|always|called|named|elected|made))*\s+$"
)
_TO_PLACE = re.compile(
    r"\b(?:(?:move|moves|moved|moving|go|goes|went|gone|going|fly|flies|flew|drive|drives|drove|travel|travels|travelled|"
    r"traveled|return|returns|returned|come|comes|came|back|way|train|trip|flight|road|ticket|journey) to|"
    r"(?:arrive|arrives|arrived|come|comes|came|back|return|returns|returned|home) from)\s+$"
)
_CLAUSE = re.compile(
    r"[.!?;:—–()\"“”\n]|,|\b(?:and|but|or|because|when|while|if|that|as|since|until|before|after|though|so)\s"
)
_SUBJECT = re.compile(r"\b(?:I|we|you|he|she|they|it|who|which|xe|ze|ey|fae|ae|ve)\b", re.I)
_REFLEXIVE = re.compile(r"\w+(?:self|selves)", re.I)
_SUBJECTS = frozenset(("he", "she", "xe", "ze", "ey", "fae"))
_SAID = re.compile(r"\s+\w+(?:\s+that)?\s+")
_OPENS = re.compile(r"(?:[.!?;]|\n)[\"”’)]*\s+$")
_FOLLOWING = re.compile(r"\s+(\w+)")
_WINDOW = 40


def rival(
    text: str, mention: Span, *, own: Sequence[Span], others: Sequence[Span] = (), names_from: int = 0
) -> bool:
    """Whether somebody else is mentioned shortly before a form who may be meant by it.

    Args:
        text: English.
        mention: the form.
        own: where the person is named whom it seems to mean.
        others: where somebody is named who is listed; names of people who are not are looked for.
        names_from: where names of others begin to count; nouns always do.
    """
    low = _window(text, mention[0])
    mine = [item for item in own if item[1] > low and item[0] < mention[0]]
    if any(max(low, names_from) <= start < mention[0] for start, _ in others):
        return True
    known = [*own, *others]
    return any(
        _noun_is_rival(text, match, mine) for match in _nouns().finditer(text, low, mention[0])
    ) or any(
        start >= names_from
        and text[start].isupper()
        and all(end <= first or last <= start for first, last in known)
        for start, end in ((low + a, low + b) for a, b in undeclared(text[low : mention[0]]))
        if text[start:end].lower() not in listed()["people"] | neopronouns() and not _at_place(text, start)
    )


def bound(text: str, mention: Span, *, own: Sequence[Span]) -> bool:
    """Whether the person named as the subject of the clause owns a form, whoever else is there.

    Args:
        text: English.
        mention: the form.
        own: where the person is named.
    """
    return _is_bound(text, mention) and _after_subject(text, mention, own) is not None


def leaning(text: str, mention: Span, *, own: Sequence[Span]) -> bool:
    """Whether a form most likely belongs to the person named as the subject of its clause.

    *Mara forgot her coat*; *Mara said (that) she was late*. With a score of .7 from the reference model all
    of 46 such forms of GAP's development part were that person's; with .5, 89 to 96 %.

    Args:
        text: English.
        mention: the form.
        own: where the person is named.
    """
    between = _after_subject(text, mention, own)
    if between is None:
        return False
    if text[slice(*mention)].lower() in _SUBJECTS:
        return _SAID.fullmatch(between) is not None and between.split()[0].lower() in listed()["say"]
    return (
        _owns(text, mention)
        and not re.search(r",|\b(?:and|or|but)\b", between)
        and not _CLAUSE.search(between)
    )


def opening(
    text: str, mention: Span, *, own: Sequence[Span], others: Sequence[Span], forms: frozenset[str]
) -> bool:
    """Whether a person is named nearer to a form than others, as the first word of a sentence.

    With a score of .7 from the reference model 69 of 70 such forms of GAP's development part were that
    person's. An object in that sentence is somebody else's (*Ona thanked him*), and so is a form beside one
    that the person declared (*Ona woke when she heard him*).

    Args:
        text: English.
        mention: the form.
        own: where the person is named.
        others: where others are named who may be meant.
        forms: what the person declared.
    """
    last = max((start for start, _ in own if start < mention[0]), default=-1)
    if last < 0 or any(last < start < mention[0] for start, _ in others):
        return False
    between = text[last : mention[0]]
    if not forms.isdisjoint(re.findall(r"\w+", between.lower())):
        return False
    word = text[slice(*mention)].lower()
    if word not in _SUBJECTS and not _owns(text, mention) and not re.search(r"[.!?;]\s", between):
        return False
    return _OPENS.search(text, max(0, last - _WINDOW), last) is not None or last == 0


def _after_subject(text: str, mention: Span, own: Sequence[Span]) -> str | None:
    """What stands between the name that is the subject of the clause and a form; ``None`` without one."""
    before = [item for item in own if item[1] <= mention[0]]
    if not before:
        return None
    start, end = before[-1]
    between = text[end : mention[0]]
    if re.match(r"['’]s\b|\s+(?:and|or)\s+[A-Z]", between) or re.search(r"[.!?;:—–\"“”\n]", between):
        return None
    if _SUBJECT.search(between) or re.search(r"\b[A-Z]", between) or _nouns().search(between):
        return None
    opening = text[max(0, start - _WINDOW) : start].rstrip()
    last = [match.end() for match in _CLAUSE.finditer(f"{opening} ")]
    return between if not opening or (last and last[-1] >= len(opening)) else None


def _owns(text: str, mention: Span) -> bool:
    """Whether a form stands before a noun."""
    following = _FOLLOWING.match(text, mention[1])
    return following is not None and following[1].lower() not in listed()["after_object"]


def _is_bound(text: str, mention: Span) -> bool:
    if _REFLEXIVE.fullmatch(text[slice(*mention)]):
        return True
    following = _FOLLOWING.match(text, mention[1])
    if following is None:
        return False
    before = re.search(r"(\w+)\s+$", text[max(0, mention[0] - _WINDOW) : mention[0]])
    word, noun = "" if before is None else before[1].lower(), following[1].lower()
    lists = _listed()
    body = word in lists["verbs"] and noun in lists["bodies"]
    return noun == "own" or body or f"{word}_{noun}" in lists["phrases"]


def _window(text: str, place: int) -> int:
    """Where the sentences begin in which others count, within the paragraph."""
    paragraph = text.rfind("\n\n", 0, place) + 1
    starts = [paragraph + start for start, _ in sentences(text[paragraph:place])]
    return starts[-1 - SENTENCES] if len(starts) > SENTENCES else paragraph


def _noun_is_rival(text: str, match: re.Match[str], own: Sequence[Span]) -> bool:
    """Whether a noun is for somebody else: not what the person is said to be, nor a noun before the name."""
    start, end = match.span()
    if match["noun"] is None:
        return True
    if text[end : end + 2] in {"'s", "’s"}:
        return True
    if any(not text[end:first].strip(" ,") for first, _ in own if first >= end):
        return False
    return _SAYS_WHAT.search(text, max(0, start - _WINDOW), start) is None


def is_place(text: str, name: str) -> bool:
    """Whether a name only ever stands where places do: *in Quito*, *flew to Quito*."""
    found = re.finditer(rf"\b{re.escape(name)}\b", text)
    return all(_at_place(text, match.start()) for match in found)


def _at_place(text: str, start: int) -> bool:
    before = text[max(0, start - _WINDOW) : start]
    word = re.search(r"(\w+)\s+$", before)
    places = table("en", "others")["before_places"]
    return (word is not None and word[1].lower() in places) or _TO_PLACE.search(before) is not None


def neopronouns() -> frozenset[str]:
    """Forms of known sets that are no other English words."""
    return _listed()["neopronouns"]


@cache
def _listed() -> dict[str, frozenset[str]]:
    place = files("tongli.knowledge") / "gender" / "reference" / "rivals.toml"
    found = tomllib.loads(place.read_text("utf-8"))
    return {name: frozenset(value.split()) for name, value in found.items()}


@cache
def _nouns() -> re.Pattern[str]:
    lists = _listed()
    words = "|".join(sorted(map(re.escape, listed()["people"] | lists["people"] | lists["animals"])))
    things = "|".join(sorted(map(re.escape, lists["things"])))
    endings = "|".join(sorted(lists["endings"]))
    kin, anybody = ("|".join(sorted(lists[name])) for name in ("kin", "anybody"))
    person = rf"(?:(?!(?:{things})\b)[a-z]{{2,}}(?:{endings})|{words})"
    return re.compile(
        rf"\b(?:(?i:{anybody})|(?i:one of|the other|the (?:first|second|last|next|new|old|older|younger) one)"
        rf"|(?P<noun>(?:(?i:{_BEFORE})\s+(?:[a-z-]+\s+){{0,2}}?)?(?i:{kin})"
        rf"|(?i:{_BEFORE})\s+(?:[a-z-]+\s+){{0,2}}?{person}))\b(?!-)"
    )
