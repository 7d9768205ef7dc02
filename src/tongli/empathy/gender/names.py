"""Names that are gone give way to the name that is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongli.core import Edit, Person, Span
from tongli.empathy.gender.forms import outside


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
    for person in people:
        if not person.name:
            continue
        for former in person.former_names:
            for match in re.finditer(rf"(?<!\w){re.escape(former.name)}(?!\w)", text):
                if outside(match.span(), areas):
                    yield Edit(
                        span=match.span(),
                        before=match[0],
                        after=person.name,
                        kind="name",
                        reason=reason,
                        source=source,
                    )
