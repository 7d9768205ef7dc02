"""Anchors of expressions: words of which each of their texts holds one, told without understanding the rest.

An anchor is chosen to be rare among all expressions, as it is then likely to be rare in texts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import regex

from tongli.core.phrases import fold
from tongli.knowledge.claim_patterns import GAP, Word
from tongli.knowledge.claim_streams import fold_word, is_spaced, word_family

Anchor = tuple[Word, ...]
"""Words of which one stands in each text."""

LONG = 8
"""From this length on, a longer word is not taken to be rarer."""
OPEN = 2
"""What an open word is taken to be shorter: it stands for several."""

_INSIDE = regex.compile(r"\([^()]*\)|\{[^{}]*\}")
_SIGNS = frozenset("(){}")
_PLAIN = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}]*\*?(?:\|[\p{L}\p{N}][\p{L}\p{M}\p{N}]*\*?)*")
_APART = regex.compile(rf"{_INSIDE.pattern}|{GAP}")
"""What parts the runs of an expression of a language without blanks."""


def anchors(expressions: Sequence[str], lang: str) -> dict[str, Anchor]:
    """Expression → its anchor; those without one are left out.

    Args:
        expressions: patterns, or what stands in a table; see :mod:`tongli.knowledge.claim_shorthand`.
        lang: their language (BCP-47).

    >>> anchors(["{kick} the (old) bucket"], "en")
    {'{kick} the (old) bucket': (Word(text='bucket', open=False),)}
    """
    return _words(expressions, lang) if is_spaced(lang) else _runs(expressions)


def _words(expressions: Iterable[str], lang: str) -> dict[str, Anchor]:
    plain = {expression: tokens for expression in expressions if (tokens := _plain(expression))}
    seen = Counter(token for tokens in plain.values() for token in tokens)
    rank = {token: (_commonness(token, seen), token) for token in seen}
    chosen = {expression: min(tokens, key=rank.__getitem__) for expression, tokens in plain.items()}
    family = word_family(lang)
    folded = {token: _folded(token, family) for token in set(chosen.values())}
    return {expression: folded[token] for expression, token in chosen.items()}


def _plain(expression: str) -> list[str]:
    """Words outside of groups and braces, with their other choices; none where groups hold groups."""
    if "(" in expression:  # braces hold no blanks, so what stands in them is no plain word anyway
        expression = _INSIDE.sub(GAP, expression)
        if not _SIGNS.isdisjoint(expression):
            return []
    return [token for token in expression.split() if token.isalpha() or _PLAIN.fullmatch(token)]


def _commonness(token: str, seen: Mapping[str, int]) -> int:
    if token.isalpha():  # most are
        return seen[token] - min(len(token), LONG)
    parts = token.split("|")
    shortest = min(len(part) - OPEN * part.endswith("*") for part in parts)
    return sum(seen.get(part, 1) for part in parts) - min(shortest, LONG)


def _folded(token: str, family: str) -> Anchor:
    return tuple(
        Word(fold_word(part.removesuffix("*"), family), open=part.endswith("*")) for part in token.split("|")
    )


def _runs(expressions: Iterable[str]) -> dict[str, Anchor]:
    """The longest run of characters that are always there, of two the rarer one; or all whole choices."""
    runs: dict[str, list[str]] = {}
    for expression in expressions:
        parts = _APART.split(expression)
        if not any("|" in part or not _SIGNS.isdisjoint(part) for part in parts):
            runs[expression] = list(filter(None, parts))
    seen = Counter(run for parts in runs.values() for run in parts)
    found: dict[str, Anchor] = {}
    for expression, parts in runs.items():
        text = fold(max(parts, key=lambda run: (len(run), -seen[run]))).text if parts else ""
        if text:
            found[expression] = (Word(text),)
    for expression in expressions:
        if expression not in runs and (choices := _choices(expression)):
            found[expression] = choices
    return found


def _choices(expression: str) -> Anchor:
    """Of ``a|b``, where each is plain characters."""
    if "|" not in expression or not _SIGNS.isdisjoint(expression) or GAP in expression:
        return ()
    return tuple(Word(fold(part).text) for part in expression.split("|"))
