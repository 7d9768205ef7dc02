"""Advanced SubStation Alpha, read and written by pysubs2 (MIT).

Its times are hundredths of a second: others are rounded. Comments and drawings are no cues; they are kept
in the head, before the cues.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from types import ModuleType
from typing import Any

from tongli.applications.subtitles.clock import damaged, joined, lines_of
from tongli.applications.subtitles.cue import Cue, Settings, Track
from tongli.applications.subtitles.srt import unplaced
from tongli.core import ConfigError, InputError

_SIMPLE = re.compile(r"\{\\([ibus])([01])\}")
_TAG = re.compile(r"<(/?)([ibus])>")
_NAMED = ("style", "effect")
_COUNTED = ("layer", "marginl", "marginr", "marginv")
_PLACED = re.compile(r"\{\\[^}]*\\?an([1-9])")
_COLOURED = re.compile(r"\{[^}]*\\1?c&")
_END = 10 * 3_600_000
"""Milliseconds."""
_JOINER = "\u2060"
"""After a backslash it keeps it from being read as a command."""


def parse(text: str) -> Track:
    """Cues of a file.

    Raises:
        ConfigError: ``subtitles.extra`` when pysubs2 is missing.
        InputError: ``subtitles.damaged``.
    """
    library = _library()
    text = "\n".join(lines_of(text))  # pysubs2 does not know the line ends of old Macs
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of numbers that it replaces by their default
        try:
            file = library.SSAFile.from_string(text, format_="ass")
        except (ValueError, TypeError, OverflowError, library.Pysubs2Error):
            raise damaged(0, "styles or events that cannot be read") from None
    shown = file.get_text_events()
    file.events = [event for event in file.events if not event.is_text]
    if not shown and "[events]" not in text.lower():
        raise damaged(0, "no [Events]")
    return Track(cues=tuple(map(_cue, shown)), form="ass", head=file.to_string("ass"))


def spelled(track: Track) -> Track:
    """The track with tags and places for what its named styles say, for formats that do not have them.

    Raises:
        ConfigError: ``subtitles.extra`` when pysubs2 is missing.
    """
    if not track.head:
        return track
    file = _library().SSAFile.from_string(track.head, format_="ass")
    usual = file.styles.get("Default")
    cues = []
    for cue in track.cues:
        style = file.styles.get(dict(cue.settings).get("style", ""))
        told = _PLACED.search(cue.text)
        placed = replace(cue, position=cue.position or (int(told[1]) if told else None))
        cues.append(placed if style is None else _in_style(placed, style, usual))
    return replace(track, cues=tuple(cues))


def write(track: Track) -> str:
    """The file.

    Raises:
        ConfigError: ``subtitles.extra`` when pysubs2 is missing.
        InputError: ``subtitles.too-long``, as its hours have one digit.
    """
    library = _library()
    if any(cue.end >= _END for cue in track.cues):
        raise InputError(
            "subtitles.too-long",
            received="a cue after 10 hours, and the format ASS",
            allowed="cues up to 9:59:59.99, as its hours have one digit",
            fix="Write .srt, .vtt or .ttml.",
        )
    same = track.form == "ass"
    file = (
        library.SSAFile.from_string(track.head, format_="ass") if same and track.head else library.SSAFile()
    )
    file.events += [_event(library, cue, same=same) for cue in track.cues]
    return str(file.to_string("ass"))


def _cue(event: Any) -> Cue:
    body, position = unplaced(event.text)
    settings: Settings = tuple(
        (name, str(value))
        for name in (*_NAMED, *_COUNTED)
        if (value := getattr(event, name)) not in {"", 0, "Default"}
    )
    return Cue(
        start=max(0, event.start),
        end=max(0, event.end),
        text=_read(body),
        speaker=event.name.strip() or None,
        position=position,
        settings=settings,
    )


def _in_style(cue: Cue, style: Any, usual: Any) -> Cue:
    """What a style says; a colour only where none is said and it is neither white nor the usual one."""
    named = zip("ibus", (style.italic, style.bold, style.underline, style.strikeout), strict=True)
    names = [name for name, on in named if on]
    colour = _hex(style)
    plain = {"#ffffff", _hex(usual) if usual is not None else ""}
    said = colour in plain or _COLOURED.search(cue.text)
    text = cue.text if said else f"{{\\c&H{colour[5:]}{colour[3:5]}{colour[1:3]}&}}{cue.text}"
    starts = "".join(f"<{name}>" for name in names)
    ends = "".join(f"</{name}>" for name in reversed(names))
    place = int(style.alignment)
    return replace(cue, text=starts + text + ends, position=cue.position or (None if place == 2 else place))


def _hex(style: Any) -> str:
    colour = style.primarycolor
    return f"#{colour.r:02x}{colour.g:02x}{colour.b:02x}"


def _event(library: ModuleType, cue: Cue, *, same: bool) -> Any:
    place = f"{{\\an{cue.position}}}" if cue.position is not None else ""
    more = {name: int(value) if name in _COUNTED else value for name, value in cue.settings if same}
    # A comma would end the field.
    name = (cue.speaker or "").replace(",", " ")
    return library.SSAEvent(start=cue.start, end=cue.end, text=place + _told(cue.text), name=name, **more)


def _read(text: str) -> str:
    text = _SIMPLE.sub(lambda tag: f"<{'/' * (tag[2] == '0')}{tag[1]}>", text)
    text = text.replace(r"\N", "\n").replace(r"\n", "\n").replace(r"\h", "\u00a0")
    return joined(text.replace(r"\{", "{").replace(r"\}", "}").replace("\\" + _JOINER, "\\").split("\n"))


def _told(text: str) -> str:
    runs = re.split(r"(\{\\[^{}<>\n]*\})", text)
    runs[::2] = [_escaped(run) for run in runs[::2]]
    return "".join(runs).replace("\n", r"\N")


def _escaped(run: str) -> str:
    run = run.replace("\\", "\\" + _JOINER).replace("{", r"\{").replace("}", r"\}").replace("\u00a0", r"\h")
    return _TAG.sub(lambda tag: f"{{\\{tag[2]}{0 if tag[1] else 1}}}", run)


def _library() -> ModuleType:
    try:
        import pysubs2
    except ImportError:
        raise ConfigError(
            "subtitles.extra",
            received="an .ass file, and no pysubs2",
            allowed="SRT, WebVTT and TTML without it",
            fix="Install it with: pip install 'tongli[subtitles]'",
        ) from None
    return pysubs2
