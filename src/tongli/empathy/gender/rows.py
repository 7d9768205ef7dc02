"""Languages whose gendered forms are a short list: each row is masculine, feminine and an open form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import ClassVar

from tongli.core import Agreement, Claim, Evidence, Person, Span
from tongli.empathy.gender.by_forms import BOTH, ByForms
from tongli.empathy.gender.forms import Form, like, outside_of, protected, table

_GENDERS: tuple[Agreement, ...] = ("masculine", "feminine", "neutral")


_Known = tuple[Agreement, dict[Agreement, str], str, str | None]
"""Gender, row, kind and slot."""


class ByRows(ByForms):
    """Forms from ``forms.toml``: ``pronouns``, ``plural``, ``nouns`` and ``kin`` of a language.

    ``boundary`` surrounds a form: nothing where the script has no spaces.
    """

    boundary: ClassVar[tuple[str, str]] = (r"(?<!\w)", r"(?!\w)")
    styles: ClassVar[tuple[str, ...]] = ("open", "slash")

    def forms(self, text: str) -> tuple[Form, ...]:
        """Forms of the list, longest first, outside other words that contain them."""
        free = outside_of(self._inside_others(text))
        found: list[Form] = []
        for match in _pattern(self.lang, self.boundary).finditer(text):
            if free(match.span()):
                found += self._form(match)
        return tuple(found)

    def _form(self, match: re.Match[str]) -> Iterator[Form]:
        known = _index(self.lang).get(match[0].lower())
        if known is None:
            return
        gender, row, kind, slot = known
        yield Form(
            span=match.span(),
            before=match[0],
            to={each: like(match[0], form) for each, form in row.items()},
            gender=gender,
            kind=kind,
            slot=slot,
            phrase=match.start() if kind in {"noun", "kinship", "title"} else None,
        )

    def not_theirs(self, text: str, *, people: Sequence[Person] = ()) -> frozenset[Span]:
        """Also forms inside other words that contain them."""
        return frozenset((*super().not_theirs(text, people=people), *self._inside_others(text)))

    def _inside_others(self, text: str) -> list[Span]:
        words = self._words("other_words")
        return [match.span() for word in words for match in re.finditer(re.escape(word), text)]

    def neutral_form(self, form: Form, style: str) -> str | None:
        """The open word of the row, or both forms."""
        if style == "slash":
            return f"{form.to['masculine']}/{form.to['feminine']}"
        return form.to.get("neutral")

    def check(self, text: str, *, people: Sequence[Person]) -> tuple[Claim, ...]:
        """Also words for roles that name one gender."""
        free = outside_of(protected(text))
        lint = [
            Claim(
                dimension="gender-form",
                label="inclusive",
                score=0.5,
                evidence=(Evidence(span=match.span(), weight=1.0),),
                reason=f"a word for everybody: {after}",
                source=f"gender rules of {self.lang}",
            )
            for word, after in table(self.lang, "forms").get("inclusive", {}).items()
            for match in re.finditer(re.escape(word), text, re.IGNORECASE)
            if free(match.span())
        ]
        return tuple(
            sorted((*super().check(text, people=people), *lint), key=lambda claim: claim.evidence[0].span)
        )

    def _words(self, name: str) -> list[str]:
        return [word for word in table(self.lang, "forms").get(name, "").split() if ":" not in word]


@cache
def _index(lang: str) -> dict[str, _Known]:
    """Lower-case form → gender, its row, kind and pronoun slot."""
    found: dict[str, _Known] = {}
    data = table(lang, "forms")
    for section, kind in (
        ("pronouns", "pronoun"),
        ("plural", "pronoun"),
        ("titles", "title"),
        ("nouns", "noun"),
        ("kin", "kinship"),
    ):
        for line in data.get(section, "").strip().splitlines():
            cells = _cells(line, lang)
            row = {gender: word for gender, word in zip(_GENDERS, cells, strict=False) if word != "-"}
            slot = cells[3] if len(cells) > 3 else "nom" if section == "pronouns" and lang != "ko" else None
            for gender in BOTH:
                if _shows(row, gender, section, data):
                    kind_ = "possessive" if slot == "possessive" else kind
                    found.setdefault(row[gender].lower(), (gender, row, kind_, slot))
    return found


def _cells(line: str, lang: str) -> list[str]:
    """Cells of a row; the open forms of Korean have a space."""
    if lang == "ko":
        masculine, feminine, *rest = line.split(" ")
        return [masculine, feminine, " ".join(rest)]
    return line.split()


def _shows(row: Mapping[Agreement, str], gender: Agreement, section: str, data: dict[str, str]) -> bool:
    """Whether a form says a gender: the masculine plural and words for everybody do not."""
    if gender == "feminine":
        return True
    return section != "plural" and row["masculine"] not in data.get("one_way", "").split()


@cache
def _pattern(lang: str, boundary: tuple[str, str]) -> re.Pattern[str]:
    plural = [_cells(line, lang)[0] for line in table(lang, "forms").get("plural", "").strip().splitlines()]
    words = sorted({*_index(lang), *plural}, key=len, reverse=True)
    if not words:
        return re.compile(r"(?!)")
    return re.compile(f"{boundary[0]}(?:{'|'.join(map(re.escape, words))}){boundary[1]}", re.IGNORECASE)


def exact(name: str) -> str:
    """A name as written, in a script without spaces or one with particles."""
    return re.escape(name)
