"""Arabic: verbs of the third person, suffixes, and what is said of the writer, the reader or a person.

Only listed verbs and nouns change: in writing without vowels most other words could be read in several ways.
أنتَ and أنتِ look the same, so nothing is claimed about them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from tongli.core import Agreement, Span
from tongli.empathy.gender.binding import Grammar, nobody
from tongli.empathy.gender.by_forms import ByForms
from tongli.empathy.gender.forms import Form, Speaker, table
from tongli.empathy.gender.things import Thing
from tongli.empathy.gender.words import Word, words_of

_MARKS = re.compile("[\u064b-\u0652\u0640]")
_PREFIX = re.compile("^(و|ف)?(?:(ب|ك)?(ال)|(لل)|(ب|ك|ل))?")
_SHORTEST_OWNED = 3
_REACH = 3
_HE_SHE = frozenset({"هو", "هي", "وهو", "وهي", "فهو", "فهي"})
_THIRD = _HE_SHE | {"كان", "كانت", "أصبح", "أصبحت"}
_PARTICIPLE = re.compile(r"(م[^\W\d_]{2,4}[^\W\d_ةىاءنت])(ة?)\Z")
"""Participles of derived verbs, and passive ones: *mutʿab*, *mufīd*, *mashghūl*."""


class Arabic(ByForms):
    """Arabic: two persons and things are told apart by lists only."""

    lang = "ar"
    slots = ("nom",)

    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms that say the gender of one person."""
        words = words_of(text)
        found: dict[Span, Form] = {}
        for at in range(len(words)):
            for form in (*_closed(words, at), *_noun(words, at), *_verb(words, at), *_owned(words, at)):
                found.setdefault(form.span, form)
        return tuple(found[span] for span in sorted(found))

    def things(self, text: str) -> tuple[Thing, ...]:
        """Nouns with the article that are not listed as people; an ending tells the feminine."""
        return tuple(
            Thing(span=word.span, genders=frozenset({"feminine" if word.text.endswith("ة") else "masculine"}))
            for word in words_of(text)
            if word.text.startswith("ال")
        )


def _form(
    word: Word,
    gender: Agreement,
    other: str,
    *,
    kind: str,
    speaker: Speaker = "third",
    phrase: int | None = None,
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
    )


def _plain(word: Word) -> str:
    """Without vowel signs."""
    return _MARKS.sub("", word.text)


@cache
def _both(section: str) -> dict[str, tuple[Agreement, str]]:
    """Form → gender and the other form, of a table of pairs."""
    data = table("ar", "grammar")[section]
    found: dict[str, tuple[Agreement, str]] = {own: ("masculine", other) for own, other in data.items()}
    return {other: ("feminine", own) for own, other in data.items()} | found


@cache
def _particles() -> dict[str, tuple[Agreement, str]]:
    data = table("ar", "grammar")["suffixes"]["particles"].split()
    return {word: ("masculine", word + "ا") for word in data} | {
        word + "ا": ("feminine", word) for word in data
    }


def _closed(words: Sequence[Word], at: int) -> Iterator[Form]:
    word = _plain(words[at])
    known = _both("pronouns").get(word) or _particles().get(word)
    if known is not None and word not in {"هذا", "هذه", "الذي", "التي"}:
        yield _form(words[at], *known, kind="pronoun")
    titles = table("ar", "nouns")["titles"]
    if word in titles:
        yield _form(words[at], "masculine", titles[word], kind="title")


@cache
def _nouns() -> dict[str, tuple[Agreement, str, str]]:
    """Noun or adjective → gender, the other form, kind."""
    found: dict[str, tuple[Agreement, str, str]] = {}
    data = table("ar", "nouns")
    for section, kind in (
        ("kin", "kinship"),
        ("other", "noun"),
        ("roles", "noun"),
        ("adjectives", "agreement"),
    ):
        for row in data[section].strip().splitlines():
            masculine, feminine = row.split()
            found.setdefault(masculine, ("masculine", feminine, kind))
            found.setdefault(feminine, ("feminine", masculine, kind))
    return found


def _lookup(word: str) -> tuple[str, str, Agreement, str, str] | None:
    """Prefix, ending, gender, other form and kind of a noun, with what is written onto it."""
    prefix = _PREFIX.match(word)
    cuts = {prefix.end(), 0, len(prefix[1] or "")} if prefix else {0}
    for cut in sorted(cuts, reverse=True):
        rest = word[cut:]
        for ending in ("", "ا", "اً", "ه", "ها"):
            stem = rest.removesuffix(ending)
            bound = ending in {"ه", "ها"}
            stem = stem[:-1] + "ة" if bound and stem.endswith("ت") else stem
            stem = "ا" + stem if stem == "مرأة" else stem
            if (not ending or stem != rest) and stem in _nouns():
                return word[:cut], ending, *_nouns()[stem]
    return None


def _noun(words: Sequence[Word], at: int) -> Iterator[Form]:
    """A noun for a person, and the listed adjectives behind it."""
    found = _lookup(_plain(words[at])) or _participle(words, at)
    if found is None or _plain(words[at]) == "جدا":
        return
    prefix, ending, gender, other, kind = found
    if kind == "agreement" and not _is_said_of_person(words, at):
        return
    speaker = _speaker(words, at) if kind != "kinship" else "third"
    phrase = _phrase(words, at) if kind == "agreement" else at
    yield _form(words[at], gender, _joined(prefix, other, ending), kind=kind, phrase=phrase, speaker=speaker)


