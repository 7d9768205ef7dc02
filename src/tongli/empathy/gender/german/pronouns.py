"""Pronouns, possessives, relative pronouns and titles of one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongli.core import Agreement
from tongli.empathy.gender.forms import Form, like, table
from tongli.empathy.gender.german.nouns import find
from tongli.empathy.gender.german.phrases import Phrase
from tongli.empathy.gender.german.words import determiner, group
from tongli.empathy.gender.words import Word

_ENDINGS = ("e", "en", "em", "er", "es", "")
_SHORTEST_REST = 3
_SUBJECTS = {"er", "ich", "wir", "man", "es", "du", "wer"}
_HE = {"er": ("nom", "sie"), "ihn": ("acc", "sie"), "ihm": ("dat", "ihr")}
_WHICH = {
    "m": {"der": "nom", "den": "acc", "dem": "dat", "dessen": "gen"},
    "f": {"die": "nom", "der": "dat", "deren": "gen"},
}
_ONE = {
    "einer": ("einem", "eine"),
    "einen": ("einen", "eine"),
    "einem": ("einem", "einer"),
    "eine": ("einer", "eine"),
}
_OTHER = {
    "m": {"nom": "die", "acc": "die", "dat": "der", "gen": "deren"},
    "f": {"nom": "der", "acc": "den", "dat": "dem", "gen": "dessen"},
    "mn": {"nom": "das", "acc": "das", "dat": "dem", "gen": "dessen"},
}


def pronouns_of(words: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Form]:
    """Third-person pronouns and possessives, relative pronouns and titles, in no order."""
    taken = {at for phrase in phrases for at in range(phrase.start, phrase.head + 1)}
    for at, word in enumerate(words):
        form = _title(words, at)
        if form is not None:
            yield form
        elif word.low in _HE and (not word.capital or word.opens):
            case, other = _HE[word.low]
            yield _form(word, other, "masculine", kind="pronoun", slot=case)
        elif word.low == "sie" and (at not in taken):
            form = _she(words, at)
            if form is not None:
                yield form
        elif at not in taken and _compound(word) is not None:
            yield _compound(word)  # type: ignore[misc]
        elif word.low.startswith(("männlich", "weiblich")) and at not in taken:
            yield _sex(word)
        else:
            form = _one_of(words, at) or _possessive(words, at)
            if form is not None:
                yield form
    yield from _relatives(words, phrases)


def _form(
    word: Word,
    other: str,
    gender: Agreement,
    *,
    kind: str,
    slot: str | None = None,
    phrase: int | None = None,
) -> Form:
    opposite: Agreement = "feminine" if gender == "masculine" else "masculine"
    return Form(
        span=word.span,
        before=word.text,
        to={gender: word.text, opposite: like(word.text, other)},
        gender=gender,
        kind=kind,
        slot=slot,
        phrase=phrase,
    )


def _compound(word: Word) -> Form | None:
    """Männerchor, Mädchenschule: for people of one gender."""
    data = table("de", "grammar")
    if not word.capital or word.low in data["compound_names"].split():
        return None
    for masculine, feminine in data["compounds"].items():
        for gender, own, other in (("masculine", masculine, feminine), ("feminine", feminine, masculine)):
            rest = word.low.removeprefix(own)
            if rest != word.low and len(rest) > _SHORTEST_REST and not rest.startswith("chen"):
                return _form(word, other + word.text[len(own) :], gender, kind="noun")  # type: ignore[arg-type]
    return None


def _sex(word: Word) -> Form:
    """männlich and weiblich outside the phrases of people."""
    for gender, own, other in (("masculine", "männlich", "weiblich"), ("feminine", "weiblich", "männlich")):
        if word.low.startswith(own):
            return _form(word, other + word.low[len(own) :], gender, kind="agreement")  # type: ignore[arg-type]
    raise AssertionError(word.low)


def _one_of(words: Sequence[Word], at: int) -> Form | None:
    """Einer der besten Autoren."""
    word, after = words[at], words[at + 1 : at + 7]
    if (
        word.low not in _ONE
        or not after
        or after[0].low not in {"der", "von", "seiner", "ihrer", "unserer", "aller"}
    ):
        return None
    noun = next((find(each.text) for each in after[1:] if each.capital), None)
    if noun is None or not any(count == "pl" for _, count in noun.readings):
        return None
    gender: Agreement = "feminine" if word.low == "eine" or noun.gender == "f" else "masculine"
    row = _ONE[word.low]
    return _form(word, row[1 if gender == "masculine" else 0], gender, kind="agreement")


def _title(words: Sequence[Word], at: int) -> Form | None:
    """Herr and Frau before a name."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else None
    if word.text not in {"Herr", "Herrn", "Frau"} or after is None or not after.capital:
        return None
    if word.text == "Frau":
        dative = at > 0 and words[at - 1].low in {
            *table("de", "grammar")["cases"]["dat"].split(),
            "für",
            "an",
            "dem",
        }
        return _form(word, "Herrn" if dative else "Herr", "feminine", kind="title")
    return _form(word, "Frau", "masculine", kind="title")


def _she(words: Sequence[Word], at: int) -> Form | None:
    """Sie where it is one person: er or ihn."""
    word = words[at]
    is_object = _is_object(words, at)
    if (word.capital and not word.opens) or (not is_object and _is_plural(words, at)):
        return None
    before = words[at - 1].low if at else ""
    cases = table("de", "grammar")["cases"]
    accusative = before in (*cases["acc"].split(), *cases["either"].split()) or is_object
    case, other = ("acc", "ihn") if accusative else ("nom", "er")
    return _form(word, other, "feminine", kind="pronoun", slot=case)


