"""Pieces of a document that are translated: plain text in, changes of the source out.

A paragraph with formatting inside is translated as one text, in which ``<1>``, ``<2>``… stand for what is
between its stretches of words. If a translation loses them or turns them round, each stretch is translated on
its own. Either way every byte that is no words stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from tongli.applications.documents.change import Splice
from tongli.applications.documents.document import Paragraph, Run
from tongli.core import Span

_MARK = re.compile(r"<(\d{1,4})>")

Encode = Callable[[str], str]
"""Plain text → how the source writes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Words without anything between them.

    Attributes:
        text: plain.
        place: code points of the source that the translation goes to.
        same: leave the place alone when the translation is the text itself, since it stands there already.
        extra: one change more that a change needs.
    """

    text: str
    place: Span
    same: bool = True
    extra: Splice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Something to translate.

    Attributes:
        stretches: at least one; marks stand between them.
        encode: how the source writes text.
        number: of its line or paragraph, from 1, for people.
        note: what the document tells translators about it.
        frame: source that stands before, between and after the stretches, where all of them go to the place
            of the first; one piece more than stretches, or none.
    """

    stretches: tuple[Stretch, ...]
    encode: Encode
    number: int
    note: str = ""
    frame: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, with marks."""
        first, *rest = (stretch.text for stretch in self.stretches)
        return first + "".join(f"<{place}>{text}" for place, text in enumerate(rest, 1))

    def parts(self, translation: str) -> list[str] | None:
        """The translation of each stretch; ``None`` when a mark is missing, doubled or out of order."""
        marks = [int(mark[1]) for mark in _MARK.finditer(translation)]
        if marks != list(range(1, len(self.stretches))):
            return None
        return [text for place, text in enumerate(_MARK.split(translation)) if place % 2 == 0]

    def changes(self, parts: Sequence[str]) -> Iterator[Splice]:
        """What to change in the source; white space around each stretch stays as it was."""
        if self.frame:
            told = [
                self.encode(spaced(part, like=own.text))
                for own, part in zip(self.stretches, parts, strict=True)
            ]
            pieces = zip(self.frame, (*told, ""), strict=True)
            yield Splice(self.stretches[0].place, "".join(chain.from_iterable(pieces)))
            return
        for stretch, part in zip(self.stretches, parts, strict=True):
            text = spaced(part, like=stretch.text)
            if text == stretch.text and stretch.same:
                continue
            yield Splice(stretch.place, self.encode(text))
            if stretch.extra is not None:
                yield stretch.extra


def of_paragraph(paragraph: Paragraph, *, encode: Encode) -> Unit | None:
    """A paragraph as a unit; ``None`` where it has no words.

    Runs that follow one another without anything between them in the source are one stretch.
    """
    stretches = [
        _stretch(paragraph.text, group)
        for group in _groups(paragraph.runs)
        if _has_words(paragraph.text, group)
    ]
    if not stretches:
        return None
    return Unit(stretches=tuple(stretches), encode=encode, number=paragraph.number)


def spaced(text: str, *, like: str) -> str:
    """A text with the white space around another one."""
    core = like.strip()
    start = like.find(core) if core else len(like)
    return like[:start] + text.strip() + like[start + len(core) :]


def _groups(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Unlocked runs that touch in the source."""
    group: list[Run] = []
    for run in runs:
        if group and (run.locked or group[-1].source[1] != run.source[0]):
            yield group
            group = []
        if not run.locked:
            group.append(run)
    if group:
        yield group


def _has_words(text: str, group: Sequence[Run]) -> bool:
    return any(char.isalpha() for char in text[group[0].start : group[-1].end])


def _stretch(text: str, group: Sequence[Run]) -> Stretch:
    mark = group[0].mark
    return Stretch(
        text=text[group[0].start : group[-1].end],
        place=(group[0].source[0], group[-1].source[1]),
        extra=None if mark is None else Splice((mark[0], mark[0]), mark[1]),
    )
