"""WebVTT: header, escapes, voices, settings.

References:
    W3C (2019), "WebVTT: The Web Video Text Tracks Format".
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from tongli.applications.subtitles.clock import clock, damaged, joined, lines_of, timing
from tongli.applications.subtitles.cue import Cue, Settings, Track
from tongli.applications.subtitles.markup import runs

_VOICE = re.compile(r"<v[ \t]+([^<>\n]+)>((?:(?!</?v[\s.>]).)*)(?:</v>)?", re.DOTALL)
_ROWS = {0: ("line", "-1"), 1: ("line", "50%"), 2: ("line", "0")}
_SIDES = {0: (("align", "left"),), 1: (), 2: (("align", "right"),)}
_PLACES: dict[int, Settings] = {
    place: (_ROWS[(place - 1) // 3], *_SIDES[(place - 1) % 3]) for place in range(1, 10)
}
_NAMES = {settings: place for place, settings in _PLACES.items()}
_NO_CUE = ("NOTE", "STYLE", "REGION")


def parse(text: str) -> Track:
    """Cues of a file; notes and styles between cues move to its head.

    Raises:
        InputError: ``subtitles.damaged``.
    """
    blocks = list(_blocks(lines_of(text)))
    if not blocks or not re.match(r"WEBVTT(?:\s|$)", blocks[0][1][0]):
        raise damaged(1, "no WEBVTT at the start")
    heads, cues = ["\n".join(blocks[0][1])], []
    for number, lines in blocks[1:]:
        if lines[0].split(maxsplit=1)[0] in _NO_CUE and "-->" not in lines[0]:
            heads.append("\n".join(lines))
        else:
            cues.append(_cue(number, lines))
    return Track(cues=tuple(cues), form="vtt", head="\n\n".join(heads))


def write(track: Track) -> str:
    """The file."""
    head = track.head if track.form == "vtt" and track.head else "WEBVTT"
    return "\n\n".join([head, *(_written(cue, same=track.form == "vtt") for cue in track.cues)]) + "\n"


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Line number and lines of every run without an empty line; times end a header and a cue, too."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if "-->" in line and block and (block[0].startswith("WEBVTT") or "-->" in "".join(block[:2])):
            yield number - len(block), block
            block = []
        if line:
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, lines: list[str]) -> Cue:
    times, name = timing(lines[0], number=number), ""
    if times is None and len(lines) > 1:
        times, name = timing(lines[1], number=number + 1), lines[0]
        lines, number = lines[1:], number + 1
    if times is None:
        raise damaged(number, "a cue without times")
    start, end, rest = times
    body, speaker = joined(lines[1:]), None
    voice = _VOICE.fullmatch(body)
    if voice is not None:
        speaker, body = html.unescape(voice[1].strip()), voice[2]
    settings: Settings = tuple((key, value) for key, _, value in (s.partition(":") for s in rest.split()))
    position = _NAMES.get(settings)
    return Cue(
        start=start,
        end=end,
        text=_mapped(body, html.unescape),
        speaker=speaker,
        position=position,
        name=name,
        settings=() if position is not None else settings,
        line=number,
    )


def _written(cue: Cue, *, same: bool) -> str:
    settings = cue.settings if same else ()
    settings = settings or _PLACES.get(cue.position or 0, ())
    rest = "".join(f" {key}:{value}" if value else f" {key}" for key, value in settings)
    voice = f"<v {html.escape(cue.speaker, quote=False)}>" if cue.speaker else ""
    times = f"{clock(cue.start, point='.')} --> {clock(cue.end, point='.')}{rest}"
    told = [cue.name] if cue.name else []
    text = voice + _mapped(cue.text, lambda run: html.escape(run, quote=False))
    return "\n".join([*told, times, *([text] if text else [])])


def _mapped(text: str, change: Callable[[str], str]) -> str:
    """The text with what is no tag changed."""
    return "".join(run if tag else change(run) for run, tag in runs(text))
