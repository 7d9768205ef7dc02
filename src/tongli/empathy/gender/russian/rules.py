"""The rules of Russian: what agrees with a person changes, what agrees with a thing stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from tongli.core import Agreement, Span
from tongli.empathy.gender.binding import Grammar
from tongli.empathy.gender.by_forms import ByForms
from tongli.empathy.gender.forms import Form, Speaker, like, table
from tongli.empathy.gender.russian.morphology import AGREEING, Reading, declined, likened, readings, turned

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+(?:-[а-яё]+)?|[^\w\s]")
_GENDERS: dict[str, Agreement] = {"masc": "masculine", "femn": "feminine"}
_REACH = 4
_OWNERS = frozenset({"его", "её", "ее"})
_GENITIVE = frozenset(
    {
        "из",
        "от",
        "до",
        "для",
        "без",
        "у",
        "около",
        "после",
        "против",
        "среди",
        "кроме",
        "вместо",
        "ради",
        "не",
    }
)
_ACCUSATIVE = frozenset({"в", "на", "за", "про", "через"})


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    span: Span
    low: str


def _words(text: str) -> list[_Word]:
    return [_Word(match[0], match.span(), match[0].lower()) for match in _WORD.finditer(text)]


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


def _name(name: str) -> str:
    stem = name[:-1] if name[-1:] in "аяьйо" and len(name) > 3 else name
    return rf"(?<!\w){re.escape(stem)}\w{{0,3}}(?!\w)"


def _others(text: str) -> Sequence[Span]:
    """Capitalised words inside a sentence that no preposition of place governs."""
    found = []
    words = _words(text)
    for before, word in pairwise(words):
        place = before.low in table("ru", "grammar")["words"]["prepositions"].split() and before.low not in {
            "с",
            "со",
            "у",
        }
        if word.text[0].isupper() and before.text[-1].isalpha() and not place:
            found.append(word.span)
    return found


class Russian(ByForms):
    """Russian. With pymorphy3 (``tongli[ru]``) all that agrees changes; without, pronouns and verbs."""

    lang = "ru"
    slots = ("nom", "possessive", "dat")
    grammar = Grammar(
        name=_name, predicate=frozenset(table("ru", "grammar")["words"]["predicate"].split()), others=_others
    )

    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms that say the gender of one person or of people of one gender."""
        words = _words(text)
        found: dict[int, Form] = {}
        for at in range(len(words)):
            _noun(words, at, found)
        for at in range(len(words)):
            if at not in found:
                form = _pronoun(words, at) or _agreeing(words, at, found)
                if form is not None:
                    found[at] = form
        kept = [found[at] for at in sorted(found)]
        return tuple(kept) if "ё" in text.lower() else tuple(_without_yo(form) for form in kept)


def _form(
    word: _Word,
    after: str,
    gender: str,
    *,
    kind: str,
    slot: str | None = None,
    phrase: int | None = None,
    speaker: Speaker = "third",
    generic: bool = False,
) -> Form:
    own = _GENDERS[gender]
    other: Agreement = "feminine" if own == "masculine" else "masculine"
    return Form(
        span=word.span,
        before=word.text,
        to={own: word.text, other: like(word.text, after)},
        gender=own,
        kind=kind,
        slot=slot,
        phrase=phrase,
        speaker=speaker,
        generic=generic,
    )


def _without_yo(form: Form) -> Form:
    """The form in a text that writes е for ё."""
    return replace(
        form, to={gender: word.replace("ё", "е").replace("Ё", "Е") for gender, word in form.to.items()}
    )


def _noun(words: Sequence[_Word], at: int, found: dict[int, Form]) -> None:
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
    found[at] = _form(
        words[at], after, gender, kind="kinship" if reading.lemma in kin else "noun", phrase=at, generic=role
    )
    if reading.number != "sing":
        return
    for place in range(at - 1, max(-1, at - 1 - _REACH), -1):
        adjective = _matching(words[place].low, gender, reading)
        if words[place].low in {"его", "её", "ее"}:
            continue
        if adjective is None:
            break
        turned_ = turned(words[place].low, adjective)
        if turned_ is not None:
            found[place] = _form(words[place], turned_, gender, kind="agreement", phrase=at)


