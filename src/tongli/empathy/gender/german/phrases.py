"""Noun phrases about people: article, adjectives and noun change together, in the case they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tongli.core import Agreement
from tongli.empathy.gender.forms import Form, like, table
from tongli.empathy.gender.german.nouns import Case, Found, Number, find
from tongli.empathy.gender.german.words import Determiner, determiner, group
from tongli.empathy.gender.words import Word

CONTRACTIONS = frozenset({"zum", "zur", "vom", "beim", "im", "am"})
_DATIVE_PLURAL = frozenset({"den", "diesen", "keinen", "meinen", "deinen", "seinen", "ihren", "unseren"})
_LONGEST = 6
_NAMES: dict[str, Agreement] = {"m": "masculine", "f": "feminine"}
_WEAK = {"nom": "e", "acc": "en", "dat": "en", "gen": "en"}
_MASCULINE = {
    "strong": _WEAK,
    "mixed": _WEAK | {"nom": "er"},
    "none": {"nom": "er", "acc": "en", "dat": "em", "gen": "en"},
}
_FEMININE = {
    "strong": {"nom": "e", "acc": "e", "dat": "en", "gen": "en"},
    "mixed": {"nom": "e", "acc": "e", "dat": "en", "gen": "en"},
    "none": {"nom": "e", "acc": "e", "dat": "er", "gen": "er"},
}
_NEUTER = {
    "strong": {"nom": "e", "acc": "e", "dat": "en", "gen": "en"},
    "mixed": {"nom": "es", "acc": "es", "dat": "en", "gen": "en"},
    "none": {"nom": "es", "acc": "es", "dat": "em", "gen": "en"},
}
ENDINGS = {"m": _MASCULINE, "f": _FEMININE, "n": _NEUTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A noun phrase about people: words ``start..head`` and the ``forms`` that change with its gender."""

    start: int
    head: int
    number: Number
    case: Case
    gender: str
    neuter: bool
    kin: bool
    forms: tuple[Form, ...]


def phrases_of(words: Sequence[Word]) -> list[Phrase]:
    """Noun phrases with a noun for people, in order."""
    found: list[Phrase] = []
    for head, word in enumerate(words):
        noun = find(word.text)
        phrase = None
        if noun is not None:
            phrase = _phrase(words, head, noun, number=len(found))
        elif word.capital and not word.opens:
            phrase = _nominal(words, head, number=len(found))
        if phrase is not None:
            found.append(phrase)
    return found


def _phrase(words: Sequence[Word], head: int, noun: Found, *, number: int) -> Phrase | None:
    start, article = _left(words, head)
    if article is not None and words[start].low == "das" and not noun.noun.neuter:
        return None
    if start == head and _is_surname(words, head):
        return None
    if start == head and words[head].low in table("de", "nouns")["never"]["bare"].split():
        return None
    if noun.noun.role and start < head and words[start].low.startswith(("sein", "ihr")):
        return None
    case, count = _reading(words, start, head, noun, article)
    neuter = noun.noun.neuter
    source, target = noun.gender, "f" if noun.gender == "m" else "m"
    forms = [_noun_form(words[head], noun, case=case, count=count, target=target, phrase=number)]
    if count == "sg":
        sides = ("n" if neuter and source == "f" else source, "n" if neuter and target == "f" else target)
        forms = [*_around(words, start, head, article, case=case, sides=sides, phrase=number), *forms]
    return Phrase(
        start=start,
        head=head,
        number=count,
        case=case,
        gender=source,
        neuter=neuter,
        kin=noun.noun.kin,
        forms=tuple(form for form in forms if len(form.to) == 2),
    )


def _is_surname(words: Sequence[Word], head: int) -> bool:
    """Whether a noun without article follows a title, a first name or another noun: Frau Koch, Eva Koch."""
    if head == 0:
        return False
    before = words[head - 1]
    if before.low in {"herr", "herrn", "frau"}:
        return True
    return (
        before.capital and before.low not in group("function") | group("plural") and not before.text.isupper()
    )


def _left(words: Sequence[Word], head: int) -> tuple[int, Determiner | None]:
    """Where a phrase starts, and its article; adjectives without an article must touch the noun."""
    at = head - 1
    while at >= 0 and head - at <= _LONGEST:
        low = words[at].low
        if low in CONTRACTIONS:
            return at, None
        article = determiner(low)
        if article is not None:
            return at, article
        if not _may_stand_between(words[at]):
            break
        at -= 1
    at = head
    while at > 0 and _is_adjective(words[at - 1]):
        at -= 1
    return at, None


def _may_stand_between(word: Word) -> bool:
    if word.low in group("function") and word.low not in {"sehr", "und", "ganze"}:
        return False
    return (word.text[0].isalnum() and (not word.capital or word.low.endswith("er"))) or word.text == ","


def _is_adjective(word: Word) -> bool:
    return (
        word.text[0].isalnum()
        and (not word.capital or word.opens)
        and word.low not in group("function")
        and word.low.endswith(("er", "em", "en", "e"))
        and len(word.low) > 3
    )


