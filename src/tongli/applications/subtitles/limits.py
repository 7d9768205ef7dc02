"""Limits of a language, and how wide a text is."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from tongli.applications.subtitles.markup import plain
from tongli.core import ConfigError
from tongli.encoders.language import canonical, identify
from tongli.knowledge import tags

FPS = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What viewers can read; the values and their source are in ``knowledge/subtitles.toml``.

    Attributes:
        lang: language they hold for, ``und`` for any.
        tag: as it was asked for, with its script and region.
        fps: frames a second of the picture.
        lines: at most.
        columns: of a line, by Unicode East Asian Width.
        unit: columns of one character of the reading speed.
        speed_warning: characters a second.
        speed_error: characters a second.
        shortest_ms: milliseconds a cue has to stay.
        longest_ms: milliseconds a cue may stay.
        gap_frames: between two cues, at least.
        sync_frames: between the start of speech and of its cue, at most.
        chain_frames: a shorter gap is closed to ``gap_frames``.
        clinging: words that a line should not end on.
        joining: words that a line may well start with.
    """

    lang: str = "und"
    tag: str = "und"
    fps: float = FPS
    lines: int
    columns: int
    unit: int
    speed_warning: float
    speed_error: float
    shortest_ms: int
    longest_ms: int
    gap_frames: int
    sync_frames: int
    chain_frames: int
    clinging: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()

    def frames(self, count: int) -> int:
        """Whole milliseconds of a number of frames."""
        return int(count * 1000 // self.fps)

    @property
    def gap_ms(self) -> int:
        """The smallest gap."""
        return self.frames(self.gap_frames)

    @property
    def sync_ms(self) -> int:
        """How far a cue may start from its speech."""
        return self.frames(self.sync_frames)

    @property
    def spaced(self) -> bool:
        """Whether words are written with spaces between them."""
        return self.lang not in words_of("scripts", "unspaced")

    @property
    def rtl(self) -> bool:
        """Whether the language is written from right to left."""
        return self.lang in words_of("scripts", "rtl")

    def characters(self, text: str) -> float:
        """Characters that are read: wide ones count one where the language is written with them."""
        return columns(text) / self.unit

    def speed(self, text: str, ms: int) -> float:
        """Characters a second; line breaks are not read."""
        return self.characters(text.replace("\n", "")) * 1000 / max(ms, 1)


def limits(lang: str | None = None, *, fps: float = FPS) -> Limits:
    """The limits of a language.

    Args:
        lang: BCP-47 tag; without it those of most alphabets.
        fps: frames a second, 10..240.

    Raises:
        ConfigError: ``subtitles.fps``.
        InputError: ``input.lang``.
    """
    if not 10 <= fps <= 240:
        raise ConfigError(
            "subtitles.fps",
            received=f"{fps:g} frames a second",
            allowed="10 to 240, such as 23.976, 24, 25 or 29.97",
            fix="Correct --fps.",
        )
    tag = canonical(lang) if lang else "und"
    primary = tags.primary(tag)
    broad = tags.macrolanguage(primary) or primary
    words = _data()["words"].get(broad, {})
    return Limits(
        lang=broad,
        tag=tag,
        fps=fps,
        clinging=frozenset(words.get("clinging", "").split()),
        joining=frozenset(words.get("joining", "").split()),
        **{**_data()["limits"], **_data()["languages"].get(broad, {})},
    )


def limits_for(texts: Iterable[str], *, lang: str | None = None, fps: float = FPS) -> Limits:
    """The limits of a declared language, or of the one that texts are written in where that is certain.

    Raises:
        As :func:`limits`.
    """
    if lang is None:
        found = identify("\n".join(map(plain, texts)))
        lang = None if found.abstained or found.tag in {"und", "zxx"} else found.tag
    return limits(lang, fps=fps)


@cache
def words_of(table: str, name: str) -> frozenset[str]:
    """A list of words of the data."""
    return frozenset(_data()[table][name].split())


@cache
def signs(table: str, name: str) -> frozenset[str]:
    """A list of characters or words of the data."""
    return frozenset(_data()[table][name])


def ends(text: str, name: Literal["sentence", "clause"]) -> bool:
    """Whether a word ends a sentence or a clause; ``Dr.`` and its like do not."""
    bare = plain(text).rstrip("".join(signs("punctuation", "closing")))
    if name == "sentence" and bare in signs("punctuation", "titles"):
        return False
    return bare[-1:] in signs("punctuation", name)


def codes() -> Mapping[str, str]:
    """Primary language subtag → its code of three letters (ISO 639-2), as video files hold it."""
    found: Mapping[str, str] = _data()["codes"]
    return found


def columns(text: str) -> int:
    """Width of a text without its tags: 2 for wide characters, 0 for marks and invisible ones.

    References:
        Unicode Standard Annex #11, "East Asian Width".
    """
    visible = plain(text)
    return len(visible) if visible.isascii() else sum(map(_columns, visible))


@cache
def _columns(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


@cache
def _data() -> Mapping[str, Any]:
    text = (files("tongli.knowledge") / "subtitles.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))
