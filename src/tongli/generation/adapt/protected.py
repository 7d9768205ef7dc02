"""What no adaptation may touch: code, links, addresses, placeholders, references, quotations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import regex

from tongli.core import Span

_MARKED = regex.compile(
    r"(?s:```.*?(?:```|\Z))|`[^`\n]+`"
    r"|(?:https?://|ftp://|www\.)\S+"
    r"|[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w@])[@#]\w+(?:[.-]\w+)*"
    r"|</?[\w/][^<>\n]{0,200}>|\{\{[^{}\n]{0,80}\}\}|\$?\{[^{}\n]{0,80}\}|\[[A-Z_0-9]{2,40}\]"
    r"|%(?:\(\w+\))?[-+0-9.]*[sdif](?!\w)|(?<!\w)\$[A-Z_]{2,40}(?!\w)"
    r"|(?<![\w.])(?:~|\.{1,2})?(?:/[\w.@-]+){2,}/?|(?<!\w)[A-Za-z]:\\[^\s<>\"]+"
    r"|(?<![\w.])[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?![\w.])"
    r"|(?<!\w)[A-Za-z_]\w*\((?:[^()\s\n]{0,40})\)"
    r"|(?m:^[ \t]*>.*$)"
)
_QUOTED = regex.compile(
    r"“[^“”]{1,2000}”|„[^„“”]{1,2000}[“”]|«[^«»]{1,2000}»|»[^«»]{1,2000}«|「[^「」]{1,2000}」|『[^『』]{1,2000}』"
    r"|(?<!\w)‘[^‘]{1,2000}?’(?!\w)|(?<![\w\"])\"[^\"\n]{1,2000}\"(?!\w)"
)
_ASIDE = regex.compile(r"\([^()\n]{0,400}\)|（[^（）\n]{0,400}）")


class Spans:
    """Ranges of a text that can be asked for what they cover, each in logarithmic time."""

    def __init__(self, found: Iterable[Span]) -> None:
        self._spans: list[Span] = []
        for start, end in sorted(found):
            if self._spans and start < self._spans[-1][1]:
                self._spans[-1] = (self._spans[-1][0], max(end, self._spans[-1][1]))
            else:
                self._spans.append((start, end))

    def __contains__(self, span: Span) -> bool:
        """Whether a range shares a code point with them, or an insertion falls inside one."""
        start, end = span
        after = bisect_left(self._spans, (max(end, start + 1), -1))
        return any(low < end and start < high for low, high in self._spans[max(0, after - 1) : after])

    def __or__(self, other: Spans) -> Spans:
        """What either covers."""
        return Spans([*self._spans, *other._spans])


def protected(text: str) -> Spans:
    """Ranges that stay letter for letter."""
    return Spans(match.span() for pattern in (_MARKED, _QUOTED) for match in pattern.finditer(text))


def asides(text: str) -> Spans:
    """What stands in parentheses, where nothing is explained once more."""
    return Spans(match.span() for match in _ASIDE.finditer(text))
