"""Years counted by an era that the readers do not count by, with the common year beside them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tongli.core import Edit, Question
from tongli.generation.adapt.source import Source
from tongli.knowledge import tags
from tongli.knowledge.claim_files import KNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Era:
    """An era: what it is called, the year of the common era before its first, how that is announced."""

    names: tuple[str, ...]
    offset: int
    lang: str
    told: str
    claim: str


class Eras:
    """Finds years such as 令和7年."""

    kind = "date"

    def find(self, source: Source) -> Iterable[Edit | Question]:
        """Insertions; none for readers who count so."""
        pattern, eras = _eras()
        for match in pattern.finditer(source.text):
            era, end = eras[match["name"]], match.end()
            if not tags.same_language(era.lang, source.lang) or source.explained(end):
                continue
            if era.claim in KNOWN.claims(source.audience.tag) or match.span() in source.asides:
                continue
            year = era.offset + (1 if match["year"] == "元" else int(match["year"]))
            yield Edit(
                span=(end, end),
                before="",
                after=f"（{era.told}{year}年）",
                kind=self.kind,
                reason=f"readers in {source.audience.tag} do not count years by this era",
                source=era.claim,
            )


@cache
def _eras() -> tuple[re.Pattern[str], Mapping[str, Era]]:
    data = tomllib.loads((files("tongli.knowledge") / "adapt" / "eras.toml").read_text("utf-8"))
    eras = [Era(**{**item, "names": tuple(item["names"])}) for item in data["era"]]
    named = {name: era for era in eras for name in era.names}
    return re.compile(rf"(?P<name>{'|'.join(named)})(?P<year>元|[0-9]{{1,3}})年"), named
