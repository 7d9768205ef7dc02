"""Sentences, words and windows, with exact code-point offsets.

Words follow the spirit of UAX #29 (https://www.unicode.org/reports/tr29/), made for hiding one unit at a
time: a word where a script writes spaces, one grapheme cluster where it does not (Han, Hiragana, Thai, Lao,
Khmer, Myanmar), one emoji, emoticon or link. Nothing ever splits a grapheme cluster.
"""

from __future__ import annotations

from itertools import pairwise

import regex

from tongli.core.errors import ConfigError
from tongli.core.reading import Span

_EXTEND = r"[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}]*+"
_PREPEND = r"(?<!\p{GCB=Prepend})\p{GCB=Prepend}*+"
_UNSPACED = r"[[\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]&&[\p{L}\p{N}]]"
_LETTER = rf"[[\p{{L}}\p{{N}}_]--[\p{{ExtPict}}\p{{GCB=Extend}}\p{{GCB=SpacingMark}}{_UNSPACED}]]"
# Thai and Lao AM are letters that also join whatever stands before them, be it a colon.
_AM = r"[\u0e33\u0eb3]"
_MARKS = r"\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}"
_OPENS = r"(?:^|(?<=[\p{GCB=Control}\r\n]))"
_BEFORE_AM = rf"(?:[^{_MARKS}\p{{GCB=Control}}\r\n]|{_OPENS})[{_MARKS}]*?{_AM}"
_ATOM = rf"\p{{GCB=Prepend}}*+{_LETTER}{_EXTEND}"
_JOINER = r"(?:['’ʼ·\-‑]|(?<=\p{N})[.,:](?=\p{N}))"
_CLOSERS = rf"{_EXTEND}(?:[\p{{Pe}}\p{{Pf}}\"']{_EXTEND})*+"

_WORD = regex.compile(
    rf"""
      https?://[!-~--["'<>]]*[!-~--["'<>.,;:!?)]]{_EXTEND}                  # link
    | [0-9\#*]\ufe0f?\u20e3{_EXTEND}                                      # keycap
    | (?={_PREPEND}[[\p{{ExtPict}}\p{{RI}}{_UNSPACED}]--{_AM}]|{_BEFORE_AM})\X  # emoji, flag, one character
    | (?<!\p{{GCB=Prepend}})(?:{_ATOM})++(?:{_JOINER}(?:{_ATOM})++)*+(?:(?<=\p{{GCB=Prepend}})\X)?
    | (?<!\w)(?:[:;=]['’]?-?[()\[\]DPpOo/\\|*3]++|<3++)(?![\w/]){_EXTEND}  # emoticon
    """,
    regex.V1 | regex.VERBOSE,
)

_ABBREVIATIONS = (
    r"Dr|Mr|Mrs|Ms|Mx|Prof|St|Sr|Sra|Srta|Jr|Ing|Hr|Fr|Nr|Mme|Mlle|vs|e\.g|i\.e|z\.B|p\.ej|т\.е|г|ул"
)
_STOPS = "!?…؟۔।॥።፧՞։"
_BREAK = regex.compile(
    rf"""
      (?<!\.|\b(?:{_ABBREVIATIONS}|\p{{Lu}}))\.++{_CLOSERS}(?=\s++[^\s\p{{Ll}}])
    | (?<![{_STOPS}])[{_STOPS}]++{_CLOSERS}(?=\s)
    | [。！？｡．]++{_CLOSERS}
    | [\n\r\u2028\u2029]++
    """,
    regex.V1 | regex.VERBOSE,
)
_VISIBLE = regex.compile(r"\S|\s(?=[\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}])", regex.V1)


def words(text: str) -> list[Span]:
    """Units worth hiding one at a time, in order; punctuation and spaces belong to none.

    Examples:
        >>> [text[a:b] for text in ["I can't 👍🏽"] for a, b in words(text)]
        ['I', "can't", '👍🏽']
    """
    return [match.span() for match in _WORD.finditer(text)]


def sentences(text: str) -> list[Span]:
    """Sentences without the white space around them, in order; together they hold everything visible.

    Examples:
        >>> [text[a:b] for text in ["Wait! Dr. Li called."] for a, b in sentences(text)]
        ['Wait!', 'Dr. Li called.']
    """
    cuts = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    spans = (_trim(text, start, end) for start, end in pairwise(cuts))
    return [span for span in spans if span[0] < span[1]]


def windows(n_tokens: int, *, size: int, stride: int) -> list[Span]:
    """Cut a long token sequence into overlapping windows.

    Args:
        n_tokens: tokens to cover, at least 0.
        size: tokens in a window.
        stride: tokens between the starts of two windows, ``1..size``; ``size - stride`` tokens overlap.

    Returns:
        Half-open ranges that cover ``0..n_tokens``, all of ``size`` tokens (the last one is moved back
        rather than shortened) unless the text itself is shorter; none for no tokens.

    Raises:
        ConfigError: ``windows.size``.

    Examples:
        >>> windows(10, size=4, stride=3)
        [(0, 4), (3, 7), (6, 10)]
    """
    if not 1 <= stride <= size:
        raise ConfigError(
            "windows.size",
            received=f"size={size}, stride={stride}",
            allowed="1 <= stride <= size",
            fix="Choose a stride no larger than the window.",
        )
    last = max(0, n_tokens - size)
    starts = [*range(0, last, stride), last] if n_tokens > 0 else []
    return [(start, min(start + size, n_tokens)) for start in starts]


def _trim(text: str, start: int, end: int) -> Span:
    first = _VISIBLE.search(text, start, end)
    return (end, end) if first is None else (first.start(), start + len(text[start:end].rstrip()))
