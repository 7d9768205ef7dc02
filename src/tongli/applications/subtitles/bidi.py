"""Marks that keep lines of right-to-left text in their direction."""

from __future__ import annotations

import unicodedata

from tongli.applications.subtitles.markup import plain

RLM = "\u200f"


def marked(line: str) -> str:
    """A line of right-to-left text with a mark before it where its first letter runs the other way.

    Players take the direction of a line from its first letter, so a line that starts with a Latin name
    or holds only digits would put its full stop on the wrong side. Nothing is reordered.

    References:
        Unicode Standard Annex #9, "Unicode Bidirectional Algorithm", rules P2 and P3.
    """
    strong = next((kind for char in plain(line) if (kind := unicodedata.bidirectional(char)) in _STRONG), "")
    return line if strong in {"R", "AL"} or not plain(line).strip() else RLM + line


_STRONG = frozenset({"L", "R", "AL"})
