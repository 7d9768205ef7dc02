"""Hindi: verbs and adjectives that agree with a person, and nouns for people.

Possessives (का, के, की) agree with what is owned, so they change only before a noun for a person that
changes itself. With ने, a perfective agrees with the object and stays. Pronouns say no gender.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from tongli.core import Agreement, Span
from tongli.empathy.gender.binding import Grammar, nobody
from tongli.empathy.gender.by_forms import ByForms
from tongli.empathy.gender.forms import Form, Speaker, table
from tongli.empathy.gender.words import Word, words_of

_PLURAL = 1
_FEMININE = 2
# Masculine nouns with other endings are respected or like their plural: के पिता, के राजा.
_DECLINED = ("का", "ता", "टा", "ड़ा", "च्चा", "ल्हा", "जा")
_GENITIVES = frozenset({"का", "के", "की"})
_POSTPOSITIONS = frozenset({"ने", "को", "से", "में", "पर", "तक", "था", "थे", "थी", "है", "हैं", "और", "या", "लिए"})
_STOPS = frozenset("।.?!;|")


class Hindi(ByForms):
    """Hindi; honorific plurals keep their plural (करते थे, करती थीं)."""

    lang = "hi"
    slots = ("nom",)

    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms that say the gender of one person, or of people of one gender."""
        words = [replace(word, text=unicodedata.normalize("NFC", word.text)) for word in words_of(text)]
        found: dict[Span, Form] = {}
        for at in range(len(words)):
            for form in (*_noun_phrase(words, at), *_verb(words, at)):
                found.setdefault(form.span, form)
        return tuple(_as_written(found[span], text) for span in sorted(found))


def _as_written(form: Form, text: str) -> Form:
    """The form with its letters coded as the text codes them (ड़ is one code point or two)."""
    before = text[slice(*form.span)]
    whole = any(letter in text for letter in _DOTTED.values())
    to = {
        gender: before if gender == form.gender else _composed(word) if whole else word
        for gender, word in form.to.items()
    }
    return replace(form, before=before, to=to)


def _composed(word: str) -> str:
    for two, one in _DOTTED.items():
        word = word.replace(two, one)
    return word


_DOTTED = {unicodedata.normalize("NFC", letter): letter for letter in "\u095c\u095d\u095b\u095e\u0959\u095a"}


def _form(
    word: Word,
    gender: Agreement,
    other: str,
    *,
    kind: str = "agreement",
    speaker: Speaker = "third",
    phrase: int | None = None,
    generic: bool = False,
) -> Form:
    opposite: Agreement = "feminine" if gender == "masculine" else "masculine"
    return Form(
        span=word.span,
        before=word.text,
        to={gender: word.text, opposite: other},
        gender=gender,
        kind=kind,
        speaker=speaker,
        phrase=phrase,
        generic=generic,
    )


@cache
def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(line.split())
        for line in unicodedata.normalize("NFC", table("hi", "grammar")[name]).strip().splitlines()
    )


@cache
def _nouns() -> dict[str, tuple[Agreement, str, str, bool]]:
    """Form → gender, the other gender's form, kind, whether it may stand for anybody."""
    found: dict[str, tuple[Agreement, str, str, bool]] = {}
    data = table("hi", "nouns")
    for kind, rows in (("kinship", data["kin"]), ("noun", data["other"]), ("noun", data["roles"])):
        for row in unicodedata.normalize("NFC", rows).strip().splitlines():
            left, right = (part.split() for part in row.split(" | "))
            role = rows is data["roles"]
            for place, (masculine, feminine) in enumerate(
                zip((left[0], left[1], left[2]), (right[0], right[0], right[2]), strict=True)
            ):
                found.setdefault(masculine, ("masculine", feminine, kind, role and place == 2))
            for feminine, masculine in ((right[0], left[0]), (right[1], left[1]), (right[2], left[2])):
                found.setdefault(feminine, ("feminine", masculine, kind, False))
    return found


