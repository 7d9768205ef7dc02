"""Nouns for people: what a form may be, and how the other genders decline.

Tables: ``tongli.knowledge/gender/de/nouns.toml``. The longest known last part of a compound decides, so that
Grundschullehrer declines as Lehrer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from tongli.empathy.gender.forms import table

Case = Literal["nom", "acc", "dat", "gen"]
Number = Literal["sg", "pl"]
Gender = Literal["m", "f", "n"]

CASES: tuple[Case, ...] = ("nom", "acc", "dat", "gen")
_SHORTEST_HEAD = 4
_SHORTEST_REST = 3


@dataclass(frozen=True, slots=True)
class Noun:
    """A pair of nouns for people; forms in lower case.

    ``masculine`` and ``feminine``: (case, number) → form. ``kin``: somebody's relative. ``neuter``: the
    feminine is grammatically neuter (das Mädchen). ``role``: the masculine may stand for anybody.
    """

    masculine: dict[tuple[Case, Number], str]
    feminine: dict[tuple[Case, Number], str]
    kin: bool = False
    neuter: bool = False
    role: bool = True

    def forms(self, gender: str) -> dict[tuple[Case, Number], str]:
        """All forms of one gender."""
        return self.masculine if gender == "m" else self.feminine


class Found(NamedTuple):
    """A word as a form of a noun: ``rest`` is what stands before the known part."""

    noun: Noun
    gender: str
    readings: tuple[tuple[Case, Number], ...]
    rest: str


@lru_cache(maxsize=4096)
def find(word: str) -> Found | None:
    """The noun for people that a capitalised word is a form of."""
    if not word[:1].isupper():
        return None
    lower = word.lower()
    index, never = _index()
    for start in range(len(lower)):
        key = lower[start:]
        if start and len(key) < _SHORTEST_HEAD:
            break
        if start and start < _SHORTEST_REST and lower[:start] not in {"ur", "ex"}:
            continue
        if key in never:
            return None
        if key in index:
            noun, gender, readings = index[key]
            return Found(noun, gender, readings, word[:start])
    return _by_ending(word)


def _by_ending(word: str) -> Found | None:
    """Open classes: whatever ends in -ist, -ologe, -iker, … with at least three letters before."""
    lower = word.lower()
    for kind, ending in _endings():
        for tail in ("", "s", "n", "en", "in", "innen", "e"):
            stem = lower.removesuffix(tail)
            if tail and stem == lower:
                continue
            base = stem + "e" if kind == "e" and tail in {"in", "innen"} else stem
            if not base.endswith(ending) or len(base) - len(ending) < _SHORTEST_REST:
                continue
            readings = {
                (gender, form): tuple(key for key, value in noun.forms(gender).items() if value == form)
                for noun in (_MAKERS[kind](base),)
                for gender, form in (("m", lower), ("f", lower))
            }
            for (gender, _), keys in readings.items():
                if keys:
                    return Found(_MAKERS[kind](base), gender, keys, "")
    return None


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    return tuple((kind, end) for kind, ends in table("de", "nouns")["endings"].items() for end in ends)


@cache
def _index() -> tuple[dict[str, tuple[Noun, str, tuple[tuple[Case, Number], ...]]], frozenset[str]]:
    """Lower-case form → noun, gender, readings; and words that are not people."""
    found: dict[str, tuple[Noun, str, tuple[tuple[Case, Number], ...]]] = {}
    for noun in _nouns():
        for gender in ("f", "m"):
            forms = noun.forms(gender)
            for form in dict.fromkeys(forms.values()):
                readings = tuple(key for key, value in forms.items() if value == form)
                found.setdefault(form, (noun, gender, readings))
    return found, frozenset(table("de", "nouns")["never"]["words"].split())


def _nouns() -> Iterator[Noun]:
    data = table("de", "nouns")
    yield _boy()
    for kin, rows in (("kin", data["pairs"]["kin"]), ("other", data["pairs"]["other"])):
        for row in rows:
            yield _pair(row, kin=kin == "kin")
    for row in data["strong"]:
        yield _strong(row)
    for kind in ("er", "en", "e"):
        for word in data[kind].split():
            yield _MAKERS[kind](word)


def _singular(nom: str, oblique: str, gen: str) -> dict[tuple[Case, Number], str]:
    return {("nom", "sg"): nom, ("acc", "sg"): oblique, ("dat", "sg"): oblique, ("gen", "sg"): gen}


def _plural(form: str, dative: str | None = None) -> dict[tuple[Case, Number], str]:
    if dative is None:
        dative = form if form.endswith(("n", "s")) else form + "n"
    return {("nom", "pl"): form, ("acc", "pl"): form, ("dat", "pl"): dative, ("gen", "pl"): form}


def _feminine(form: str, plural: str | None = None) -> dict[tuple[Case, Number], str]:
    return _singular(form, form, form) | _plural(plural or form + "nen")


def _er(word: str) -> Noun:
    stem = word.removesuffix("er") if word.endswith("erer") and not word.endswith("ierer") else word
    return Noun(_singular(word, word, word + "s") | _plural(word), _feminine(stem + "in"))


def _en(word: str) -> Noun:
    weak = word + "en"
    return Noun(_singular(word, weak, weak) | _plural(weak), _feminine(word + "in"))


def _e(word: str) -> Noun:
    word, _, stem = word.partition(":")
    weak = word + "n"
    return Noun(
        _singular(word, weak, weak) | _plural(weak), _feminine((stem or word.removesuffix("e")) + "in")
    )


def _strong(row: str) -> Noun:
    nom, plural, feminine, *rest = row.split()
    if plural.endswith("n") and not nom.endswith(("or", "ist")):
        singular = _singular(nom, plural, plural)
    else:
        singular = _singular(nom, nom, nom + ("" if nom.endswith("s") else "s"))
    return Noun(singular | _plural(plural), _feminine(feminine, rest[0] if rest else None))


def _pair(row: str, *, kin: bool) -> Noun:
    left, _, right = row.partition("|")
    (nom, gen, plural), (feminine, many) = left.split(), right.split()
    oblique = gen if gen.endswith("n") else nom
    return Noun(
        _singular(nom, oblique, gen) | _plural(plural), _feminine(feminine, many), kin=kin, role=False
    )


def _boy() -> Noun:
    masculine = _singular("junge", "jungen", "jungen") | _plural("jungen")
    feminine = _singular("mädchen", "mädchen", "mädchens") | _plural("mädchen")
    return Noun(masculine, feminine, neuter=True, role=False)


def _regular(word: str) -> Noun:
    return _strong(f"{word} {word}e {word}in")


_MAKERS: dict[str, Callable[[str], Noun]] = {"er": _er, "en": _en, "e": _e, "strong": _regular}
