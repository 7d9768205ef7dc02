"""English words with their places, clitics apart: "she's" is "she" and "'s", "don't" is "do" and "n't"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tongli.empathy.gender.forms import table


class Token(NamedTuple):
    """A word or a mark.

    ``start`` and ``end`` are code points of the text; ``word`` is lower case with a straight apostrophe.
    """

    text: str
    start: int
    end: int
    word: str

    @property
    def is_word(self) -> bool:
        """Whether it has a letter or a digit."""
        return any(char.isalnum() for char in self.text)


_TOKEN = re.compile(
    r"""
    (?:https?://|www\.)\S+ | [\w.+-]+@[\w-]+(?:\.\w+)+ | [@\#]\w+   # links, addresses, tags
    | \[MASK\]
    | [^\W_]+(?=n['’]t\b) | n['’]t\b
    | ['’](?:s|re|ve|ll|d|m)\b
    | [^\W_]+(?:_[^\W_]+)*(?:[-‐‑][^\W_]+)* | (?:[A-Za-z]\.){2,}
    | \.\.\. | [^\w\s*]
    """,
    re.VERBOSE | re.IGNORECASE,
)


def tokenise(text: str) -> list[Token]:
    """The tokens of a text, in order; between them lie white space and marks of emphasis (``_her_``).

    >>> [token.text for token in tokenise("She's sure he doesn't.")]
    ['She', "'s", 'sure', 'he', 'does', "n't", '.']
    """
    return [
        Token(found[0], found.start(), found.end(), found[0].lower().replace("’", "'"))
        for found in _TOKEN.finditer(text)
    ]


_STOPS = frozenset((".", "!", "?", "…", "...", "。"))
_CLOSING = frozenset("\"'”’)]»")


def sentences(text: str, tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Runs of tokens up to a stop that closes a sentence, or to an empty line."""
    start = 0
    for at in range(len(tokens)):
        if at + 1 == len(tokens) or _ends(text, tokens, at):
            yield tokens[start : at + 1]
            start = at + 1


def _ends(text: str, tokens: Sequence[Token], at: int) -> bool:
    token, following = tokens[at], tokens[at + 1]
    gap = text[token.end : following.start]
    if gap.count("\n") > 1:
        return True
    if not gap or following.text in _STOPS or following.text[0].islower():
        return False
    back = at
    while back and tokens[back].text in _CLOSING:
        back -= 1
    if tokens[back].text not in _STOPS:
        return False
    before = tokens[back - 1].word if back else ""
    return not (
        tokens[back].text == "." and (before in _abbreviated() or (len(before) == 1 and before != "i"))
    )


@cache
def _abbreviated() -> frozenset[str]:
    return frozenset(table("en", "words")["abbreviations"])