def _noun_phrase(words: Sequence[Word], at: int) -> Iterator[Form]:
    """A noun for a person or a title, and what agrees with it before it."""
    word = words[at]
    titles = table("hi", "nouns")["titles"]
    if word.text in titles:
        yield _form(word, "masculine", titles[word.text], kind="title")
        return
    known = _nouns().get(word.text)
    if known is None:
        return
    gender, other, kind, generic = known
    oblique = gender == "feminine" and _is_oblique(words, at)
    if oblique:
        other = next((row[1] for row in _noun_rows() if row[0] == other), other)
    yield _form(word, gender, other, kind=kind, phrase=at, generic=generic)
    many = other.endswith("ों") or oblique or not other.endswith(_DECLINED)
    for place in range(at - 1, max(-1, at - 4), -1):
        form = _agreeing(words[place], gender, many=many, phrase=at)
        if form is not None:
            yield form
        if words[place].text in _GENITIVES or not _may_stand_between(words, place, at):
            return


def _may_stand_between(words: Sequence[Word], place: int, head: int) -> bool:
    """Whether a phrase may go on before a word: one word that does not agree, सबसे, or any that does."""
    word = words[place].text
    if word in _POSTPOSITIONS or not word[0].isalpha():
        return False
    return place == head - 1 or word == "सबसे" or word.endswith(("े", "ी", "ा"))


@cache
def _noun_rows() -> tuple[tuple[str, ...], ...]:
    data = table("hi", "nouns")
    return tuple(
        tuple(row.split(" | ")[0].split())
        for rows in (data["kin"], data["other"], data["roles"])
        for row in unicodedata.normalize("NFC", rows).strip().splitlines()
    )


def _is_oblique(words: Sequence[Word], at: int) -> bool:
    after = words[at + 1].text if at + 1 < len(words) else "।"
    return after[0].isalpha() and after not in {"और", *table("hi", "grammar")["auxiliaries"].split()}


@cache
def _rigid() -> frozenset[str]:
    """Adjectives in -ā that do not change."""
    return frozenset(table("hi", "grammar")["rigid"].split())


def _agreeing(word: Word, gender: Agreement, *, many: bool, phrase: int) -> Form | None:
    for direct, oblique, feminine in _rows("agreement"):
        if gender == "masculine" and word.text in {direct, oblique}:
            return _form(word, gender, feminine, phrase=phrase)
        if gender == "feminine" and word.text == feminine:
            return _form(word, gender, oblique if many else direct, phrase=phrase)
    if (
        word.text in _POSTPOSITIONS
        or word.text in _rigid()
        or len(word.text) < 3
        or word.text.endswith(("से", "ने", "को", "ता", "ते", "ती"))
    ):
        return None
    if gender == "masculine" and word.text.endswith(("ा", "े")):
        return _form(word, gender, word.text[:-1] + "ी", phrase=phrase)
    if gender == "feminine" and word.text.endswith("ी"):
        return _form(word, gender, word.text[:-1] + ("े" if many else "ा"), phrase=phrase)
    return None


def _verb(words: Sequence[Word], at: int) -> Iterator[Form]:
    """A verb or an adjective said of its subject."""
    word = words[at]
    four = _conjugated(words, at)
    if four is None:
        return
    speaker, place = _speaker(words, at), four.index(word.text)
    if speaker == "third" and not _has_person(words, at, four):
        if _opens_oblique(words, at):
            return
        yield replace(next(_turned(word, four, place, speaker, words, at)), subject=_opening(words, at))
        return
    yield from _turned(word, four, place, speaker, words, at)


def _turned(
    word: Word, four: tuple[str, ...], place: int, speaker: Speaker, words: Sequence[Word], at: int
) -> Iterator[Form]:
    """The form of a verb."""
    if place < _FEMININE:
        nasal = place == _PLURAL and four in _rows("forms") and _is_last(words, at)
        yield _form(word, "masculine", four[3 if nasal else 2], speaker=speaker)
    else:
        many = place > _FEMININE or _is_honorific(words, at)
        yield _form(word, "feminine", four[1 if many else 0], speaker=speaker)


def _has_person(words: Sequence[Word], at: int, four: tuple[str, ...]) -> bool:
    """Whether a pronoun or a noun for a person is the subject, or the sentence speaks of such a person."""
    first = next((i for i in range(at - 1, -1, -1) if words[i].text in _STOPS), -1) + 1
    many = four[_PLURAL] == words[at].text or four[3] == words[at].text
    if {word.text for word in words[first:at]} & (_HONOURED if many else _SINGLE):
        return True
    start, end = _clause(words, at)
    for place in range(start, min(end, at)):
        after = words[place + 1].text
        noun = _nouns().get(words[place].text)
        if words[place].text in _PRONOUNS or (
            noun is not None and after not in {*_POSTPOSITIONS, "का", "के", "की"} - {"था", "थे", "थी", "है", "हैं"}
        ):
            return True
    return False


