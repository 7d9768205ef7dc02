"""A text with what was found in it underlined."""

from __future__ import annotations

from collections.abc import Iterable

from rich.text import Text

from tongli.core.text import clean
from tongli.knowledge.claim import FIGURATIVE
from tongli.knowledge.claim_matcher import Match

_SHOWN_CHARS = 800


def marked(text: str, found: Iterable[Match]) -> Text:
    """The text, its start if it is long; expressions in yellow, what else was found in cyan."""
    source = clean(text)[0]
    shown = Text(source[:_SHOWN_CHARS])
    for match in found:
        colour = "yellow" if match.claim.kind in FIGURATIVE else "cyan"
        shown.stylize(f"underline {colour}", *match.span)
    if len(source) > _SHOWN_CHARS:
        shown.append(f" … ({len(source) - _SHOWN_CHARS:,} more)", "dim")
    return shown
