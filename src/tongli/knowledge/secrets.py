"""Passwords, PINs and the like that somebody wrote into a message (``secrets.toml``).

What is taken for one is the first word with a digit or a mark in it that closely follows a word for a secret,
in any language: rather one word too many than a password repeated in a reply. A password of plain letters is
not told from an ordinary word, unless a colon or quotation marks point to it.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from tongli.core.phrases import Phrases

_REACH: Final = 40
"""Code points from the word for a secret to the end of what may be one."""
_EDGES: Final = " \t.,;:!?。，；：！？'\"“”‘’«»„「」()[]"
_SECRET: Final = re.compile(
    r"[^\W\d_]*?[^\S\n]*(?:[^\W\d_]+[^\S\n]+){0,3}?[^\S\n]*(?:"
    r"[:：=]?\s*[\"“„«「'‘](?P<quoted>[^\"”“»」'’\n]{3,40})[\"”“»」'’]"
    r"|[:：=][^\S\n]*(?P<told>[!-~]{3,})"
    r"|[^!-~\n]{0,4}?(?P<odd>(?=[!-~]*[0-9_@#$%^&*+=!])[!-~]{3,}))"
)


def secrets_in(text: str) -> tuple[str, ...]:
    """What looks like a secret that the text gives away, each once, without marks around it.

    >>> secrets_in("My password is Sunflower!2024, please check.")
    ('Sunflower!2024',)
    >>> secrets_in("I forgot my password. My order is KX-20417.")
    ()
    """
    found: dict[str, None] = {}
    for _, end in _words().find(text):
        match = _SECRET.match(text, end, min(len(text), end + _REACH))
        secret = next(filter(None, match.groups()), "").strip(_EDGES) if match else ""
        if secret:
            found.setdefault(secret)
    return tuple(found)


@cache
def _words() -> Phrases:
    data = tomllib.loads((files(__package__) / "secrets.toml").read_text(encoding="utf-8"))
    return Phrases(pattern for patterns in data.values() for pattern in patterns)