def _opens_oblique(words: Sequence[Word], at: int) -> bool:
    """Whether a postposition follows the first word of a clause, which then is no subject: सीमा के घर में."""
    start, end = _clause(words, at)
    return start + 1 < end and words[start + 1].text in {*_POSTPOSITIONS, *_GENITIVES} - {"ने"}


def _opening(words: Sequence[Word], at: int) -> Span:
    """The first word of a clause: perhaps a name."""
    return words[_clause(words, at)[0]].span


_HONOURED = frozenset({"वे", "उन्होंने", "उन्हें", "उनका", "उनके", "उनकी", "वह"})
_SINGLE = frozenset({"वह", "उसने"})
_PRONOUNS = frozenset({"वह", "वे", "वो", "कौन"})


def _is_last(words: Sequence[Word], at: int) -> bool:
    """Whether a verb form has no auxiliary behind it: only the last one is nasal (आई थीं)."""
    after = words[at + 1].text if at + 1 < len(words) else ""
    return after not in table("hi", "grammar")["auxiliaries"].split() and not after.startswith(
        ("रह", "गय", "गए", "गई")
    )


def _conjugated(words: Sequence[Word], at: int) -> tuple[str, ...] | None:
    """The four forms of a word that agrees with its subject."""
    word = words[at].text
    data = table("hi", "grammar")
    ergative = _has_ergative(words, at)
    for four in _rows("forms"):
        if word in four:
            return None if ergative else four
    for row in _rows("predicative"):
        after = words[at + 1].text if at + 1 < len(words) else ""
        if word in row and after in data["after_predicative"].split():
            return (*row, row[2])
    if word in data["never"].split() or ergative:
        return None
    for endings in _rows("endings"):
        for ending in endings:
            if word.endswith(ending) and len(word) > len(ending) + ending.startswith("त"):
                stem = word.removesuffix(ending)
                return tuple(stem + each for each in endings)
    return None


def _clause(words: Sequence[Word], at: int) -> tuple[int, int]:
    breaks = {"और", "लेकिन", "पर,", "कि", "जब", "तब", "क्योंकि", "तो", "जिसमें", "जो", "तथा", "एवं", "मगर", "बल्कि"}
    start = next(
        (i + 1 for i in range(at - 1, -1, -1) if words[i].text in _STOPS | breaks or words[i].text == ","), 0
    )
    end = next(
        (i for i in range(at + 1, len(words)) if words[i].text in _STOPS | breaks or words[i].text == ","),
        len(words),
    )
    return start, end


def _has_ergative(words: Sequence[Word], at: int) -> bool:
    start, _ = _clause(words, at)
    return any(
        word.text == "ने" or word.text.endswith(("होंने", "सने", "ैंने", "मने", "पने")) for word in words[start:at]
    )


def _speaker(words: Sequence[Word], at: int) -> Speaker:
    """Whom the nearest pronoun before a verb in its sentence stands for; ूँगा is "I" by itself."""
    if words[at].text.endswith(_FIRST_ENDINGS):
        return "first"
    grammar = table("hi", "grammar")
    for place in range(at - 1, -1, -1):
        word = words[place].text
        if word in _STOPS:
            break
        if word in grammar["first"].split():
            return "first"
        if word in grammar["second"].split():
            return "second"
        if word in _PRONOUNS:
            break
    return "third"


_FIRST_ENDINGS = tuple(
    unicodedata.normalize("NFC", ending) for ending in ("ूँगा", "ूँगी", "ूंगा", "ूंगी", "ऊँगा", "ऊँगी", "ऊंगा", "ऊंगी")
)


def _is_honorific(words: Sequence[Word], at: int) -> bool:
    after = [word.text for word in words[at + 1 : at + 3]]
    return any(each in {"हैं", "थीं", "गईं", "रहीं"} for each in after) or any(
        word.text in {"वे", "आप", "ये"} for word in words[max(0, at - 8) : at]
    )


def _name(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?![\w\u093e-\u094d])"


Hindi.grammar = Grammar(
    name=_name, predicate=frozenset(table("hi", "grammar")["predicate"].split()), others=nobody
)
