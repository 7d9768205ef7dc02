"""A document → for each character, the forms used by chapter, and the places that deviate.

Memory does not grow with the length: of every form of a character the counts are kept, and the first places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tongli.applications.documents import Document, Joined, Paragraph, joined
from tongli.applications.gender.consistency.narrated import narrated
from tongli.applications.gender.consistency.spoken import spoken
from tongli.applications.gender.consistency.use import KINDS, Kind, Use, declared_values, fits
from tongli.core import Person, Span
from tongli.empathy.gender.check.people import named, unlisted
from tongli.empathy.gender.names import today
from tongli.empathy.gender.reference.coreference import Read

MOST_PLACES = 100
"""Places that are kept of one form of one character."""
_CHAPTER_LEVEL = 2
_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a form stands.

    Attributes:
        chapter: number in the report; 0 before the first.
        part: file within the document; empty for a plain text.
        number: line of a plain text, or else paragraph of the part.
        where: the same in words; empty where the line tells it.
    """

    chapter: int
    part: str
    number: int
    where: str = ""


@dataclass(slots=True, kw_only=True)
class Form:
    """One form of a character.

    Attributes:
        kind: what sort.
        value: which one.
        declared: whether the character declared it; ``None`` where nothing is known.
        count: how often it is told, by chapter.
        quoted: how often other characters say it, by chapter.
        places: the first ones that are told.
    """

    kind: Kind
    value: str
    declared: bool | None
    count: Counter[int] = field(default_factory=Counter)
    quoted: Counter[int] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """The form as plain data, without its places."""
        return {
            "kind": self.kind,
            "value": self.value,
            "declared": self.declared,
            "count": self.count.total(),
            "quoted": self.quoted.total(),
            "chapters": {str(chapter): count for chapter, count in sorted(self.count.items())},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A form that is not what was declared or, where nothing was, not what most others are.

    Attributes:
        form: which one.
        expected: what stands there otherwise; empty where several would do.
        from_: ``declaration`` or ``majority``.
    """

    form: Form
    expected: str
    from_: str

    def to_dict(self) -> dict[str, Any]:
        """The deviation as plain data."""
        return {
            "kind": self.form.kind,
            "value": self.form.value,
            "expected": self.expected,
            "from": self.from_,
            "count": self.form.count.total(),
            "places": [
                {"chapter": place.chapter, "part": place.part, "number": place.number, "where": place.where}
                for place in self.form.places
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Character:
    """A character as the manuscript has them.

    Attributes:
        name: as declared.
        forms: by kind, the most frequent first.
        deviations: likewise.
    """

    name: str
    forms: tuple[Form, ...]
    deviations: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All characters, and the chapters by number from 1."""

    lang: str
    chapters: tuple[str, ...]
    characters: tuple[Character, ...]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "lang": self.lang,
            "chapters": [{"number": number, "title": title} for number, title in enumerate(self.chapters, 1)],
            "characters": [
                {
                    "name": each.name,
                    "forms": [form.to_dict() for form in each.forms],
                    "deviations": [item.to_dict() for item in each.deviations],
                }
                for each in self.characters
            ],
        }


def consistency(
    document: Document, *, lang: str, people: Sequence[Person], read: Read | None = None
) -> Report:
    """How each character is written about, and speaks.

    Args:
        document: the manuscript.
        lang: its language (BCP-47).
        people: the characters; what they declared is what is expected, and else what is most frequent.
        read: the encoder's tokens, for better reference in English.

    Raises:
        InputError: as :meth:`tongli.applications.documents.Document.parts`.
    """
    chapters = _Chapters(people, lang=lang)
    found: dict[tuple[int, Kind, str], Form] = {}
    for part in document.parts():
        for lot in joined(each for each in part.paragraphs if not each.again):
            numbers = [chapters.of(paragraph) for paragraph in lot.paragraphs]
            for use in _uses(lot, lang=lang, people=people, read=read):
                key = (use.person, use.kind, use.value)
                if key not in found:
                    declared = fits(use.value, declared_values(people[use.person], use.kind, lang))
                    found[key] = Form(kind=use.kind, value=use.value, declared=declared)
                _count(found[key], use, lot, numbers)
    return Report(
        lang=lang,
        chapters=tuple(chapters.titles),
        characters=tuple(
            _character(person, [form for key, form in found.items() if key[0] == index], lang)
            for index, person in enumerate(people)
        ),
    )


def _uses(lot: Joined, *, lang: str, people: Sequence[Person], read: Read | None) -> Iterator[Use]:
    names = [
        item
        for item in named(lot.text, people=people, others=unlisted(lot.text, lang=lang))
        if item.person is not None or not lot.paragraphs[lot.at(item.span[0])].level
    ]  # the capitals of headings name nobody
    seen: set[Span] = set()
    for use in narrated(lot.text, lang=lang, people=people, found=names, read=read):
        if use.span not in seen:
            seen.add(use.span)
            yield use
    for start, paragraph in zip(lot.starts, lot.paragraphs, strict=True):
        yield from spoken(lot.text, within=(start, start + len(paragraph.text)), lang=lang, found=names)


def _count(form: Form, use: Use, lot: Joined, numbers: Sequence[int]) -> None:
    index = lot.at(use.span[0])
    paragraph, chapter = lot.paragraphs[index], numbers[index]
    if use.quoted:
        form.quoted[chapter] += 1
        return
    form.count[chapter] += 1
    number = paragraph.at(use.span[0] - lot.starts[index])
    place = Place(chapter=chapter, part=paragraph.part, number=number, where=paragraph.where)
    if len(form.places) < MOST_PLACES and place not in form.places[-1:]:  # "she lost her keys" is one place
        form.places.append(place)


def _character(person: Person, forms: Sequence[Form], lang: str) -> Character:
    ordered = sorted(forms, key=lambda form: (KINDS.index(form.kind), -form.count.total(), form.value))
    deviations = [
        item
        for kind in KINDS
        for item in _deviations(
            [form for form in ordered if form.kind == kind], declared_values(person, kind, lang) or ()
        )
    ]
    return Character(
        name=person.name or person.given or person.family or "",
        forms=tuple(ordered),
        deviations=tuple(deviations),
    )


def _deviations(forms: Sequence[Form], declared: Iterable[str]) -> Iterator[Deviation]:
    """Forms of one kind that are told and should not be; a tie has no majority."""
    told = [form for form in forms if form.count]
    unknown = [form for form in told if form.declared is None]
    total = sum(form.count.total() for form in unknown)
    most = unknown[0] if unknown and unknown[0].count.total() * 2 > total else None
    wanted = sorted(declared)
    for form in told:
        if form.declared is False:
            yield Deviation(form=form, expected=wanted[0] if len(wanted) == 1 else "", from_="declaration")
        elif form.declared is None and most is not None and form is not most:
            yield Deviation(form=form, expected=most.value, from_="majority")


class _Chapters:
    """Counts chapters: headings of the first two levels, files of a book, notes and headers by kind.

    A title is told with the names of today.
    """

    def __init__(self, people: Sequence[Person], *, lang: str) -> None:
        self.titles: list[str] = []
        self._people, self._lang = people, lang
        self._section = ""

    def of(self, paragraph: Paragraph) -> int:
        """The chapter of the next paragraph."""
        if 0 < paragraph.level <= _CHAPTER_LEVEL:
            title = " ".join(paragraph.text.strip("# \n=-").split())
            self.titles.append(today(title, self._people, lang=self._lang)[:_TITLE])
        elif paragraph.section != self._section:
            self.titles.append(paragraph.section)
        self._section = paragraph.section
        return len(self.titles)
