"""Polish: past tense and conditional, adjectives said of a person, pronouns and nouns for people.

Endings decide, with lists of words that only look alike. A verb in the third person counts only where its
clause names a person or nobody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from tongli.core import Agreement, Span
from tongli.empathy.gender.binding import Grammar
from tongli.empathy.gender.by_forms import BOTH, ByForms
from tongli.empathy.gender.forms import Form, Speaker, like, table
from tongli.empathy.gender.things import Thing
from tongli.empathy.gender.words import Word, clause, words_of

_GENDERS: tuple[Agreement, ...] = ("masculine", "feminine", "neutral")


class Polish(ByForms):
    """Polish; "neutral" forms (-łom) are written only for people who declare them."""

    lang = "pl"
    slots = ("nom", "possessive", "dat", "acc")

    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms that say the gender of one person."""
        words = words_of(text)
        found: dict[Span, Form] = {}
        for at, word in enumerate(words):
            form = _noun(words, at) or _pronoun(words, at) or _verb(words, at) or _adjective(words, at)
            if form is None:
                continue
            found[word.span] = form
            if form.kind in {"noun", "kinship"}:
                found.update((each.span, each) for each in _before(words, at, form))
        return tuple(found[span] for span in sorted(found))

    def things(self, text: str) -> tuple[Thing, ...]:
        """Words that end as nouns do; a verb that looks like one does no harm where nobody is mentioned."""
        endings = table("pl", "grammar")["things"]
        return tuple(
            Thing(span=word.span, genders=frozenset({gender}))
            for word in words_of(text)
            if len(word.text) > 2 and word.low not in _small() and word.low.isalpha()
            for gender in BOTH
            if re.search(endings[gender], word.low)
        )

    def neutral_form(self, form: Form, style: str) -> str | None:
        """The neutral ending where it is declared, both forms with a slash elsewhere."""
        if style == "slash":
            return f"{form.to['masculine']}/{form.to['feminine']}"
        return form.to.get("neutral")


def _form(
    word: Word,
    gender: Agreement,
    after: Mapping[Agreement, str],
    *,
    kind: str,
    speaker: Speaker = "third",
    slot: str | None = None,
    phrase: int | None = None,
) -> Form:
    return Form(
        span=word.span,
        before=word.text,
        gender=gender,
        to={each: word.text if each == gender else like(word.text, form) for each, form in after.items()},
        kind=kind,
        speaker=speaker,
        slot=slot,
        phrase=phrase,
    )


@cache
def _never() -> frozenset[str]:
    return frozenset(word for word in table("pl", "grammar")["never"]["words"].split() if ":" not in word)


@cache
def _small() -> frozenset[str]:
    return frozenset(table("pl", "grammar")["words"]["small"].split())


def _verb(words: Sequence[Word], at: int) -> Form | None:
    word = words[at]
    if word.low in _never() or not word.low.isalpha() or (word.text[0].isupper() and not word.opens):
        return None
    for row in table("pl", "grammar")["past"]:
        for ending in row["endings"]:
            three = dict(zip(_GENDERS, ending.split(), strict=True))
            for gender, own in three.items():
                if gender == "neutral" and row["speaker"] == "third" and not _says_ono(words, at):
                    continue
                if word.low.endswith(own) and len(word.low) > len(own):
                    speaker = _conditional(words, at) or row["speaker"]
                    known, subject = _person(words, at) if speaker == "third" else (True, None)
                    after = _turned(word.low.removesuffix(own), gender, three)
                    form = _form(word, gender, after, kind="agreement", speaker=speaker)
                    if speaker == "third" and subject is None and _thing_behind(words, at, gender):
                        return None
                    return replace(form, subject=subject) if known else None
    return None


def _thing_behind(words: Sequence[Word], at: int, gender: Agreement) -> bool:
    """``Rano padał [deszcz]``: a noun behind a verb that has no object, where nobody is named before it."""
    data = table("pl", "grammar")["words"]
    reflexive = at + 1 < len(words) and words[at + 1].low == "się"
    if not reflexive and re.match(data["without_object"], words[at].low) is None:
        return False
    start, _ = clause(words, at)
    if any(word.low not in _small() or word.low in {"on", "ona", "kto"} for word in words[start:at]):
        return False
    place = at + 2 if reflexive else at + 1
    if place >= len(words) or _noun(words, place) is not None:
        return False
    noun = words[place]
    listed = noun.low in _small() or noun.capital
    return not listed and re.search(data["behind"][gender], noun.low) is not None


def _conditional(words: Sequence[Word], at: int) -> Speaker | None:
    """Whom gdybym, żebyś and the like are about, in the clause of a verb."""
    start, end = clause(words, at)
    for word in words[start:end]:
        if word.low in _CONDITIONAL:
            return "first" if word.low.endswith("m") else "second"
    return None


_ALSO_VERBS = frozenset({"mamy"})
_CONDITIONAL = frozenset(
    {"gdybym", "żebym", "abym", "bym", "jakbym", "gdybyś", "żebyś", "abyś", "byś", "jakbyś"}
)


