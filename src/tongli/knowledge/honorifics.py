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
        address: the markers of the profile that show it, if they do.
        claims: ids of the claims about it; their forms show it, unless ``address`` does.
        pattern: further forms.
    """

    name: str
    address: Address | None = None
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
                claims=tuple(item.get("claims", ())),
                pattern=re.compile(item["pattern"], re.IGNORECASE) if "pattern" in item else None,
            )
            for item in scale
        )
        for lang, scale in data.items()
    }
