"""Who is named where in a text, and what each of them declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from tongli.core import Agreement, Person, PronounSet, Span
from tongli.empathy.gender.check.lists import word_list
from tongli.empathy.gender.reference.mentions import names_of
from tongli.empathy.reply import declared_for

_SPEAKER = regex.compile(r"^[*_]{0,2}(\p{L}[\p{L}\p{M} .'’-]{0,40}?)[*_]{0,2}[ ]?[:：]", regex.MULTILINE)
_CAPITAL = regex.compile(r"(?<=[\p{Ll}\p{N},;)][”’\"]? )\p{Lu}[\p{L}\p{M}'’-]+(?: \p{Lu}[\p{L}\p{M}'’-]+)*")
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}]+")
_UNSPACED = regex.compile(r"[\p{Thai}\p{Han}\p{Hiragana}\p{Katakana}]")
_NOUN_CAPITALS = frozenset({"de", "lb"})
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text: who bears it, if the person is listed, and where."""

    span: Span
    person: int | None
    name: str


def genders(person: Person, lang: str) -> frozenset[Agreement] | None:
    """Agreements that fit what a person declared for a language; ``None`` when nothing is declared.

    A declaration in another language counts where there is none for this one, since it still says which
    forms are not wanted.
    """
    own = declared_for(lang, person.agreement)
    if own is not None:
        return frozenset({own})
    sets = declared_for(lang, person.pronouns)
    if sets is None:
        sets = next(iter(person.pronouns.values()), None)
    if sets is None:
        return None
    return frozenset(_gender_of(item, lang) for item in sets) or frozenset({"neutral"})


def declared_sets(person: Person, lang: str) -> tuple[PronounSet, ...] | None:
    """The pronoun sets of a person for a language; ``None`` when unknown."""
    return declared_for(lang, person.pronouns)


def _gender_of(item: PronounSet, lang: str) -> Agreement:
    subject = item.subject.casefold()
    for tag in (lang, "en"):
        for gender, words in _subjects(tag).items():
            if subject in words:
                return gender
    return "neutral"


@lru_cache(maxsize=64)
def _subjects(lang: str) -> dict[Agreement, frozenset[str]]:
    known = word_list(lang)
    if known is None:
        return {}
    return {
        "feminine": frozenset(known["feminine"]["words"] + known["feminine"]["near"]),
        "masculine": frozenset(known["masculine"]["words"] + known["masculine"]["near"]),
    }


def shown_names(person: Person) -> tuple[str, ...]:
    """Every name of today, and what people shorten it to."""
    whole = [name for name in (person.name, person.given, person.family, *person.other_names) if name]
    return tuple(dict.fromkeys(form for name in whole for form in names_of(name)))


def named(text: str, *, people: Sequence[Person], others: Iterable[str] = ()) -> list[Named]:
    """Names in a text, in order, none overlapping; the longest wins.

    Args:
        text: what to search.
        people: who is listed.
        others: names of people who are not.
    """
    owners: dict[str, int | None] = dict.fromkeys(others)
    for index, person in enumerate(people):
        owners |= dict.fromkeys(shown_names(person), index)
    owners = {name: who for name, who in owners.items() if len(name) >= _SHORTEST or not name.isascii()}
    if not owners:
        return []
    return [
        Named(match.span(), owners[match[0]], match[0]) for match in _pattern(tuple(owners)).finditer(text)
    ]


@lru_cache(maxsize=256)
def _pattern(names: tuple[str, ...]) -> regex.Pattern[str]:
    forms = sorted(names, key=len, reverse=True)
    spaced = "|".join(regex.escape(name) for name in forms if not _UNSPACED.search(name))
    unspaced = "|".join(regex.escape(name) for name in forms if _UNSPACED.search(name))
    whole = rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{spaced})(?![\p{{Ll}}\p{{M}}\p{{N}}])"
    return regex.compile("|".join(part for part, some in ((whole, spaced), (unspaced, unspaced)) if some))


def unlisted(text: str, *, lang: str) -> tuple[str, ...]:
    """What looks like a name: speakers of a transcript, capitals inside a sentence, and words that are
    written with a capital twice and never without.

    German and Luxembourgish write every noun so: there only speakers count.
    """
    found = dict.fromkeys(speakers(text))
    if lang.partition("-")[0] not in _NOUN_CAPITALS:
        known = word_list("en") or {}
        no_names = frozenset(known.get("no_names", ()))
        capitals = (match[0] for match in _CAPITAL.finditer(text))
        likely = (*capitals, *_always_capital(text, lang))
        found |= dict.fromkeys(name for name in likely if name.split()[0].lower() not in no_names)
    return tuple(name for name in found if name)


def speakers(text: str) -> tuple[str, ...]:
    """Who speaks in a transcript."""
    return tuple(dict.fromkeys(match[1].strip() for match in _SPEAKER.finditer(text)))


def _always_capital(text: str, lang: str) -> Iterable[str]:
    counts = Counter(match[0] for match in _WORD.finditer(text))
    known = word_list(lang) or {}
    forms = {
        word
        for gender in ("feminine", "masculine")
        for word in known[gender]["words"] + known[gender]["near"]
    }
    for word, count in counts.items():
        low = word.lower()
        if (
            count > 1
            and len(word) > _SHORTEST
            and word[0].isupper()
            and low not in counts
            and low not in forms
        ):
            yield word