def _says_ono(words: Sequence[Word], at: int) -> bool:
    start, _ = clause(words, at)
    return any(word.low == "ono" for word in words[start:at])


def _turned(stem: str, gender: Agreement, endings: Mapping[Agreement, str]) -> dict[Agreement, str]:
    """The three forms of a verb whose stem may change."""
    stems = table("pl", "grammar")["stems"]
    masculine, feminine = stem, stem
    if gender == "masculine":
        feminine = stems.get(stem, stem)
    else:
        masculine = next((own for own, other in stems.items() if other == stem), stem)
        if endings["masculine"].startswith("ł") and stem.endswith("zę"):
            masculine = stem
    return {each: (masculine if each == "masculine" else feminine) + end for each, end in endings.items()}


def _person(words: Sequence[Word], at: int) -> tuple[bool, Span | None]:
    """Whether a verb may be about a person, by what stands before it; and a word that may be a name."""
    start, _ = clause(words, at)
    before = words[start:at]
    for index, word in enumerate(before):
        if word.low in {"on", "ona", "kto"} or _noun(words, start + index) is not None:
            return True, None
        if word.capital and word.low not in _small():
            return True, word.span if word.opens else None
    return not before or all(word.low in _small() or not word.text[0].isalpha() for word in before), None


def _adjective(words: Sequence[Word], at: int) -> Form | None:
    """An adjective after jestem, jesteś, był, …"""
    data, word = table("pl", "grammar")["words"], words[at]
    if word.low in data["never_adjectives"].split() or word.text[0].isupper():
        return None
    speaker = _speaker(words, at)
    known, subject = _person(words, at) if speaker == "third" else (speaker is not None, None)
    form = _inflected(words[at], speaker) if known and speaker is not None else None
    return None if form is None else replace(form, subject=subject)


def _inflected(word: Word, speaker: Speaker) -> Form | None:
    data = table("pl", "grammar")["words"]
    for masculine, feminine in data["short"].items():
        if word.low in {masculine, feminine} and word.low != "gotowa":
            own: Agreement = "masculine" if word.low == masculine else "feminine"
            return _form(
                word, own, {"masculine": masculine, "feminine": feminine}, kind="agreement", speaker=speaker
            )
    for row in data["adjectives"]:
        endings = dict(zip(_GENDERS, row.split(), strict=True))
        for gender, own in endings.items():
            if gender != "neutral" and word.low.endswith(own) and len(word.low) > len(own):
                stem = word.low.removesuffix(own)
                return _form(
                    word,
                    gender,
                    {each: stem + end for each, end in endings.items()},
                    kind="agreement",
                    speaker=speaker,
                )
    return None


def _speaker(words: Sequence[Word], at: int) -> Speaker | None:
    data = table("pl", "grammar")["words"]
    if words[at].low in {"sam", "sama"}:
        start, end = clause(words, at)
        verbs = (_verb(words, place) for place in range(start, end))
        return next((verb.speaker for verb in verbs if verb is not None), None)
    after = words[at + 1] if at + 1 < len(words) else None
    if (
        after is not None
        and after.text[0].isalpha()
        and after.low not in {"i", "oraz", "ale", "z", "na", "że", "do", "w", "od"}
    ):
        return None
    for place in range(at - 1, max(-1, at - 4), -1):
        for speaker in ("first", "second", "third"):
            if words[place].low in data[speaker].split():
                return speaker
        if not words[place].text[0].isalpha():
            return None
    return None


@cache
def _nouns() -> dict[str, tuple[Agreement, dict[Agreement, str], str]]:
    """Form → gender, forms by gender, kind; of nominative, instrumental and genitive."""
    found: dict[str, tuple[Agreement, dict[Agreement, str], str]] = {}
    data = table("pl", "nouns")
    for kind, rows in (("kinship", data["kin"]), ("noun", data["roles"]), ("noun", data["other"])):
        for row in rows.strip().splitlines():
            left, _, feminine = row.partition(" | ")
            first, instrumental, genitive = left.split()
            for masculine, other in zip(
                (first, instrumental, genitive, genitive), _declined(feminine), strict=True
            ):
                both: dict[Agreement, str] = {"masculine": masculine, "feminine": other}
                for gender, form in both.items():
                    found.setdefault(form, (gender, both, kind))
    return found


def _declined(feminine: str) -> tuple[str, str, str, str]:
    """Nominative, instrumental, genitive and accusative of a feminine noun."""
    stem = feminine[:-1]
    if feminine.endswith("owa"):
        return feminine, stem + "ą", stem + "ej", stem + "ą"
    if feminine.endswith("a"):
        genitive = "" if stem.endswith("i") else "i" if stem.endswith(("k", "g")) else "y"
        return feminine, stem + "ą", stem + genitive, stem + "ę"
    return feminine, feminine + "ą", feminine, feminine + "ę"


