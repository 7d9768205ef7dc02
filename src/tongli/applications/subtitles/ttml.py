"""Timed Text Markup Language: times in any of its notations, spans, regions, agents.

References:
    W3C (2018), "Timed Text Markup Language 1 (TTML1), third edition".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree as ET

from tongli.applications.subtitles.clock import clock, damaged, joined
from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.foreign import colour_of
from tongli.applications.subtitles.markup import runs

TT = "{http://www.w3.org/ns/ttml}"
_TTS, _TTP, _TTM = (f"{TT[:-1]}#{part}}}" for part in ("styling", "parameter", "metadata"))
_XML = "{http://www.w3.org/XML/1998/namespace}"
_STYLES = {
    "i": ("fontStyle", "italic"),
    "b": ("fontWeight", "bold"),
    "u": ("textDecoration", "underline"),
    "s": ("textDecoration", "lineThrough"),
}
_LOOKS = (*dict.fromkeys(key for key, _ in _STYLES.values()), "color")
_COLOUR = re.compile(r"(#[0-9A-Fa-f]{6})(?:[0-9A-Fa-f]{2})?|[a-z]+")
_ROWS = ("after", "center", "before")
_SIDES = ("left", "center", "right")
_WHITE = frozenset({"white", "#ffffff"})
"""What players show anyway."""
_OLD = re.compile(r"http://www\.w3\.org/2006/(?:04|10)/ttaf1(#style(?=[\"'])|)")
_OURS = re.compile(r"place([1-9])")
_CLOCK = re.compile(r"(\d{2,}):(\d\d):(\d\d)(?:(\.\d+)|:(\d+)(?:\.\d+)?)?")
_OFFSET = re.compile(r"(\d+(?:\.\d+)?)(h|m|s|ms|f|t)")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def parse(text: str) -> Track:
    """Cues of a file: one for every ``p`` that has times and a place in time.

    Raises:
        InputError: ``subtitles.damaged``.
    """
    if "<!ENTITY" in text:
        raise damaged(0, "entities of its own, which are not read")
    text = _OLD.sub(lambda old: TT[1:-1] + ("#styling" if old[1] else ""), text)
    try:
        root = ET.fromstring(text)  # noqa: S314 - entities are refused above
    except ET.ParseError as error:
        raise damaged(error.position[0], "XML that is not well-formed") from None
    body = root.find(f"{TT}body")
    if root.tag != f"{TT}tt" or body is None:
        raise damaged(1, "no body of TTML")
    cues = tuple(_Reader(root).cues(body, _Held()))
    root.remove(body)
    return Track(cues=cues, form="ttml", head=ET.tostring(root, encoding="unicode"))


def write(track: Track) -> str:
    """The file, with times in milliseconds."""
    same = track.form == "ttml"
    root = ET.fromstring(track.head) if same and track.head else ET.Element(f"{TT}tt")  # noqa: S314
    root.set(f"{_XML}lang", root.get(f"{_XML}lang", ""))
    _Writer(root, same=same).add(track.cues)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def spelled(track: Track) -> Track:
    """The track with tags for what styles of its head say, for formats that do not have them."""
    if not track.head:
        return track
    reader = _Reader(ET.fromstring(track.head))  # noqa: S314 - as parse has read it
    cues = []
    for cue in track.cues:
        names = dict(cue.settings).get("style", "")
        found = {key: value for key in _LOOKS if (value := reader.named_look(names, key))}
        cues.append(replace(cue, text=_wrapped(cue.text, found, but=_WHITE)))
    return replace(track, cues=tuple(cues))


def milliseconds(told: str, *, frame_rate: float, tick_rate: float) -> int:
    """A time expression; raises ``InputError`` ``subtitles.damaged``."""
    if found := _CLOCK.fullmatch(told):
        hours, minutes, seconds, fraction, frames = found.groups()
        exact = float(fraction or 0) + int(frames or 0) / frame_rate
        return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + round(exact * 1000)
    if found := _OFFSET.fullmatch(told):
        scale = {
            "h": 3_600_000,
            "m": 60_000,
            "s": 1000,
            "ms": 1,
            "f": 1000 / frame_rate,
            "t": 1000 / tick_rate,
        }
        return round(float(found[1]) * scale[found[2]])
    raise damaged(0, "a time that is none of TTML")


@dataclass(frozen=True, slots=True)
class _Held:
    """What an element takes from those that hold it: times, region, styles by name, attributes of styling."""

    begin: int = 0
    end: int | None = None
    region: str = ""
    styles: str = ""
    looks: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Reader:
    root: ET.Element
    frame_rate: float = field(init=False)
    tick_rate: float = field(init=False)
    named: dict[str, ET.Element] = field(init=False)

    def __post_init__(self) -> None:
        get = self.root.get
        try:
            self.frame_rate = float(get(f"{_TTP}frameRate", "30"))
            top, bottom = (get(f"{_TTP}frameRateMultiplier") or "1 1").replace(":", " ").split()
            self.frame_rate *= float(top) / float(bottom)
            self.tick_rate = float(get(f"{_TTP}tickRate", "0")) or (
                self.frame_rate if get(f"{_TTP}frameRate") else 1.0
            )
        except (ValueError, ZeroDivisionError):
            raise damaged(0, "rates that are no numbers") from None
        if min(self.frame_rate, self.tick_rate) <= 0:
            raise damaged(0, "rates that are not positive")
        self.named = {key: item for item in self.root.iter() if (key := item.get(f"{_XML}id"))}

    def cues(self, element: ET.Element, held: _Held) -> Iterator[Cue]:
        """Of an element and what is in it; times count from the beginning of what holds them."""
        held = self._held(element, held)
        if element.tag == f"{TT}p":
            yield from self._cue(element, held)
            return
        for child in element:
            if child.tag in {f"{TT}div", f"{TT}p"}:
                inside = list(self.cues(child, held))
                yield from inside
                if element.get("timeContainer") == "seq":
                    held = replace(held, begin=max([held.begin, *(cue.end for cue in inside)]))

    def named_look(self, names: str, key: str) -> str:
        """What the styles of these names say; the last one that says something."""
        styles = (self.named.get(name) for name in reversed(names.split()))
        found = (style.get(f"{_TTS}{key}", "") for style in styles if style is not None)
        return next(filter(None, found), "")

    def _held(self, element: ET.Element, held: _Held) -> _Held:
        begin, end = self._times(element, begin=held.begin, end=held.end)
        own = {key: value for key in _LOOKS if (value := element.get(f"{_TTS}{key}"))}
        styles = element.get("style", "").split()
        before = [name for name in held.styles.split() if name not in styles]
        return _Held(
            begin=begin,
            end=end,
            region=element.get("region", held.region),
            styles=" ".join([*before, *styles]),
            looks={**held.looks, **own},
        )

    def _times(self, element: ET.Element, *, begin: int, end: int | None) -> tuple[int, int | None]:
        def read(name: str) -> int | None:
            told = element.get(name)
            return (
                None
                if told is None
                else milliseconds(told.strip(), frame_rate=self.frame_rate, tick_rate=self.tick_rate)
            )

        start = begin + (read("begin") or 0)
        stop, lasting = read("end"), read("dur")
        ends = [end] if end is not None else []
        ends += [begin + stop] if stop is not None else []
        ends += [start + lasting] if lasting is not None else []
        return start, min(ends, default=None)

    def _cue(self, element: ET.Element, held: _Held) -> Iterator[Cue]:
        text = joined(self._text(element, kept=self._keeps(element)).split("\n"))
        if held.end is None:
            if text:
                raise damaged(0, "a paragraph without an end")
            return
        ours = _OURS.fullmatch(held.region)
        told = (("region", "" if ours else held.region), ("style", held.styles))
        yield Cue(
            start=held.begin,
            end=held.end,
            text=_wrapped(text, held.looks),
            speaker=self._agent(element),
            position=int(ours[1]) if ours else self._position(held.region),
            name=element.get(f"{_XML}id", ""),
            settings=tuple((key, value) for key, value in told if value),
        )

    def _text(self, element: ET.Element, *, kept: bool) -> str:
        """With line breaks and tags; white space as ``xml:space`` says."""
        told = _spaced(element.text, kept=kept)
        for child in element:
            if child.tag == f"{TT}br":
                told = (told if kept else told.rstrip(" ")) + "\n"
            elif child.tag == f"{TT}span":
                told += _wrapped(self._text(child, kept=kept), self._looks(child))
            after = _spaced(child.tail, kept=kept)
            told += after if kept or not told.endswith("\n") else after.lstrip(" ")
        return told if kept or element.tag != f"{TT}p" else told.strip(" ")

    def _looks(self, element: ET.Element) -> dict[str, str]:
        names = element.get("style", "")
        return {key: element.get(f"{_TTS}{key}") or self.named_look(names, key) for key in _LOOKS}

    def _keeps(self, element: ET.Element) -> bool:
        default = self.root.get(f"{_XML}space", "default")
        return element.get(f"{_XML}space", default) == "preserve"

    def _agent(self, element: ET.Element) -> str | None:
        agent = self.named.get(element.get(f"{_TTM}agent", ""))
        return agent.findtext(f"{_TTM}name") if agent is not None else None

    def _position(self, region: str) -> int | None:
        found = self.named.get(region)
        if found is None:
            return None
        told = {key: item.get(key) for item in found.iter() for key in item.keys()}  # noqa: SIM118
        row, side = told.get(f"{_TTS}displayAlign"), told.get(f"{_TTS}textAlign") or "center"
        side = {"start": "left", "end": "right"}.get(side, side)
        return 3 * _ROWS.index(row) + _SIDES.index(side) + 1 if row in _ROWS and side in _SIDES else None


@dataclass(slots=True)
class _Writer:
    root: ET.Element
    same: bool
    agents: dict[str, str] = field(default_factory=dict)

    def add(self, cues: tuple[Cue, ...]) -> None:
        """A body with the cues, and in the head the regions and agents that they name."""
        holder = ET.SubElement(ET.SubElement(self.root, f"{TT}body"), f"{TT}div")
        for cue in cues:
            self._paragraph(holder, cue)

    def _paragraph(self, holder: ET.Element, cue: Cue) -> None:
        found = ET.SubElement(
            holder, f"{TT}p", begin=clock(cue.start, point="."), end=clock(cue.end, point=".")
        )
        found.set(f"{_XML}space", "preserve")
        settings = dict(cue.settings) if self.same else {}
        if cue.position is not None and "region" not in settings:
            settings["region"] = self._region(cue.position)
        if cue.name and self.same:
            found.set(f"{_XML}id", cue.name)
        if cue.speaker:
            found.set(f"{_TTM}agent", self._agent(cue.speaker))
        found.attrib.update(settings)
        _fill(found, _FORBIDDEN.sub("\ufffd", cue.text))

    def _region(self, position: int) -> str:
        name = f"place{position}"
        if not any(item.get(f"{_XML}id") == name for item in self.root.iter(f"{TT}region")):
            region = ET.SubElement(self._head("layout"), f"{TT}region", {f"{_XML}id": name})
            region.set(f"{_TTS}displayAlign", _ROWS[(position - 1) // 3])
            region.set(f"{_TTS}textAlign", _SIDES[(position - 1) % 3])
            region.set(f"{_TTS}origin", "10% 10%")
            region.set(f"{_TTS}extent", "80% 80%")
        return name

    def _agent(self, speaker: str) -> str:
        if not self.agents:
            known = ((item.findtext(f"{_TTM}name"), item.get(f"{_XML}id")) for item in self._agents())
            self.agents.update((name, key) for name, key in known if name and key)
        if speaker not in self.agents:
            taken = {item.get(f"{_XML}id") for item in self.root.iter()}
            free = (name for number in range(1, len(taken) + 2) if (name := f"agent{number}") not in taken)
            self.agents[speaker] = next(free)
            more = {f"{_XML}id": self.agents[speaker], "type": "person"}
            agent = ET.SubElement(self._head("metadata"), f"{_TTM}agent", more)
            ET.SubElement(agent, f"{_TTM}name", type="full").text = _FORBIDDEN.sub("\ufffd", speaker)
        return self.agents[speaker]

    def _agents(self) -> Iterator[ET.Element]:
        return self.root.iter(f"{_TTM}agent")

    def _head(self, name: str) -> ET.Element:
        """A part of the head, made where it is missing; the standard fixes the order of the parts."""
        head = self.root.find(f"{TT}head")
        if head is None:
            head = ET.Element(f"{TT}head")
            self.root.insert(0, head)
        found = head.find(f"{TT}{name}")
        if found is None:
            found = ET.Element(f"{TT}{name}")
            head.insert(0 if name == "metadata" else len(head), found)
        return found


def _wrapped(text: str, looks: Mapping[str, str], *, but: Collection[str] = ()) -> str:
    """A text in tags for attributes of styling; ``but``: colours that need none."""
    names = [name for name, (key, value) in _STYLES.items() if value in looks.get(key, "").split()]
    found = _COLOUR.fullmatch(looks.get("color", ""))
    colour = (found[1] or found[0]).lower() if found is not None else ""
    if text and colour and colour not in but:
        text = f'<font color="{colour}">{text}</font>'
    starts = "".join(f"<{name}>" for name in names)
    ends = "".join(f"</{name}>" for name in reversed(names))
    return starts + text + ends if text else text


def _spaced(text: str | None, *, kept: bool) -> str:
    """Text of an element; a line end in the source is no line of a subtitle."""
    return (text or "").replace("\n", " ") if kept else re.sub(r"[ \t\r\n]+", " ", text or "")


def _fill(element: ET.Element, text: str) -> None:
    """Text with tags as spans and line breaks; a tag that nothing closes is left out."""
    stack: list[tuple[str, ET.Element]] = [("", element)]
    for run, tag in runs(text):
        name = tag["name"] if tag else None
        if tag is None:
            _append(stack[-1][1], run)
        elif tag["end"] and name and stack[-1][0] == name:
            stack.pop()
        elif name and not tag["end"] and (style := _style(tag)) is not None:
            stack.append((name, ET.SubElement(stack[-1][1], f"{TT}span", style)))


def _style(tag: re.Match[str]) -> dict[str, str] | None:
    """Attributes of the span that a tag becomes; ``None`` for a tag that has no meaning here."""
    if tag["name"] == "font":
        colour = colour_of(tag["more"])
        return {f"{_TTS}color": colour} if colour else {}
    if tag["name"] not in _STYLES:
        return None
    key, value = _STYLES[tag["name"]]
    return {f"{_TTS}{key}": value}


def _append(element: ET.Element, text: str) -> None:
    first, *more = text.split("\n")
    _add_text(element, first)
    for line in more:
        ET.SubElement(element, f"{TT}br").tail = line


def _add_text(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
