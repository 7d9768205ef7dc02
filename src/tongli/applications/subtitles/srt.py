"""SubRip: no header, no escapes, overrides of SubStation for the position."""

from __future__ import annotations

import re

from tongli.applications.subtitles.clock import clock, damaged, joined, lines_of, timing
from tongli.applications.subtitles.cue import Cue, Settings, Track
from tongli.applications.subtitles.markup import TAG

_POSITION = re.compile(r"\{\\an([1-9])\}")
_CAPITAL = re.compile(r"</?(?:[IBUS]|[Ff][Oo][Nn][Tt])(?=[ \t>])")
_KEPT = frozenset({"i", "b", "u", "s", "font"})


def parse(text: str) -> Track:
    """Cues of a file; numbers may be missing or wrong, blank lines inside a cue are left out.

    Raises:
        InputError: ``subtitles.damaged``.
    """
    lines = lines_of(text)
    places = [
        (number, found) for number, line in enumerate(lines) if (found := timing(line, number=number + 1))
    ]
    if not places:
        raise damaged(0, "no times")
    if any(line.strip() for line in lines[: _before(lines, places[0][0])]):
        raise damaged(1, "text before the first times")
    cues = []
    ends = [_before(lines, at) for at, _ in places[1:]] + [len(lines)]
    for (at, (start, end, rest)), stop in zip(places, ends, strict=True):
        settings: Settings = (("coordinates", rest),) if rest else ()
        said = _CAPITAL.sub(lambda tag: tag[0].lower(), joined(lines[at + 1 : stop]))
        body, position = unplaced(said)
        cues.append(Cue(start=start, end=end, text=body, position=position, settings=settings, line=at + 1))
    return Track(cues=tuple(cues), form="srt")


def write(track: Track) -> str:
    """The file; what the format cannot say (speakers, other settings) is left out."""
    same = track.form == "srt"
    return "\n".join(
        f"{number}\n{clock(cue.start, point=',')} --> {clock(cue.end, point=',')}"
        f"{''.join(f' {value}' for _, value in cue.settings) if same else ''}\n{body(cue)}\n"
        for number, cue in enumerate(track.cues, 1)
    )


def unplaced(text: str) -> tuple[str, int | None]:
    """A text without the override at its start that says where it stands, and that position."""
    found = _POSITION.match(text)
    return (text[found.end() :], int(found[1])) if found is not None else (text, None)


def body(cue: Cue) -> str:
    """What stands in a file for a cue, below its times."""
    place = f"{{\\an{cue.position}}}" if cue.position is not None else ""
    return place + joined(TAG.sub(_known, cue.text).split("\n"))


def _known(tag: re.Match[str]) -> str:
    return tag[0] if tag[0][0] == "{" or tag["name"] in _KEPT else ""


def _before(lines: list[str], at: int) -> int:
    """Where the text before a timing line ends: its number is no text."""
    return at - 1 if at and lines[at - 1].strip().isdecimal() else at
