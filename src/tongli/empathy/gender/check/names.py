"""Names that are gone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tongli.core import Person
from tongli.empathy.gender.check.finding import Finding, finding, fix

RULE = "gender.former-name"


def former_names(text: str, *, people: Sequence[Person]) -> Iterator[Finding]:
    """Former names; no claim repeats one."""
    for person in people:
        for former in person.former_names:
            today = person.given or person.name
            for match in re.finditer(rf"(?<!\w){re.escape(former.name)}(?!\w)", text):
                reason = "a name that the person no longer goes by"
                edit = (
                    fix(text, match.span(), today, kind="name", reason=reason, rule=RULE) if today else None
                )
                yield finding("former-name", match.span(), score=0.95, reason=reason, rule=RULE, edit=edit)
