"""Sentences in which people name their own feeling and say nothing else (``named_feelings.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

_SENTENCE: Final = re.compile(r"[^.!?…。！？\n]+")
_CLAUSE: Final = re.compile(r"[.!…,;–—。！，、；،؛।]+|\s-\s")
_ASKED: Final = re.compile(r"[^.!?…。！？؟\n]*[?？؟]")
_UNSPACED: Final = frozenset({"ja", "zh"})


def named_feeling(text: str, *, lang: str) -> str | None:
    """The ekman6 emotion that every sentence of a text names outright; ``None`` for any other text.

    Args:
        text: of a message.
        lang: primary subtag of its language; ``None`` comes back where there is no table.

    >>> named_feeling("I am furious.", lang="en")
    'anger'
    >>> named_feeling("I am not furious.", lang="en") is None
    True
    """
    patterns = _patterns(lang)
    if not patterns or "?" in text or "？" in text:
        return None
    named = None
    for match in _SENTENCE.finditer(text.lower()):
        sentence = _bare(match[0])
        if not sentence:
            continue
        found = next((label for label, pattern in patterns.items() if pattern.fullmatch(sentence)), None)
        if found is None or named not in (None, found):
            return None
        named = found
    return named


def feeling_named_in(text: str, *, lang: str) -> str | None:
    """The ekman6 emotion that a clause of a text names outright, whatever the others tell.

    Args:
        text: of a message.
        lang: primary subtag of its language; ``None`` comes back where there is no table.

    Returns:
        ``None`` where no clause names one, or two clauses name different ones. Questions are passed over.

    >>> feeling_named_in("It never came, and I am furious.", lang="en")
    'anger'
    """
    patterns, joins = _patterns(lang), _joins(lang)
    named = {
        label
        for sentence in _ASKED.sub("", text.lower()).splitlines()
        for clause in _CLAUSE.split(sentence)
        for words in joins.split(_bare(clause))
        for label, pattern in patterns.items()
        if pattern.fullmatch(words)
    }
    return named.pop() if len(named) == 1 else None


@cache
def _joins(lang: str) -> re.Pattern[str]:
    """Words between clauses."""
    words = _any(_tables()[lang]["joins"] if lang in _tables() else ("$",))
    return re.compile(words if lang in _UNSPACED else rf"(?:^|\s+){words}(?:\s+|$)")


@cache
def _patterns(lang: str) -> Mapping[str, re.Pattern[str]]:
    """Label → what a sentence that names it looks like; empty for a language without a table."""
    table: dict[str, Any] = _tables().get(lang, {})
    if not table:
        return {}
    space = "" if lang in _UNSPACED else r"\s+"
    before = f"(?:{_any(table['much'])}{space})*"
    behind = f"(?:{space}{_any((*table['much'], *table['then']))})*"
    return {
        label: re.compile(f"{_any(table['i'])}{space}{before}{_any(words)}{behind}")
        for label, words in table["feelings"].items()
    }


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "named_feelings.toml").read_text(encoding="utf-8"))


def _bare(sentence: str) -> str:
    """A sentence without commas and marks around its words."""
    return re.sub(r"[^\w\s'’-]+", " ", sentence).strip()


def _any(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