def _noun(words: Sequence[Word], at: int) -> Form | None:
    word = words[at]
    title = table("pl", "nouns")["titles"]
    after = words[at + 1] if at + 1 < len(words) else None
    if word.low in {*title, *title.values()} and after is not None and after.text[0].isupper():
        own: Agreement = "masculine" if word.low in title else "feminine"
        return _form(word, own, {"masculine": "pan", "feminine": "pani"}, kind="title")
    known = _nouns().get(word.low)
    if known is None or word.low in _ALSO_VERBS or (word.low == "polka" and not word.capital):
        return None
    gender, both, kind = known
    if gender == "masculine" and word.low == _cases(word.low)[2] and _is_object(words, at):
        both = both | {"feminine": _declined(_cases(both["feminine"])[0])[3]}
    return _form(word, gender, both, kind=kind, phrase=at)


def _is_object(words: Sequence[Word], at: int) -> bool:
    """Whether a form that is genitive and accusative is the object of a verb: "znam dobrego lekarza"."""
    place = at - 1
    while place >= 0 and words[place].low.endswith("ego"):
        place -= 1
    start, _ = clause(words, at)
    if place < start or any(word.low == "nie" for word in words[start:place]):
        return False
    return words[place].low.endswith(("łem", "łam", "ł", "ła", "m", "ę", "sz", "my", "cie", "ją", "je", "ć"))


def _before(words: Sequence[Word], at: int, noun: Form) -> Iterator[Form]:
    """Possessives and adjectives that agree with a noun behind them."""
    case = _cases(noun.to["feminine"].lower()).index(noun.to["feminine"].lower())
    rows = table("pl", "grammar")["agreement"][case]
    for place in range(at - 1, max(-1, at - 3), -1):
        word = words[place]
        for row in rows:
            both: dict[Agreement, str] = dict(zip(BOTH[::-1], row.split(), strict=True))
            own = both[noun.gender]
            if word.low.endswith(own) and len(word.low) > 2 and word.low not in _small():
                stem = word.low.removesuffix(own)
                forms = {gender: stem + ending for gender, ending in both.items()}
                yield _form(word, noun.gender, forms, kind="agreement", phrase=at)
                break
        else:
            return


def _cases(form: str) -> tuple[str, ...]:
    """Nominative, instrumental, genitive and accusative of the noun that a form belongs to."""
    gender, both, _ = _nouns()[form]
    data = table("pl", "nouns")
    for rows in (data["kin"], data["roles"], data["other"]):
        for row in rows.strip().splitlines():
            left, _, feminine = row.partition(" | ")
            cases = (*left.split(), left.split()[2]) if gender == "masculine" else _declined(feminine)
            if form in cases and both["masculine"] in left.split():
                return cases
    raise KeyError(form)


def _pronoun(words: Sequence[Word], at: int) -> Form | None:
    data, word = table("pl", "grammar"), words[at]
    before = words[at - 1].low if at else ""
    governs = {case: before in data["prepositions"][case].split() for case in data["prepositions"]}
    gender: Agreement = "masculine"
    after: str | None = data["pronouns"].get(word.low)
    if word.low == "nim":
        after = "nią" if governs["instrumental"] else "niej"
    elif word.low == "niego" and governs["accusative"]:
        after = "nią"
    elif after is None:
        gender = "feminine"
        after = data["feminine"].get(word.low)
        if word.low == "nią":
            after = "nim" if governs["instrumental"] else "niego"
        elif word.low == "niej":
            after = "nim" if governs["locative"] else "niemu" if governs["dative"] else "niego"
    if after is None:
        return None
    slot = {
        "on": "nom",
        "ona": "nom",
        "jego": "possessive",
        "jej": "possessive",
        "mu": "dat",
        "go": "acc",
        "ją": "acc",
    }.get(word.low)
    other: Agreement = "feminine" if gender == "masculine" else "masculine"
    both: dict[Agreement, str] = {gender: word.low, other: after}
    return _form(word, gender, both, kind="possessive" if slot == "possessive" else "pronoun", slot=slot)


_FLEETING = re.compile(r"e[kłc]\Z")


def _name(name: str) -> str:
    stem = name[:-1] if name[-1:] in "aeoy" and len(name) > 3 else name
    oblique = _FLEETING.sub(lambda match: match[0].replace("e", ""), stem)  # Marek, Marka; Paweł, Pawła
    return rf"(?<!\w)(?:{re.escape(stem)}|{re.escape(oblique)}(?=[aieo]))\w{{0,4}}(?!\w)"


def _others(text: str) -> Sequence[Span]:
    return tuple(_names_in(text))


def _names_in(text: str) -> Iterator[Span]:
    """Capitalised words inside a sentence that no preposition of place governs."""
    words = words_of(text)
    for before, word in pairwise(words):
        if (
            word.text[0].isupper()
            and not word.opens
            and before.text[0].isalpha()
            and before.low not in {"w", "we", "do", "na", "od"}
        ):
            yield word.span


Polish.grammar = Grammar(
    name=_name, predicate=frozenset(table("pl", "grammar")["words"]["predicate"].split()), others=_others
)