def _participle(words: Sequence[Word], at: int) -> tuple[str, str, Agreement, str, str] | None:
    """As :func:`_lookup`, of an unlisted participle right after a pronoun."""
    match = _PARTICIPLE.match(_plain(words[at]))
    if match is None or not _after_pronoun(words, at):
        return None
    stem, feminine = match[1], bool(match[2])
    gender: Agreement = "feminine" if feminine else "masculine"
    return "", "", gender, stem if feminine else f"{stem}ة", "agreement"


def _after_pronoun(words: Sequence[Word], at: int) -> bool:
    before = _plain(words[at - 1]) if at else ""
    return before in _HE_SHE or before in _particles()


def _phrase(words: Sequence[Word], at: int) -> int | None:
    """The phrase of an adjective: that of the noun before it; none of its own behind a pronoun."""
    if _after_pronoun(words, at):
        return None
    before = _lookup(_plain(words[at - 1])) if at else None
    return at - 1 if before is not None and before[4] == "noun" else at


def _joined(prefix: str, stem: str, ending: str) -> str:
    """A noun with its prefix and ending; ة opens before a suffix, and takes no alif."""
    if ending in {"ه", "ها"}:
        opened = stem[:-1] + "ت" if stem.endswith("ة") else stem
        return prefix + opened + ("ه" if ending == "ها" else "ها")
    if prefix.endswith("ال") and stem == "امرأة":
        return prefix + "مرأة"
    return prefix + stem + ("" if stem.endswith(("ة", "ى")) else ending)


def _is_said_of_person(words: Sequence[Word], at: int) -> bool:
    """Whether a listed adjective follows a person, or a pronoun, or a copula with a person."""
    near = [_plain(word) for word in words[max(0, at - _REACH) : at]]
    grammar = table("ar", "grammar")["suffixes"]
    subjects = {*grammar["first"].split(), *grammar["second"].split(), *_THIRD}
    if _plain(words[at]) in grammar["alone"].split():
        return True
    if any(word in subjects or word in _particles() for word in near):
        return True
    before = _lookup(near[-1]) if near else None
    return before is not None and before[4] != "agreement"


def _speaker(words: Sequence[Word], at: int) -> Speaker:
    """Whom the words before a noun or an adjective name: the writer, the reader or somebody else."""
    grammar = table("ar", "grammar")["suffixes"]
    near = [_plain(word) for word in words[max(0, at - _REACH) : at]]
    if any(word in {*grammar["second"].split(), "هل"} for word in near):
        return "second"
    own = _plain(words[at]) in grammar["alone"].split()
    return "first" if own or any(word in grammar["first"].split() for word in near) else "third"


@cache
def _verbs() -> dict[str, tuple[Agreement, str]]:
    data = table("ar", "verbs")
    found: dict[str, tuple[Agreement, str]] = {}
    for verb in data["perfect"].split():
        stem = verb[:-1] if verb.endswith(("ى", "ا")) else verb
        found.setdefault(verb, ("masculine", stem + "ت"))
        found.setdefault(stem + "ت", ("feminine", verb))
    for verb in data["imperfect"].split():
        found.setdefault(verb, ("masculine", "ت" + verb[1:]))
        found.setdefault("ت" + verb[1:], ("feminine", verb))
    return found


def _verb(words: Sequence[Word], at: int) -> Iterator[Form]:
    """A listed verb, alone or with و, ف, س, and with an object suffix that stays."""
    word = _plain(words[at])
    for prefix in ("", "و", "ف", "س", "وس", "ل"):
        rest = word.removeprefix(prefix)
        if prefix and rest == word:
            continue
        known = _verbs().get(rest)
        if known is not None and not _has_other_subject(words, at, known[0]):
            yield _form(words[at], known[0], prefix + known[1], kind="agreement")
            return


def _has_other_subject(words: Sequence[Word], at: int, gender: Agreement) -> bool:
    """Whether a thing with the article follows a verb as its subject: "بدأ العمل"."""
    after = _plain(words[at + 1]) if at + 1 < len(words) else ""
    if gender == "feminine" and at and _plain(words[at - 1]) in {"أنت", "هل"}:
        return True
    return after.startswith("ال") and _lookup(after) is None and after not in {"الذي", "التي"}


def _owned(words: Sequence[Word], at: int) -> Iterator[Form]:
    """A noun with a suffix of the third person: كتابه, كتابها."""
    word = _plain(words[at])
    if (
        word in table("ar", "grammar")["suffixes"]["never"].split()
        or len(word) <= _SHORTEST_OWNED
        or word.startswith("ال")
    ):
        return
    if word.endswith("ه"):
        yield _form(words[at], "masculine", words[at].text + "ا", kind="possessive")
    elif word.endswith("ها") and words[at].text.endswith("ها"):
        yield _form(words[at], "feminine", words[at].text[:-1], kind="possessive")


def _name(name: str) -> str:
    return rf"(?<!\w)(?:[وفبلك])?{re.escape(name)}(?!\w)"


Arabic.grammar = Grammar(
    name=_name,
    predicate=frozenset(table("ar", "grammar")["suffixes"]["predicate"].split()),
    others=nobody,
    verb_first=True,
)