def _noun_reading(words: Sequence[_Word], at: int) -> Reading | None:
    """The likeliest reading as a noun for a person; adjectives before it choose between cases."""
    forward, backward, _ = _pairs()
    possible = [
        each
        for each in readings(words[at].low)
        if each.pos == "NOUN" and each.lemma in {**forward, **backward} and each.alive
    ]
    before, after = (words[i].low if 0 <= i < len(words) else "" for i in (at - 1, at + 1))
    if not possible or (words[at].low.startswith("друг") and (after.startswith("друг") or before.startswith("друг"))):
        return None
    if before in _OWNERS and possible[0].lemma in _roles():
        return None
    matching = [
        each
        for each in possible
        if at and each.number == "sing" and _matching(words[at - 1].low, str(each.gender), each) is not None
    ]
    noun_first = readings(words[at].low)[0].pos == "NOUN"
    return _by_context(words, at, matching or possible) if noun_first or matching else None


def _by_context(words: Sequence[_Word], at: int, possible: Sequence[Reading]) -> Reading:
    """Genitive or accusative, where a form is both: from what governs it."""
    if possible[0].case not in {"gent", "accs"}:
        return possible[0]
    place = at - 1
    while place >= 0 and any(each.pos in {"ADJF", "PRTF"} for each in readings(words[place].low)[:1]):
        place -= 1
    before = words[place].low if place >= 0 else ""
    governor = readings(before)[:1] if before else ()
    if before in _GENITIVE or (governor and governor[0].pos == "NOUN"):
        wanted = "gent"
    elif before in _ACCUSATIVE or before == "," or (governor and governor[0].pos in {"VERB", "INFN", "GRND"}):
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


def _pronoun(words: Sequence[_Word], at: int) -> Form | None:
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
    return _form(word, after, gender, kind=kind, slot=slot)


def _agreeing(words: Sequence[_Word], at: int, found: dict[int, Form]) -> Form | None:
    """A verb, an adjective or a participle that says the gender of its subject."""
    word = words[at]
    known = readings(word.low)
    if not known or (at and word.text[0].isupper() and words[at - 1].text not in '.!?«"'):
        return None
    for own, other in table("ru", "nouns")["adjectives"].items():
        for lemma, target, gender in ((own, other, "masc"), (other, own, "femn")):
            if known[0].lemma == lemma and known[0].pos == "ADJF":
                after = likened(target, _of_next_noun(words, at, known))
                return None if after is None else _form(word, after, gender, kind="agreement")
    reading = next(
        (
            each
            for each in known[:3]
            if each.pos in AGREEING and each.gender in _GENDERS and each.number == "sing"
        ),
        None,
    )
    sure = reading is known[0] or known[0].pos not in {"NOUN", "PREP", "CONJ", "PRCL", "ADVB", "NPRO"}
    if reading is None or not (sure or _has_word(words, at, {"он", "она"})):
        return None
    if reading.lemma == "который":
        reading = _by_context(
            words, at, [each for each in known if each.number == "sing" and each.gender == reading.gender]
        )
    full = reading.pos in {"ADJF", "PRTF"}
    if full and not _is_predicate(words, at, reading, found):
        return None
    if not full and not _is_about_person(words, at, reading, found):
        return None
    after = turned(word.low, reading)
    if after is None:
        return None
    speaker: Speaker = "third" if full else _speaker(words, at)
    return _form(word, after, str(reading.gender), kind="agreement", speaker=speaker)


def _speaker(words: Sequence[_Word], at: int) -> Speaker:
    """Whom the pronoun of a clause stands for."""
    if _has_word(words, at, {"я"}):
        return "first"
    return "second" if _has_word(words, at, {"ты"}) else "third"


def _of_next_noun(words: Sequence[_Word], at: int, known: Sequence[Reading]) -> Reading:
    """The reading that agrees with the next noun."""
    nouns = [noun for word in words[at + 1 : at + 3] for noun in readings(word.low) if noun.pos == "NOUN"]
    agreeing = (
        each
        for each in known
        for noun in nouns
        if each.number == noun.number and each.case == noun.case and each.gender in {None, noun.gender}
    )
    return next(agreeing, known[0])


