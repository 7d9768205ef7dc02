"""Gendered forms found in a text, each with what would stand there instead: what all languages share."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tongli.core import Agreement, Edit, Span

Speaker = Literal["third", "first", "second"]

_QUOTED = re.compile(r"„[^“”]*[“”]|“[^”]*”|«[^»]*»|»[^«]*«|\"[^\"\n]*\"|「[^」]*」|『[^』]*』|”[^”\n]*”")
_CODE = re.compile(r"`[^`\n]*`|https?://\S+|\b\S+@\S+\.\w+")
_SENTENCE = re.compile(r"[^.!?。！？।؟\n]+(?:[.!?](?=\S)[^.!?。！？।؟\n]*)*[.!?。！？।؟\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form that says a gender.

    Attributes:
        span: code points of the text.
        before: what stands there.
        to: agreement → what would stand there; agreements that the rules cannot form are absent.
        gender: what the form says now.
        kind: ``pronoun``, ``possessive``, ``agreement``, ``noun``, ``kinship`` or ``title``.
        speaker: whether the form is about a third person, the writer or the reader.
        slot: which pronoun it is, for people who declare forms of their own.
        phrase: number of the noun phrase it stands in; forms of one phrase change together.
        generic: whether it may stand for people of any gender (a masculine role noun).
        subject: the word that it agrees with, where only a declared name tells that this is a person.
    """

    span: Span
    before: str
    to: Mapping[str, str]
    gender: Agreement
    kind: str
    speaker: Speaker = "third"
    slot: str | None = None
    phrase: int | None = None
    generic: bool = False
    subject: Span | None = None


def edit(form: Form, after: str, *, reason: str, source: str) -> Edit:
    """The change of a form into something else."""
    return Edit(span=form.span, before=form.before, after=after, kind=form.kind, reason=reason, source=source)


def changes(
    forms: Iterable[Form], to: Callable[[Form], str | None], *, reason: str, source: str
) -> tuple[Edit, ...]:
    """Edits for the forms that become something else."""
    found = ((form, to(form)) for form in forms)
    return tuple(
        edit(form, after, reason=reason, source=source)
        for form, after in found
        if after is not None and after != form.before
    )


def like(model: str, word: str) -> str:
    """A word in the capitals of another: WORD, Word or as it is."""
    if len(model) > 1 and model.isupper() and word != model:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def protected(text: str) -> tuple[Span, ...]:
    """Quotations, code and addresses: other people's words, or no words at all."""
    bare = _unwrapped(text)
    return tuple(match.span() for pattern in (_QUOTED, _CODE) for match in pattern.finditer(bare))


def _unwrapped(text: str) -> str:
    """A quoted CSV field with its wrapping blanked, place for place; other texts as they are."""
    wrapped = len(text) > 2 and text[0] == text[-1] == '"' and '"' not in text[1:-1].replace('""', "")
    return f" {text[1:-1]} ".replace('""', ' "') if wrapped and '""' in text else text


def code(text: str) -> tuple[Span, ...]:
    """Code and addresses, which no goal changes."""
    return tuple(match.span() for match in _CODE.finditer(text))


def outside_of(areas: Iterable[Span]) -> Callable[[Span], bool]:
    """Whether a span touches none of the areas; for many spans: each is compared with two areas."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(areas):
        starts.append(start)
        ends.append(max(end, ends[-1]) if ends else end)

    def free(span: Span) -> bool:
        before = bisect_right(ends, span[0])
        return before == len(starts) or span[1] <= starts[before]

    return free


def sentences(text: str) -> list[Span]:
    """Sentences, roughly: what a full stop, a mark or the end of a line closes."""
    return [match.span() for match in _SENTENCE.finditer(text)]


@cache
def table(lang: str, name: str) -> dict[str, Any]:
    """A table of the knowledge base: ``knowledge/gender/<lang>/<name>.toml``."""
    place = files("tongli.knowledge") / "gender" / lang / f"{name}.toml"
    return tomllib.loads(place.read_text(encoding="utf-8"))
