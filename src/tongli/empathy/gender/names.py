"""Names that are gone give way to the name that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongli.core import Edit, Person, Span
from tongli.empathy.gender.forms import outside_of


def former_name_edits(
    text: str, people: Sequence[Person], areas: Sequence[Span], *, reason: str, source: str
) -> Iterator[Edit]:
    """Edits of former names, in any language.

    Args:
        text: what to search.
        people: who is listed; somebody without a name of today is passed over.
        areas: places to leave alone.
        reason, source: what the edits say.
    """
    free = outside_of(areas)
    for person in people:
        for span, after in former_name_places(text, person):
            if after and free(span):
                before = text[slice(*span)]
                yield Edit(span=span, before=before, after=after, kind="name", reason=reason, source=source)


def former_name_places(text: str, person: Person) -> Iterator[tuple[Span, str | None]]:
    """Where a former name of a person stands, and the name of today that belongs there.

    A single word gives way to the given name, where that is declared. Where only the whole name is, the
    parts of it that follow already belong to the place, so that no family name comes twice.
    """
    for former in person.former_names:
        single = len(former.name.split()) == 1
        after = (person.given if single else None) or person.name or person.given
        _, _, rest = (after or "").partition(" ")
        follows = rf"(?: {re.escape(rest)})?" if single and rest else ""
        for match in re.finditer(rf"(?<!\w){re.escape(former.name)}{follows}(?!\w)", text):
            yield match.span(), after