def _clause(words: Sequence[_Word], at: int) -> tuple[int, int]:
    start = next(
        (
            i + 1
            for i in range(at - 1, -1, -1)
            if not words[i].text[0].isalnum() and words[i].text not in '«»"()'
        ),
        0,
    )
    end = next(
        (
            i
            for i in range(at + 1, len(words))
            if not words[i].text[0].isalnum() and words[i].text not in '«»"()'
        ),
        len(words),
    )
    return start, end


def _has_word(words: Sequence[_Word], at: int, forms: set[str]) -> bool:
    start, end = _clause(words, at)
    return any(word.low in forms for word in words[start:end])


def _is_about_person(words: Sequence[_Word], at: int, reading: Reading, found: dict[int, Form]) -> bool:
    """Whether the subject is a person: nothing else of this gender can be."""
    start, end = _clause(words, at)
    gender = str(reading.gender)
    right = range(at + 1, min(end, at + 1 + _REACH))
    for place in (*range(at - 1, start - 1, -1), *right):
        verdict = _subject(words, place, gender, found, passive=place in right and not reading.transitive)
        if verdict is not None:
            return verdict
    return True


def _subject(
    words: Sequence[_Word], at: int, gender: str, found: dict[int, Form], *, passive: bool
) -> bool | None:
    """Whether a word is a subject: a person (true), a thing (false), or no subject."""
    word = words[at]
    if word.low in {"он", "она", "я", "ты", "кто"}:
        return True
    if word.low in {"который", "которая"}:
        return _antecedent(words, at, gender, found)
    nouns = [
        each
        for each in readings(word.low)[:3]
        if each.pos == "NOUN" and each.case == "nomn" and each.number == "sing" and each.gender == gender
    ]
    if not nouns:
        return None
    if word.text[0].isupper() and at and words[at - 1].text[-1].isalpha():
        return True
    if nouns[0].alive:
        return True
    after_verb = not passive and _is_after_verb(words, at)
    governed = at and any(
        words[i].low in table("ru", "grammar")["words"]["prepositions"].split()
        for i in (at - 1, at - 2)
        if i >= 0
    )
    return None if governed or after_verb else False


def _is_after_verb(words: Sequence[_Word], at: int) -> bool:
    start, _ = _clause(words, at)
    return any(
        readings(words[i].low)[:1] and readings(words[i].low)[0].pos in {"VERB", "INFN", "GRND"}
        for i in range(start, at)
    )


def _antecedent(words: Sequence[_Word], at: int, gender: str, found: dict[int, Form]) -> bool:
    for place in range(at - 1, max(-1, at - 6), -1):
        if place in found and found[place].kind in {"noun", "kinship"}:
            return True
        nouns = [
            each for each in readings(words[place].low)[:1] if each.pos == "NOUN" and each.gender == gender
        ]
        if nouns:
            return nouns[0].alive or (words[place].text[0].isupper() and nouns[0].name)
    return False


def _is_predicate(words: Sequence[_Word], at: int, reading: Reading, found: dict[int, Form]) -> bool:
    """Whether a full adjective is said of a person: который, сам, один из, стал первым."""
    if reading.lemma == "который":
        return _antecedent(words, at, str(reading.gender), found)
    after = words[at + 1 : at + 4]
    if any(
        each.pos == "NOUN"
        and each.gender == reading.gender
        and each.number == "sing"
        and each.case == reading.case
        for word in after
        for each in readings(word.low)
    ):
        return False
    last = at - 2 if words[at - 1].text == "," else at - 1
    if reading.pos == "PRTF" and last in found and found[last].phrase == last:
        return found[last].gender == _GENDERS[str(reading.gender)]
    if reading.lemma in {"сам", "самый"} and after and after[0].low in {"себя", "себе", "собой"}:
        return True
    if reading.lemma == "один" and after and after[0].low == "из":
        return any(place in found for place in range(at + 2, at + 6)) and _is_about_person(words, at, reading, found)
    if reading.lemma == "сам":
        return _is_about_person(words, at, reading, found)
    before = [each for word in words[max(0, at - 3) : at] for each in readings(word.low)[:1]]
    copula = any(
        each.lemma in {"быть", "стать", "стал", "являться", "оставаться", "остаться", "становиться"}
        for each in before
    )
    return reading.case in {"nomn", "ablt"} and copula and _is_about_person(words, at, reading, found)
