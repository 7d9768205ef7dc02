"""Whom a text speaks to, by what it calls them: ``Yes, sir.`` and ``Honey, come here.``"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from tongli.core import Address
from tongli.knowledge.tags import primary

_BEFORE = r"(?:^|[,;:.!?…—–]\s*)"
_AFTER = r"(?=\s*(?:[,;.!?…—–]|$))"


def vocative(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds names where they are what somebody is called, and no part of a sentence."""
    told = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(rf"{_BEFORE}[\"“«¡¿-]*({told}){_AFTER}", re.IGNORECASE)


def called(text: str, lang: str) -> Address | None:
    """The form of address that vocatives of the language imply; ``None`` without any or with both kinds.

    >>> called("I am afraid not, Mr. Hale.", "en")
    'formal'
    """
    found = [form for form, pattern in _patterns(primary(lang)).items() if pattern.search(text)]
    return found[0] if len(found) == 1 else None


@cache
def _patterns(lang: str) -> Mapping[Address, re.Pattern[str]]:
    data = tomllib.loads((files(__package__) / "vocatives.toml").read_text(encoding="utf-8"))
    table: Mapping[Address, Mapping[str, list[str]]] = data.get(lang, {})
    return {form: _pattern(entry["words"], entry["titles"]) for form, entry in table.items()}


def _pattern(words: Iterable[str], titles: Iterable[str]) -> re.Pattern[str]:
    told = [re.escape(word) for word in words]
    told += [rf"(?-i:{re.escape(title.capitalize())}\.?\s+[A-ZÀ-Þ][\w'’-]*)" for title in titles]
    return re.compile(rf"{_BEFORE}(?:{'|'.join(told)}){_AFTER}", re.IGNORECASE)
