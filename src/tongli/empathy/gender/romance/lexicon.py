"""Forms of words for people in one Romance language: closed lists and suffix rules, read from data.

A *slot* is what stands for one gender and number; it may hold several spellings divided by ``|``: before a
consonant, before a vowel, and (Italian) before s + consonant, z, gn, ps, x.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

Kind = Literal["noun", "kin", "fixed", "adj", "sense", "det", "pron", "clitic"]
Gender = Literal["m", "f", "c"]
Number = Literal["s", "p"]

_PREFIX = re.compile(r"^(?:ex|vice|co|sub|super|mini|auto|bis|tris?|archi|arci|arqui|neo|pseudo)(?=\w{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One reading of a written word.

    Attributes:
        kind: ``noun`` a word for people that varies, ``kin`` one of gendered sense (mother, king),
            ``fixed`` one that never varies, ``adj`` adjective or participle, ``sense`` one of gendered sense
            (masculine, feminine), ``det``, ``pron``, ``clitic``.
        gender: ``c`` where the written form serves both.
        masculine, feminine: slots of the same number.
        open: read off a suffix, not off a list.
        homograph: the feminine is also a thing (música).
    """

    kind: Kind
    gender: Gender
    number: Number
    masculine: str
    feminine: str
    open: bool = False
    homograph: bool = False

    def slot(self, gender: Gender) -> str:
        """The slot of a gender."""
        return self.feminine if gender == "f" else self.masculine


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What is known of one language.

    Attributes:
        forms: written word → its readings.
        sets: name → words of one use (``copula_s``, ``adverbs``, ``prepositions``, …).
        suffixes: endings of nouns, adjectives and participles that are read without a list.
        data: the rest of ``grammar.toml``.
    """

    lang: str
    forms: Mapping[str, tuple[Form, ...]]
    sets: Mapping[str, frozenset[str]]
    suffixes: tuple[tuple[str, Form], ...]
    reject: re.Pattern[str]
    vowel: re.Pattern[str]
    impure: re.Pattern[str] | None
    data: Mapping[str, Any] = field(repr=False)

    def read(self, low: str) -> tuple[Form, ...]:
        """Readings of a word in lower case; unknown words by their suffix."""
        found = self.forms.get(low)
        if found is None and (prefix := _PREFIX.match(low)):
            rest = self.forms.get(low[prefix.end() :], ())
            found = tuple(_prefixed(form, prefix[0]) for form in rest if form.kind in {"noun", "adj"}) or None
        if (
            found is None
            and (reflexive := self.data.get("reflexive"))
            and (whole := re.match(reflexive, low))
        ):
            found = (
                tuple(_reflexive(form, whole[2]) for form in self.read(whole[1]) if form.kind == "adj")
                or None
            )
        if found is not None:
            return found
        return () if low in self.sets["never"] or self.reject.match(low) else tuple(self._by_suffix(low))

    def is_in(self, name: str, low: str) -> bool:
        """Whether a word has a use."""
        return low in self.sets[name] or (
            name == "adverbs" and low.endswith(("mente", "ément", "amment", "ement"))
        )

    def spelling(self, slot: str, before: str) -> str:
        """The spelling of a slot before a word in lower case."""
        options = slot.split("|")
        if len(options) > 1 and self.vowel.match(before):
            return options[1]
        if len(options) > 2 and self.impure is not None and self.impure.match(before):
            return options[2]
        return options[0]

    def _by_suffix(self, low: str) -> Iterator[Form]:
        for ending, form in self.suffixes:
            if low.endswith(ending) and len(low) - len(ending) >= 2:
                stem = low.removesuffix(ending)
                yield Form(
                    kind=form.kind,
                    gender=form.gender,
                    number=form.number,
                    masculine=stem + form.masculine,
                    feminine=stem + form.feminine,
                    open=True,
                )
                return


def _reflexive(form: Form, pronoun: str) -> Form:
    """``ritiratosi``: a participle with its pronoun."""
    return replace(form, masculine=form.masculine + pronoun, feminine=form.feminine + pronoun)


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of ``es``, ``fr``, ``it`` or ``pt``."""
    root = files("tongli.knowledge") / "gender"
    folder = root / lang
    shared = tomllib.loads((root / "romance.toml").read_text(encoding="utf-8"))["sets"]
    grammar = tomllib.loads((folder / "grammar.toml").read_text(encoding="utf-8"))
    listed = _listed(folder)
    inflect = _Inflection(grammar["feminine"], grammar["plural"])
    forms: dict[str, list[Form]] = {}
    for kind in ("noun", "kin", "fixed", "adj"):
        for entry in listed.get(kind, "").split():
            _add(forms, inflect.row(entry), kind=kind)
    for entry in listed.get("homograph", "").split():
        _add(forms, inflect.row(entry), kind="noun", homograph=True)
    for entry in listed.get("both", "").split():
        _add(forms, inflect.row(entry), kind="noun")
        _add(forms, inflect.row(entry), kind="adj")
    pair_kinds: dict[str, Kind] = {"noun": "noun", "adj": "adj"}
    for line in (folder / "pairs.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            named, number, masculine, feminine = line.split("\t")
            row = inflect.row(f"{masculine}/{feminine}") if number == "s" else ["", "", masculine, feminine]
            _add(forms, row, kind=pair_kinds[named])
    for name in ("sense", "det", "pron", "clitic"):
        for entry in grammar[name]:
            _add(forms, entry.split("/"), kind=name)
    return Lexicon(
        lang=lang,
        forms={word: tuple(dict.fromkeys(found)) for word, found in forms.items()},
        sets={name: frozenset(text.split()) for name, text in {**shared, **grammar["sets"]}.items()},
        suffixes=(*_suffixes(grammar["noun_suffixes"], "noun"), *_suffixes(grammar["suffixes"], "adj")),
        reject=re.compile(grammar["reject"]),
        vowel=re.compile(grammar["vowel"]),
        impure=re.compile(grammar["impure"]) if "impure" in grammar else None,
        data=grammar,
    )


def _listed(folder: Traversable) -> dict[str, str]:
    """The word lists of a language, those of ``words.toml`` before those of ``people.toml``."""
    names = ("words.toml", "people.toml")
    lists = [tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in names]
    return {key: " ".join(each.get(key, "") for each in lists) for key in lists[0]}


@dataclass(frozen=True, slots=True)
class _Inflection:
    """Ordered suffix rules: masculine → feminine, singular → plural."""

    to_feminine: list[list[str]]
    to_plural: list[list[str]]

    def row(self, entry: str) -> list[str]:
        """The four forms of ``m``, ``m/f`` or ``m/f/mm/ff``; ``_`` leaves a form out."""
        given = [part.replace("_", " ").strip() for part in entry.split("/")]
        masculine = given[0]
        feminine = given[1] if len(given) > 1 else _apply(self.to_feminine, masculine)
        plurals = given[2:] or [_apply(self.to_plural, masculine), _apply(self.to_plural, feminine)]
        return [masculine, feminine, *plurals]


def _apply(rules: list[list[str]], word: str) -> str:
    for pattern, replacement in rules:
        changed, count = re.subn(f"{pattern}$", replacement, word, count=1)
        if count:
            return changed
    return word


def _add(forms: dict[str, list[Form]], row: list[str], *, kind: Kind, homograph: bool = False) -> None:
    """Add every spelling of the forms ``m f mm ff``."""
    pairs: list[tuple[Number, str, str]] = [("s", row[0], row[1])] if row[0] or row[1] else []
    if len(row) > 2:
        pairs.append(("p", row[2], row[3]))
    for number, masculine, feminine in pairs:
        both = set(masculine.split("|")) & set(feminine.split("|"))
        for gender, slot in (("m", masculine), ("f", feminine)):
            for word in filter(None, slot.split("|")):
                form = Form(
                    kind=kind,
                    gender="c" if word in both else "f" if gender == "f" else "m",
                    number=number,
                    masculine=masculine,
                    feminine=feminine,
                    homograph=homograph,
                )
                forms.setdefault(word, []).append(form)


def _suffixes(rows: list[str], kind: Kind) -> Iterator[tuple[str, Form]]:
    """Endings, longest first; each row is ``m/f/mm/ff``."""
    forms: dict[str, list[Form]] = {}
    for row in rows:
        _add(forms, row.split("/"), kind=kind)
    for ending in sorted(forms, key=len, reverse=True):
        yield ending, forms[ending][0]


def _prefixed(form: Form, prefix: str) -> Form:
    return Form(
        kind=form.kind,
        gender=form.gender,
        number=form.number,
        masculine=prefix + form.masculine,
        feminine=prefix + form.feminine,
        homograph=form.homograph,
    )
