r"""Tags of one format in the words of another: colours are kept, and what cannot be said is left out.

Between formats, a colour is ``<font color="#rrggbb">`` as in SRT. WebVTT has eight colours as classes
(``<c.yellow>``), SubStation an override (``{\c&H00FFFF&}``), TTML an attribute.

References:
    W3C (2019), "WebVTT: The Web Video Text Tracks Format", section 5: default text colors.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tongli.applications.subtitles.clock import joined
from tongli.applications.subtitles.cue import Form, Track
from tongli.applications.subtitles.markup import balanced, runs

_CLASSES = {
    "white": "#ffffff",
    "lime": "#00ff00",
    "cyan": "#00ffff",
    "red": "#ff0000",
    "yellow": "#ffff00",
    "magenta": "#ff00ff",
    "blue": "#0000ff",
    "black": "#000000",
}
_NAMES = {value: name for name, value in _CLASSES.items()}
_HTML = _CLASSES | {
    "aqua": "#00ffff",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "green": "#008000",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "purple": "#800080",
    "silver": "#c0c0c0",
    "teal": "#008080",
}
_COLOUR = re.compile(r"""\bcolou?r\s*=\s*["']?(#[0-9a-f]{6}(?![0-9a-f])|[a-z]+)""", re.IGNORECASE)
_OVERRIDE = re.compile(
    r"\\1?c(?:&H(?:[0-9A-F]{2})?([0-9A-F]{6})&?)?(?![a-z])|\\r|\\([ibus])(\d+)", re.IGNORECASE
)
_NORMAL = 400
"""The weight from which on, but for 1, letters are bold."""
_PLAIN = frozenset({"i", "b", "u", "s"})


def in_words_of(form: Form, track: Track) -> Track:
    """The track with tags that a format knows; as it is when it was read from that format."""
    if track.form == form:
        return track
    return replace(
        track, cues=tuple(replace(cue, text=_said(cue.text, track.form, form)) for cue in track.cues)
    )


def colour_of(more: str) -> str | None:
    """The colour in the attributes of a ``<font>``, ``#rrggbb`` in small letters, or ``None``."""
    found = _COLOUR.search(more)
    told = found[1].lower() if found is not None else ""
    return told if told.startswith("#") else _HTML.get(told)


def _said(text: str, source: Form, form: Form) -> str:
    kept = source == "srt" and form == "ass"  # overrides that people write into SRT are those of SubStation
    common = _common(text, overrides=kept)
    if source == "ass" or any(run[0] == "{" for run, tag in runs(text) if tag is not None):
        common = _nested(common)
    told = _coloured(common, form) if form in {"ass", "vtt"} else common
    return joined(told.split("\n"))  # a line of which nothing is left would end the cue


def _coloured(text: str, form: Form) -> str:
    """A text of :func:`_common` with its colours as SubStation or WebVTT say them."""
    told: list[str] = []
    ends: list[str] = []
    for run, tag in runs(text):
        if tag is None or tag["name"] != "font":
            told.append(run)
        elif tag["end"]:
            told.append(ends.pop())
        else:
            start, end = _pair(colour_of(tag["more"]) or "", form)
            told.append(start)
            ends.append(end)
    return "".join(told)


def _pair(colour: str, form: Form) -> tuple[str, str]:
    """What starts and what ends a colour."""
    if form == "ass":
        red, green, blue = (colour[at : at + 2].upper() for at in (1, 3, 5))
        return f"{{\\c&H{blue}{green}{red}&}}", "{\\c}"
    if colour in _NAMES:
        return f"<c.{_NAMES[colour]}>", "</c>"
    return f'<font color="{colour}">', "</font>"  # players pass over tags that they do not know


def _common(text: str, *, overrides: bool) -> str:
    """With ``<font>`` for every way to say a colour, and no tags that only one format has."""
    told: list[str] = []
    coloured: list[bool] = []
    for run, tag in runs(text):
        if tag is None or tag["name"] in _PLAIN or (overrides and run[0] == "{"):
            told.append(run)
        elif run[0] == "{":
            told.append(_overridden(run, coloured))
        elif tag["name"] in {"c", "font"}:
            told.append(_tagged(tag, coloured))
    common = "".join(told) + "</font>" * sum(coloured)
    return balanced(common) if "<font" in common else common


def _nested(text: str) -> str:
    """A text whose tags end in any order, as overrides do, with tags one inside the other."""
    told: list[str] = []
    wanted: list[tuple[str, str]] = []
    opened: list[tuple[str, str]] = []
    for run, tag in [*runs(text), ("", None)]:
        if tag is None or tag["name"] is None:
            kept = len(opened) if run else 0
            while opened[:kept] != wanted[:kept]:
                kept -= 1
            told += [f"</{name}>" for name, _ in reversed(opened[kept:])]
            opened = list(wanted) if run else []
            told += [*(start for _, start in opened[kept:]), run]
        elif not tag["end"]:
            wanted.append((tag["name"], run))
        else:
            last = [at for at, (name, _) in enumerate(wanted) if name == tag["name"]][-1:]
            wanted = [item for at, item in enumerate(wanted) if at not in last]
    return "".join(told)


def _tagged(tag: re.Match[str], coloured: list[bool]) -> str:
    """A ``<font>`` or ``<c>``, where it says a colour."""
    if tag["end"]:
        return "</font>" if coloured and coloured.pop() else ""
    classes = (_CLASSES.get(name) for name in tag["more"].split()[0].split(".")) if tag["more"] else ()
    colour = colour_of(tag["more"]) if tag["name"] == "font" else next(filter(None, classes), None)
    coloured.append(colour is not None)
    return f'<font color="{colour}">' if colour else ""


def _overridden(run: str, coloured: list[bool]) -> str:
    """The colours and simple styles of an override; a new colour ends the one before."""
    told = ""
    for found in _OVERRIDE.finditer(run):
        if found[2]:
            on = found[3] == "1" or int(found[3]) > _NORMAL
            told += f"<{'' if on else '/'}{found[2].lower()}>"
            continue
        if coloured and coloured.pop():
            told += "</font>"
        if found[1]:
            blue, green, red = (found[1][at : at + 2].lower() for at in (0, 2, 4))
            told += f'<font color="#{red}{green}{blue}">'
            coloured.append(True)
    return told
