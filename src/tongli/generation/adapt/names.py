"""Names of people who have declared them, in the order in which the text's language writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tongli.core import Edit, Person, Question
from tongli.generation.adapt.source import Source
from tongli.knowledge.person_name_format import format_name
from tongli.knowledge.person_names import NameFields, NameStyle

_SOURCE = "cldr-person-names-full@48.2.0"


class Names:
    """Finds whole names of declared people; nobody else's name is taken apart."""

    kind = "name"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Changes of order; none for a person whose name has no declared parts or locale."""
        for person in source.audience.people:
            if not (person.given and person.family and person.locale):
                continue
            wanted = _written(person, source.target)
            for match in _orders(person).finditer(source.text):
                if wanted is not None and match[0] != wanted:
                    yield Edit(
                        span=match.span(),
                        before=match[0],
                        after=wanted,
                        kind=self.kind,
                        reason=f"order of a declared name in {source.target}",
                        source=_SOURCE,
                    )


def _written(person: Person, locale: str) -> str | None:
    """As readers of a locale write it, if that is given name and surname in some order."""
    fields = {"given": person.given or "", "surname": person.family or ""}
    name = NameFields.of(fields, locale=person.locale)
    told = format_name(name, locale, NameStyle(length="long", usage="referring"))
    return told if _orders(person).fullmatch(told) else None


def _orders(person: Person) -> re.Pattern[str]:
    given, family = re.escape(person.given or ""), re.escape(person.family or "")
    return re.compile(rf"(?<!\w)(?:{given}[ \u00a0・]?{family}|{family}[ \u00a0・]?{given})(?!\w)")
