"""Verbs, short and full adjectives and participles that agree with a person."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.empathy.gender.forms import Form, Speaker, table
from tongli.empathy.gender.russian.forms import GENDERS, form_of
from tongli.empathy.gender.russian.morphology import AGREEING, Reading, likened, readings, turned
from tongli.empathy.gender.russian.nouns import by_context
from tongli.empathy.gender.words import Word, clause

_REACH = 4
_OTHER_WORDS = frozenset({"NOUN", "PREP", "CONJ", "PRCL", "ADVB", "NPRO"})
_COPULAS = frozenset({"быть", "стать", "стал", "являться", "оставаться", "остаться", "становиться"})


def agreeing(words: Sequence[Word], at: int, found: dict[int, Form]) -> Form | None:
    """A verb, an adjective or a participle that says the gender of its subject."""
    word = words[at]
    known = readings(word.low)
    if not known or (word.capital and not word.opens):
        return None
    form = _of_sex(words, at, known)
    if form is not None:
        return form
    reading = _reading(words, at, known)
    if reading is None:
        return None
    full = reading.pos in {"ADJF", "PRTF"}
    said = _is_predicate if full else _is_about_person
    after = turned(word.low, reading) if said(words, at, reading, found) else None
    if after is None:
        return None
    speaker: Speaker = "third" if full else _speaker(words, at)
    own = found.get(at + 1) if reading.pos == "VERB" else None  # "спросила мать" is said of her
    phrase = own.phrase if own is not None and own.kind in {"noun", "kinship"} else None
    return form_of(word, after, str(reading.gender), kind="agreement", speaker=speaker, phrase=phrase)


def _of_sex(words: Sequence[Word], at: int, known: Sequence[Reading]) -> Form | None:
    """мужской and женский, wherever they stand."""
    for own, other in table("ru", "nouns")["adjectives"].items():
        for lemma, target, gender in ((own, other, "masc"), (other, own, "femn")):
            if known[0].lemma == lemma and known[0].pos == "ADJF":
                after = likened(target, _of_next_noun(words, at, known))
                return None if after is None else form_of(words[at], after, gender, kind="agreement")
    return None


def _reading(words: Sequence[Word], at: int, known: Sequence[Reading]) -> Reading | None:
    """The reading of a word as one that agrees, where that is likely."""
    possible = (
        each
        for each in known[:3]
        if each.pos in AGREEING and each.gender in GENDERS and each.number == "sing"
    )
    reading = next(possible, None)
    sure = reading is known[0] or known[0].pos not in _OTHER_WORDS
    if reading is None or not (sure or _has_word(words, at, {"он", "она"})):
        return None
    if reading.lemma != "который":
        return reading
    return by_context(
        words, at, [each for each in known if each.number == "sing" and each.gender == reading.gender]
    )


def _speaker(words: Sequence[Word], at: int) -> Speaker:
    """Whom the pronoun of a clause stands for."""
    if _has_word(words, at, {"я"}):
        return "first"
    return "second" if _has_word(words, at, {"ты"}) else "third"


def _of_next_noun(words: Sequence[Word], at: int, known: Sequence[Reading]) -> Reading:
    """The reading that agrees with the next noun."""
    nouns = [noun for word in words[at + 1 : at + 3] for noun in readings(word.low) if noun.pos == "NOUN"]
    agreeing = (
        each
        for each in known
        for noun in nouns
        if each.number == noun.number and each.case == noun.case and each.gender in {None, noun.gender}
    )
    return next(agreeing, known[0])


def _has_word(words: Sequence[Word], at: int, forms: set[str]) -> bool:
    start, end = clause(words, at)
    return any(word.low in forms for word in words[start:end])


def _is_about_person(words: Sequence[Word], at: int, reading: Reading, found: dict[int, Form]) -> bool:
    """Whether the subject is a person: nothing else of this gender can be."""
    start, end = clause(words, at)
    gender = str(reading.gender)
    right = range(at + 1, min(end, at + 1 + _REACH))
    for place in (*range(at - 1, start - 1, -1), *right):
        verdict = _subject(words, place, gender, found, passive=place in right and not reading.transitive)
        if verdict is not None:
            return verdict
    return True


def _subject(
    words: Sequence[Word], at: int, gender: str, found: dict[int, Form], *, passive: bool
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
        if i >= 0 and not (i == at - 2 and words[at - 1].capital)  # "с Ноа ужин был долгим"
    )
    return None if governed or after_verb else False


def _is_after_verb(words: Sequence[Word], at: int) -> bool:
    start, _ = clause(words, at)
    return any(
        readings(words[i].low)[:1] and readings(words[i].low)[0].pos in {"VERB", "INFN", "GRND"}
        for i in range(start, at)
    )


def _antecedent(words: Sequence[Word], at: int, gender: str, found: dict[int, Form]) -> bool:
    for place in range(at - 1, max(-1, at - 6), -1):
        if place in found and found[place].kind in {"noun", "kinship"}:
            return True
        nouns = [
            each for each in readings(words[place].low)[:1] if each.pos == "NOUN" and each.gender == gender
        ]
        if nouns:
            return nouns[0].alive or (words[place].text[0].isupper() and nouns[0].name)
    return False


def _is_predicate(words: Sequence[Word], at: int, reading: Reading, found: dict[int, Form]) -> bool:
    """Whether a full adjective is said of a person: который, сам, один из, стал первым."""
    if reading.lemma == "который":
        return _antecedent(words, at, str(reading.gender), found)
    after = words[at + 1 : at + 4]
    if any(_agrees(noun, reading) for word in after for noun in readings(word.low)):
        return False
    last = at - 2 if words[at - 1].text == "," else at - 1
    if reading.pos == "PRTF" and last in found and found[last].phrase == last:
        return found[last].gender == GENDERS[str(reading.gender)]
    following = after[0].low if after else ""
    if reading.lemma in {"сам", "самый"} and following in {"себя", "себе", "собой"}:
        return True
    among = following == "из" and any(at + i in found for i in range(2, 6))
    one_of = reading.lemma in {"один", "каждый"} and among
    before = [each for word in words[max(0, at - 3) : at] for each in readings(word.low)[:1]]
    copula = reading.case in {"nomn", "ablt"} and any(each.lemma in _COPULAS for each in before)
    if reading.case == "ablt" and at - 1 in found and readings(words[at - 1].low)[0].pos == "VERB":
        return True
    return (one_of or copula or reading.lemma == "сам") and _is_about_person(words, at, reading, found)


def _agrees(noun: Reading, reading: Reading) -> bool:
    """Whether a noun is what an adjective belongs to."""
    own = (reading.gender, "sing", reading.case)
    return noun.pos == "NOUN" and (noun.gender, noun.number, noun.case) == own
