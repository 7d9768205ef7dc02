"""How long a text is where it will be published, counted as the channel counts.

==============  ==================================================================================
``codepoints``  code points
``graphemes``   characters as people see them (UAX #29)
``utf16``       UTF-16 units
``utf8``        bytes
``halfwidth``   wide and full-width characters (UAX #11) count as two
``weighted``    twitter-text v3: CJK, emoji and other far code points as two, a link as 23
``mastodon``    graphemes, a link as 23
``sms``         messages: 160 characters of GSM 03.38, joined 153; else 70 UTF-16 units, joined 67
==============  ==================================================================================

References:
    twitter-text 3, config/v3.json; 3GPP TS 23.038 (alphabet) and TS 23.040, 9.2.3.24.1 (joined messages).
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import regex

from tongli.core import ConfigError, shorten

_LINK = regex.compile(r"https?://[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?'’)\]}、。，！？」』]", regex.IGNORECASE)
_EMOJI = regex.compile(
    r"\p{RI}\p{RI}|[0-9#*]\uFE0F?\u20E3|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}(?=[\uFE0F\U0001F3FB-\U0001F3FF]))"
    r"[\uFE0F\U0001F3FB-\U0001F3FF]*(?:\u200D\p{Extended_Pictographic}[\uFE0F\U0001F3FB-\U0001F3FF]*)*"
)
_HASHTAG = regex.compile(r"(?<![\w/&])[#＃](?=\w*\p{L})\w+")
_GRAPHEME = regex.compile(r"\X")

_LINK_LENGTH = 23
_LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that twitter-text counts as one; all others count as two."""

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("\f^{}\\[~]|€")
_SEPTETS, _JOINED_SEPTETS = 160, 153
_UNITS, _JOINED_UNITS = 70, 67


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Where a text is published.

    Attributes:
        id: how it is called in options and files.
        name: for people.
        count: the unit, see the module.
        limit: most of these units.
        hard: more is refused; otherwise it is advice.
        hashtags: most hashtags, ``None`` for no limit.
        lines: most lines, ``None`` for no limit.
        source, date: who says so, and the last day as of which that is known to hold (ISO 8601).
    """

    id: str
    name: str
    count: str
    limit: int
    hard: bool
    source: str
    date: str
    hashtags: int | None = None
    lines: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How long a text is in a channel; it ``fits`` when nothing in ``over`` stands."""

    used: int
    limit: int
    unit: str
    over: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Within every limit of the channel."""
        return not self.over


@cache
def channels() -> Mapping[str, Channel]:
    """Every channel by its id."""
    data = tomllib.loads((files(__package__) / "channels.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: Channel(id=key, **told) for key, told in data.items()})


def channel(key: str) -> Channel:
    """A channel by its id; raises ``ConfigError`` (``channel.unknown``)."""
    found = channels().get(key.strip().casefold())
    if found is None:
        raise ConfigError(
            "channel.unknown",
            received=shorten(key),
            allowed=", ".join(channels()),
            fix="Choose one of these, or set max_chars instead.",
        )
    return found


def size(text: str, where: Channel) -> Size:
    """The size of a text in a channel.

    >>> size("你好 https://example.org/a/long/path", channel("x")).used
    28
    """
    used = _COUNTS[where.count](text)
    tags, lines = len(_HASHTAG.findall(text)), len(text.splitlines())
    over = [f"{used} of at most {where.limit} {where.count}"] if used > where.limit else []
    if where.hashtags is not None and tags > where.hashtags:
        over.append(f"{tags} of at most {where.hashtags} hashtags")
    if where.lines is not None and lines > where.lines:
        over.append(f"{lines} of at most {where.lines} line(s)")
    return Size(used=used, limit=where.limit, unit=where.count, over=tuple(over))


def weighted(text: str) -> int:
    """The length of a post by twitter-text v3; a half counts as a whole.

    >>> weighted("👨‍👩‍👧‍👦 ok")
    5
    """
    text, links = _LINK.subn("", unicodedata.normalize("NFC", text))
    text, emoji = _EMOJI.subn("", text)
    return _LINK_LENGTH * links + 2 * emoji + sum(1 if _light(ord(char)) else 2 for char in text)


def sms(text: str) -> int:
    """Messages that a text needs as SMS; 0 for an empty one.

    >>> sms("a" * 160), sms("a" * 161), sms("ж" * 70), sms("€" * 81)
    (1, 2, 1, 2)
    """
    if all(char in _GSM or char in _GSM_TWICE for char in text):
        return _messages([2 if char in _GSM_TWICE else 1 for char in text], _SEPTETS, _JOINED_SEPTETS)
    return _messages([_utf16(char) for char in text], _UNITS, _JOINED_UNITS)


def _messages(sizes: list[int], alone: int, joined: int) -> int:
    """Messages for characters of these sizes, none of which may be cut in two."""
    if sum(sizes) <= alone:
        return 1 if sizes else 0
    count, room = 1, joined
    for each in sizes:
        if each > room:
            count, room = count + 1, joined
        room -= each
    return count


def _light(point: int) -> bool:
    return any(first <= point <= last for first, last in _LIGHT)


def _utf16(text: str) -> int:
    return sum(1 + (ord(char) > 0xFFFF) for char in text)


def _graphemes(text: str) -> int:
    return len(_GRAPHEME.findall(text))


def _mastodon(text: str) -> int:
    text, links = _LINK.subn("", text)
    return _LINK_LENGTH * links + _graphemes(text)


def _halfwidth(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


_COUNTS: Mapping[str, Callable[[str], int]] = MappingProxyType(
    {
        "codepoints": len,
        "graphemes": _graphemes,
        "utf16": _utf16,
        "utf8": lambda text: len(text.encode("utf-8", "surrogatepass")),
        "halfwidth": _halfwidth,
        "weighted": weighted,
        "mastodon": _mastodon,
        "sms": sms,
    }
)