def _is_plural(words: Sequence[Word], at: int) -> bool:
    """Whether the verb of ``sie`` is in the plural: beside it, or at the end of its clause."""
    near = [words[i] for i in (at + 1, at - 1) if 0 <= i < len(words)]
    if any(_is_plural_verb(word) for word in near):
        return True
    end = next((i for i in range(at + 1, len(words)) if not words[i].text[0].isalnum()), len(words)) - 1
    after_conjunction = at > 0 and words[at - 1].low in group("conjunctions")
    return after_conjunction and end > at and _is_plural_verb(words[end])


def _is_plural_verb(word: Word) -> bool:
    if word.low in group("plural_verbs"):
        return True
    return (
        not word.capital
        and word.low.endswith("en")
        and word.low not in group("function")
        and len(word.low) > 4
    )


def _is_object(words: Sequence[Word], at: int) -> bool:
    """Whether something else in the clause is the subject: "er sah sie", "als man sie fand"."""
    if at and words[at - 1].low in _SUBJECTS:
        return True
    verb = at - 1
    if verb < 1 or words[verb].capital or not words[verb].text.isalpha():
        return False
    start = verb
    while start > 0 and words[start - 1].text[0].isalnum():
        start -= 1
    opening = words[start:verb]
    if not opening or len(opening) > 6 or words[verb].low in group("function"):
        return False
    if opening[-1].low in {"und", "oder"} or any(word.low in _SUBJECTS for word in opening):
        return True
    article = determiner(opening[0].low)
    return (
        article is not None and opening[-1].capital and bool({"nom"} & (article.masculine | article.feminine))
    )


def _possessive(words: Sequence[Word], at: int) -> Form | None:
    word = words[at]
    stem = word.low[:4] if word.low.startswith("sein") else word.low[:3]
    ending = word.low[len(stem) :]
    if stem not in {"sein", "ihr"} or ending not in _ENDINGS or (word.capital and not word.opens):
        return None
    owned = _owned(words, at)
    if stem == "sein":
        if not ending and not owned:
            return None
        return _form(word, "ihr" + ending, "masculine", kind="possessive", slot="possessive+" + ending)
    if not ending and (not owned or _is_dative(words, at)):
        return _form(word, "ihm", "feminine", kind="pronoun", slot="dat")
    if _owners_are_many(words, at):
        return None
    return _form(word, "sein" + ending, "feminine", kind="possessive", slot="possessive+" + ending)


def _is_dative(words: Sequence[Word], at: int) -> bool:
    """Whether ``ihr`` before a noun is not its possessive: "bei ihr Krebs", "das ihr zustehende Geld"."""
    before, after = words[at - 1].low if at else "", words[at + 1]
    if before in table("de", "grammar")["cases"]["dat"].split() or before in {
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
    }:
        return True
    return not after.capital and after.low.endswith(("en", "em", "e"))


def _owned(words: Sequence[Word], at: int) -> bool:
    """Whether what is owned follows: a capital, or adjectives and a capital."""
    for word in words[at + 1 : at + 5]:
        if word.capital or word.text.isdigit():
            return at == 0 or words[at - 1].low != "zu"
        if not word.text[0].isalnum() or word.low in group("function"):
            return word.text in {"„", '"', "«", "»"}
        if not word.low.endswith(("e", "er", "en", "es", "em", "ig", "sehr")):
            return False
    return False


def _owners_are_many(words: Sequence[Word], at: int) -> bool:
    """Whether the nearest ``sie`` or verb before a possessive is in the plural."""
    for place in range(at - 1, -1, -1):
        word = words[place]
        if word.text in {".", "!", "?"}:
            return False
        if word.low == "sie":
            return _is_plural(words, place)
        if _is_plural_verb(word) and (word.low in group("plural_verbs") or _opens_many(words, place)):
            return True
    return False


def _opens_many(words: Sequence[Word], verb: int) -> bool:
    """Whether a sentence opens with several people and their verb: "Die Studenten treffen"."""
    start = verb
    while start > 0 and words[start - 1].text not in {".", "!", "?"}:
        start -= 1
    return 0 < verb - start < 6 and words[verb - 1].capital and words[start].low in group("plural")


def _relatives(words: Sequence[Word], phrases: Sequence[Phrase]) -> Iterator[Form]:
    """Relative pronouns behind one person."""
    heads = {phrase.head: (number, phrase) for number, phrase in enumerate(phrases)}
    starts = {phrase.start for phrase in phrases}
    for at in range(2, len(words)):
        place = at - 1 if words[at - 1].text == "," else at - 2
        if words[place].text != "," or at in starts or at + 1 >= len(words):
            continue
        antecedent = next((heads[i] for i in range(place - 1, max(-1, place - 4), -1) if i in heads), None)
        if antecedent is None or antecedent[1].number == "pl" or _is_noun_after(words, at):
            continue
        number, phrase = antecedent
        case = _WHICH[phrase.gender].get(words[at].low)
        if case is None:
            continue
        row = "mn" if phrase.neuter and phrase.gender == "m" else phrase.gender
        gender: Agreement = "masculine" if phrase.gender == "m" else "feminine"
        yield _form(words[at], _OTHER[row][case], gender, kind="agreement", phrase=number)


def _is_noun_after(words: Sequence[Word], at: int) -> bool:
    """Whether ``der`` is the article of an apposition."""
    after = words[at + 1]
    return words[at].low not in {"dessen", "deren"} and after.capital and find(after.text) is not None
