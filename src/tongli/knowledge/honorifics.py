"""Levels of address and respect (du and Sie, keigo types, Korean speech levels): the scale of each language.

What shows a level is told by claims, by the markers of address in a language's profile, or by a pattern; the
table (``honorifics.toml``) only says which of them belong to which level.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tongli.core import Address
from tongli.knowledge import tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a language.

    Attributes:
        name: as it is usually called: ``Sie``, ``kenjougo``, ``haeyo-che``.
        address: the choice of address that it serves, if it does.
        marked: whether the profile's markers of that address show it, rather than the forms of the claims.
        claims: ids of the claims about it.
        pattern: further forms.
    """

    name: str
    address: Address | None = None
    marked: bool = False
    claims: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None


def levels(lang: str) -> tuple[Level, ...]:
    """Levels of a language (BCP-47), the plainest first; none where nothing is known.

    Raises:
        InputError: ``locale.tag``.
    """
    return _scales().get(tags.macrolanguage(lang) or tags.primary(lang), ())


@cache
def _scales() -> Mapping[str, tuple[Level, ...]]:
    data = tomllib.loads((files(__package__) / "honorifics.toml").read_text(encoding="utf-8"))
    return {
        lang: tuple(
            Level(
                name=item["level"],
                address=item.get("address"),
                marked="address" in item and item.get("by") != "forms",
                claims=tuple(item.get("claims", ())),
                pattern=re.compile(item["pattern"], re.IGNORECASE) if "pattern" in item else None,
            )
            for item in scale
        )
        for lang, scale in data.items()
    }
