"""Shares as bars."""

from __future__ import annotations

from rich.text import Text

_BAR = 20


def bar(share: float, style: str = "") -> Text:
    """A share of 0..1 as a line of fixed length."""
    full = round(max(0.0, min(1.0, share)) * _BAR)
    return Text("━" * full, style).append("─" * (_BAR - full), "bright_black")