def _reading(
    words: Sequence[Word], start: int, head: int, noun: Found, article: Determiner | None
) -> tuple[Case, Number]:
    """Case and number that the phrase most likely stands in."""
    low = words[start].low if start < head else ""
    if low in CONTRACTIONS:
        return "dat", "sg"
    readings = set(noun.readings)
    if article is not None:
        possible = article.masculine if noun.gender == "m" else article.feminine
        if noun.gender == "f" and noun.noun.neuter:
            possible = frozenset(c for c in ("nom", "acc", "dat", "gen") if article.forms["n", c] == low)
        cases = [
            case for case in ("nom", "acc", "dat", "gen") if case in possible and (case, "sg") in readings
        ]
        many = low in _DATIVE_PLURAL and ("dat", "pl") in readings and _dative_before(words, start)
        if cases and not many and not _is_genitive_plural(words, start, cases, readings):
            return _choose(words, start, cases), "sg"
        return ("dat" if low in _DATIVE_PLURAL else "nom"), "pl"
    counts = {count for _, count in readings}
    if counts == {"pl"} or (counts == {"sg", "pl"} and not _is_one(words, start, head)):
        return ("dat" if _dative_before(words, start) else "nom"), "pl"
    return _bare_case(words, start, head, readings), "sg"


def _is_genitive_plural(
    words: Sequence[Word], start: int, cases: Sequence[Case], readings: set[tuple[Case, Number]]
) -> bool:
    """Der Lehrer after a noun: "das Zimmer der Lehrer"."""
    if (
        tuple(cases) != ("nom",)
        or ("gen", "pl") not in readings
        or words[start].low not in {"der", "aller", "dieser"}
    ):
        return False
    return start > 0 and words[start - 1].capital and not words[start].opens and not words[start - 1].opens


def _dative_before(words: Sequence[Word], start: int) -> bool:
    """Whether a preposition or a verb asks for the dative."""
    if start == 0:
        return False
    before = [word.low for word in words[max(0, start - 3) : start]]
    verb = any(low.startswith(tuple(group("dative_verbs"))) for low in before)
    prepositions = table("de", "grammar")["cases"]["dat"].split()
    counted = len(before) > 1 and before[-1] in group("plural") and before[-2] in prepositions
    return verb or counted or before[-1] in prepositions


def _choose(words: Sequence[Word], start: int, cases: Sequence[Case]) -> Case:
    """One of the cases that an article allows, from what stands before it."""
    if len(cases) == 1:
        return cases[0]
    before = words[start - 1] if start else None
    low = before.low if before else ""
    prepositions = table("de", "grammar")["cases"]
    if set(cases) == {"dat", "gen"}:
        if low in prepositions["gen"].split():
            return "gen"
        return (
            "gen"
            if before is not None and before.capital and not before.opens and before.text.isalpha()
            else "dat"
        )
    if low in prepositions["acc"].split() or low in prepositions["either"].split():
        return "acc"
    return "acc" if _has_subject(words, start) else "nom"


def _has_subject(words: Sequence[Word], start: int) -> bool:
    """Whether the clause before a place names its subject already and has no copula."""
    following = next((i for i in range(start, len(words)) if words[i].capital), len(words)) + 1
    if following < len(words) and words[following].low in group("copula"):
        return False
    subject = False
    for at in range(start - 1, -1, -1):
        low = words[at].low
        if words[at].text in {".", "!", "?", ";", ","}:
            break
        if low in group("copula") or low in {"als", "wie"}:
            return False
        subject = subject or low in {"er", "sie", "ich", "wir", "man", "es", "du"}
    return subject


def _is_one(words: Sequence[Word], start: int, head: int) -> bool:
    """Whether a noun without article that may be one or several people is one."""
    before = [word.low for word in words[max(0, start - 8) : start]]
    last = before[-1] if before else ""
    if start < head and words[head - 1].low.endswith(("er", "em")):
        return True
    if start < head or last in group("plural") or last.isdigit():
        return False
    after = words[head + 1] if head + 1 < len(words) else None
    if after is not None and (
        after.low in {"des", "von", "bei", "beim"} or (after.capital and not after.opens)
    ):
        return True
    return last in {"als", "wie"} or any(low in group("copula") for low in before)


def _bare_case(words: Sequence[Word], start: int, head: int, readings: set[tuple[Case, Number]]) -> Case:
    if start < head:
        for case, ending in (("dat", "em"), ("nom", "er")):
            if words[head - 1].low.endswith(ending) and (case, "sg") in readings:
                return case  # type: ignore[return-value]
    return next((case for case in ("nom", "acc", "dat") if (case, "sg") in readings), "gen")


def _noun_form(word: Word, noun: Found, *, case: Case, count: Number, target: str, phrase: int) -> Form:
    own = word.low[len(noun.rest) :]
    cases = [key for key in noun.readings if key[1] == count] or list(noun.readings)
    chosen = (case, count) if (case, count) in cases else cases[0]
    other = noun.noun.forms(target).get(chosen, own)
    after = (
        like(word.text, other)
        if not noun.rest
        else noun.rest + (other.capitalize() if noun.rest.endswith("-") else other)
    )
    return Form(
        span=word.span,
        before=word.text,
        to={_NAMES[noun.gender]: word.text, _NAMES[target]: after},
        gender=_NAMES[noun.gender],
        kind="kinship" if noun.noun.kin else "noun",
        phrase=phrase,
        slot=case,
        generic=noun.gender == "m" and noun.noun.role and count == "pl",
    )


