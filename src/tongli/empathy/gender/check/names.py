"""Names that are gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tongli.core import Person
from tongli.empathy.gender.check.finding import Finding, finding, fix
from tongli.empathy.gender.names import KIND, former_name_places

RULE = "gender.former-name"


def former_names(text: str, *, lang: str, people: Sequence[Person]) -> Iterator[Finding]:
    """Former names; no claim repeats one."""
    reason = "a name that the person no longer goes by"
    for person in people:
        for span, today in former_name_places(text, person, lang=lang):
            edit = fix(text, span, today, kind=KIND, reason=reason, rule=RULE) if today else None
            yield finding("former-name", span, score=0.95, reason=reason, rule=RULE, edit=edit)
