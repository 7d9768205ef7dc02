"""Times of day as SRT and WebVTT write them, and what both formats share."""

from __future__ import annotations

import re

from tongli.core import InputError

_CLOCK = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)(?:[,.](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s+(.*\S))?\s*")
_BROKEN = re.compile(r"\d\s*-->|-->\s*\d")


def clock(ms: int, *, point: str) -> str:
    """``HH:MM:SS`` with milliseconds after ``point``."""
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def timing(line: str, *, number: int) -> tuple[int, int, str] | None:
    """Start, end and the rest of a timing line; ``None`` for a line of text.

    Raises:
        InputError: ``subtitles.damaged`` for a line that is meant as one but cannot be read.
    """
    found = _TIMING.fullmatch(line)
    if found is not None:
        groups = found.groups()
        return _ms(*groups[:4]), _ms(*groups[4:8]), groups[8] or ""
    if _BROKEN.search(line):
        raise damaged(number, "times that cannot be read")
    return None


def damaged(line: int, what: str) -> InputError:
    """The error for a file that does not follow its format; ``line`` 0 when no line is to blame."""
    return InputError(
        "subtitles.damaged",
        received=f"line {line}: {what}" if line else what,
        allowed="a file that follows its format",
        fix="Correct the file at that place, or write it again with the tool that made it.",
    )


def lines_of(text: str) -> list[str]:
    """Lines, whatever ends them; separators of paragraphs inside a text are none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def joined(lines: list[str]) -> str:
    """Lines of a cue as its text; blank ones would end it in most formats and show nothing."""
    return "\n".join(line for line in lines if line.strip())


def _ms(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))
