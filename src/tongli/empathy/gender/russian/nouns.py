"""Nouns for people, what agrees with them, and pronouns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tongli.empathy.gender.forms import Form, table
from tongli.empathy.gender.russian.forms import form_of
from tongli.empathy.gender.russian.morphology import Reading, declined, readings, turned
from tongli.empathy.gender.words import Word

_REACH = 4
_OWNERS = frozenset({"его", "её", "ее"})


@cache
def _pairs() -> tuple[dict[str, str], dict[str, str], frozenset[str]]:
    data = table("ru", "nouns")
    rows = [line.split() for line in (data["pairs"] + data["roles"]).strip().splitlines()]
    forward = dict(reversed(rows))
    backward = {feminine: masculine for masculine, feminine in reversed(rows)}
    return forward, backward, frozenset(data["kin"].split())


@cache
def _roles() -> frozenset[str]:
    """Masculine words that may stand for anybody in the plural."""
    return frozenset(line.split()[0] for line in table("ru", "nouns")["roles"].strip().splitlines())


def add_noun(words: Sequence[Word], at: int, found: dict[int, Form]) -> None:
    """A noun for a person, and the adjectives before it."""
    forward, backward, kin = _pairs()
    reading = _noun_reading(words, at)
    if reading is None:
        return
    gender, other = (
        ("masc", forward[reading.lemma]) if reading.lemma in forward else ("femn", backward[reading.lemma])
    )
    after = declined(other, reading)
    if after is None or after == words[at].low:
        return
    role = reading.lemma in _roles() and reading.number == "plur"
    found[at] = form_of(
        words[at], after, gender, kind="kinship" if reading.lemma in kin else "noun", phrase=at, generic=role
    )
    if reading.number != "sing":
        return
    for place in range(at - 1, max(-1, at - 1 - _REACH), -1):
        adjective = _matching(words[place].low, gender, reading)
        if words[place].low in _OWNERS:
            continue
        if adjective is None:
            break
        turned_ = turned(words[place].low, adjective)
        if turned_ is not None:
            found[place] = form_of(words[place], turned_, gender, kind="agreement", phrase=at)


def _noun_reading(words: Sequence[Word], at: int) -> Reading | None:
    """The likeliest reading as a noun for a person; adjectives before it choose between cases."""
    forward, backward, _ = _pairs()
    possible = [
        each
        for each in readings(words[at].low)
        if each.pos == "NOUN" and each.lemma in {**forward, **backward} and each.alive
    ]
    before, after = (words[i].low if 0 <= i < len(words) else "" for i in (at - 1, at + 1))
    each_other = all(word.startswith("друг") for word in (words[at].low, before)) or (
        all(word.startswith("друг") for word in (words[at].low, after))
    )
    if not possible or each_other:
        return None
    if before in _OWNERS and possible[0].lemma in _roles():
        return None
    matching = [
        each
        for each in possible
        if at and each.number == "sing" and _matching(words[at - 1].low, str(each.gender), each) is not None
    ]
    noun_first = readings(words[at].low)[0].pos == "NOUN"
    return by_context(words, at, matching or possible) if noun_first or matching else None


def by_context(words: Sequence[Word], at: int, possible: Sequence[Reading]) -> Reading:
    """Genitive or accusative, where a form is both: from what governs it."""
    if possible[0].case not in {"gent", "accs"}:
        return possible[0]
    place = at - 1
    while place >= 0 and any(each.pos in {"ADJF", "PRTF"} for each in readings(words[place].low)[:1]):
        place -= 1
    before = words[place].low if place >= 0 else ""
    governor = readings(before)[:1] if before else ()
    cases = table("ru", "grammar")["cases"]
    if before in cases["gent"].split() or (governor and governor[0].pos == "NOUN"):
        wanted = "gent"
    elif (
        before in cases["accs"].split()
        or before == ","
        or (governor and governor[0].pos in {"VERB", "INFN", "GRND"})
    ):
        wanted = "accs"
    else:
        return possible[0]
    return next((each for each in possible if each.case == wanted), possible[0])


def _matching(word: str, gender: str, noun: Reading) -> Reading | None:
    cases = {noun.case, "gent" if noun.case == "accs" and gender == "masc" else noun.case}
    return next(
        (
            each
            for each in readings(word)
            if each.pos in {"ADJF", "PRTF"}
            and each.gender == gender
            and each.case in cases
            and each.number == "sing"
        ),
        None,
    )


def pronoun(words: Sequence[Word], at: int) -> Form | None:
    """A pronoun or a possessive of the third person."""
    data, word = table("ru", "grammar"), words[at]
    before = words[at - 1].low if at else ""
    if word.low in data["pronouns"]:
        after, gender = data["pronouns"][word.low], "masc"
        if word.low == "ним" and before not in data["after"]["ним"].split():
            return None
    elif word.low in {"ней", *data["feminine"]}:
        gender = "femn"
        after = data["feminine"].get(word.low) or next(
            (form for form, prepositions in data["after"].items() if before in prepositions.split()), "ним"
        )
    else:
        return None
    slot = (
        {"о": "nom", "е": "possessive", "и": "possessive"}.get(word.low[0])
        if word.low not in {"ему", "ей"}
        else "dat"
    )
    kind = "possessive" if slot == "possessive" else "pronoun"
    return form_of(word, after, gender, kind=kind, slot=slot)
