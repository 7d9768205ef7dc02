"""Statements that address nobody: neither polite nor impolite."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import regex

_WORD = regex.compile(r"\p{L}+(?:['’]\p{L}+)*")


def is_statement(text: str, *, lang: str) -> bool:
    """Whether a text states something and addresses nobody, by the words that it has.

    It opens with its subject, asks nothing, has no word for its reader, and none of courtesy or insult. Many
    statements are not told, since a list of openers is short; in a language without lists none is.

    Args:
        text: a sentence, or a few.
        lang: BCP-47 tag.
    """
    listed = _lists().get(lang.partition("-")[0])
    if listed is None or "?" in text:
        return False
    words = [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]
    return bool(words) and words[0] in listed["openers"] and listed["addressing"].isdisjoint(words)


@cache
def _lists() -> dict[str, dict[str, frozenset[str]]]:
    data = tomllib.loads((files("tongli.knowledge") / "statements.toml").read_text("utf-8"))
    tables = {lang: table for lang, table in data.items() if isinstance(table, dict)}
    return {lang: {name: frozenset(words) for name, words in table.items()} for lang, table in tables.items()}