def _around(
    words: Sequence[Word],
    start: int,
    head: int,
    article: Determiner | None,
    *,
    case: Case,
    sides: tuple[str, str],
    phrase: int,
) -> list[Form]:
    """Forms of the article and the adjectives before a noun in the singular."""
    source, target = sides
    low = words[start].low
    contraction = _contraction(low, to=target) if start < head else None
    kind = article.kind if article else "strong" if contraction else "none"
    found: list[Form] = []
    first = start
    if article is not None and (source, case) in article.forms:
        found.append(_article(words[start], article, case=case, sides=sides, phrase=phrase))
        first += 1
    elif contraction is not None:
        found.append(_form(words[start], contraction, source=source, phrase=phrase))
        first += 1
    for at in range(first, head):
        after = inflected(words[at].low, ENDINGS[source][kind][case], ENDINGS[target][kind][case])
        if after is not None and words[at].low not in group("function"):
            found.append(_form(words[at], after, source=source, phrase=phrase))
    return found


def _contraction(word: str, *, to: str) -> str | None:
    """Zum for zur and the reverse; vom becomes von der."""
    known = table("de", "grammar")["contractions"]
    if to == "f":
        return str(known[word]) if word in known else None
    found: str | None = next((masculine for masculine, feminine in known.items() if feminine == word), None)
    return found


def _article(word: Word, article: Determiner, *, case: Case, sides: tuple[str, str], phrase: int) -> Form:
    """An article in the other gender; a possessive says two: the owner's and that of the person owned."""
    source, target = sides
    after = article.forms[target, case]
    form = _form(word, after, source=source, phrase=phrase)
    owner = next((stem for stem in ("sein", "ihr") if word.low.startswith(stem)), None)
    if owner is None:
        return form
    own, other = word.low[len(owner) :], after[len(owner) :]
    masculine, feminine = (own, other) if source in {"m", "mn"} else (other, own)
    to = {"masculine": like(word.text, "sein" + masculine), "feminine": like(word.text, "ihr" + feminine)}
    gender: Agreement = "masculine" if owner == "sein" else "feminine"
    return replace(form, to=to, gender=gender, kind="possessive", slot="possessive+" + own)


def inflected(word: str, ending: str, other: str) -> str | None:
    """An adjective with another ending, where it has the expected one."""
    for own, new in table("de", "grammar")["adjectives"].items():
        if word.startswith(own):
            word = new + word[len(own) :]
        elif word.startswith(new) and other in {"er", "en", "em"} and ending != other:
            word = own + word[len(new) :]
    if not word.endswith(ending) or len(word) <= len(ending) + 1:
        return None
    return word.removesuffix(ending) + other


def _form(word: Word, after: str, *, source: str, phrase: int) -> Form:
    gender = "masculine" if source == "m" else "feminine"
    other = "feminine" if source == "m" else "masculine"
    return Form(
        span=word.span,
        before=word.text,
        to={gender: word.text, other: like(word.text, after)},
        gender=gender,  # type: ignore[arg-type]
        kind="agreement",
        phrase=phrase,
    )


def _nominal(words: Sequence[Word], head: int, *, number: int) -> Phrase | None:
    """Adjectives used as nouns: ein Angestellter, die Abgeordnete."""
    low = words[head].low
    stem = next((low.removesuffix(end) for end in ("er", "en", "em", "e") if low.endswith(end)), low)
    if not any(stem.endswith(known) for known in table("de", "nouns")["adjectival"].split()):
        return None
    start, article = _left(words, head)
    if start < head and words[start].low.startswith(("sein", "ihr")):
        return None
    ending = low[len(stem) :]
    kind = article.kind if article else "none"
    for source in ("m", "f"):
        possible = (article.masculine if source == "m" else article.feminine) if article else {"nom"}
        cases = [
            c for c in ("nom", "acc", "dat", "gen") if c in possible and ENDINGS[source][kind][c] == ending
        ]
        if (
            article is None
            and source == "f"
            and not (ending == "e" and start == head and _is_one(words, start, head))
        ):
            continue
        if cases and not _plural_nominal(words, start, ending):
            case: Case = _choose(words, start, cases)  # type: ignore[arg-type]
            sides = (source, "f" if source == "m" else "m")
            head_form = _form(words[head], stem + ENDINGS[sides[1]][kind][case], source=source, phrase=number)
            around = _around(words, start, head, article, case=case, sides=sides, phrase=number)
            return Phrase(
                start=start,
                head=head,
                number="sg",
                case=case,
                gender=source,
                neuter=False,
                kin=False,
                forms=(*around, head_form),
            )
    return None


def _plural_nominal(words: Sequence[Word], start: int, ending: str) -> bool:
    return (
        words[start].low in {"den", "der"}
        and ending == "en"
        and start > 0
        and (words[start - 1].capital or _dative_before(words, start))
    )
