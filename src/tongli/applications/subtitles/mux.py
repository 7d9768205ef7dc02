"""Subtitles into a video file as tracks that a player can switch on; picture and sound stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.limits import codes
from tongli.applications.subtitles.srt import body
from tongli.applications.subtitles.video_file import written
from tongli.core import ConfigError
from tongli.encoders.audio.opened import opened, require_av
from tongli.knowledge import tags

if TYPE_CHECKING:
    from av import Packet
    from av.container import InputContainer, OutputContainer
    from av.subtitles.stream import SubtitleStream

CODECS = {".mp4": "mov_text", ".m4v": "mov_text", ".mov": "mov_text", ".mkv": "subrip", ".webm": "webvtt"}
"""Suffix of a video file → how subtitles are kept in it."""
_MS = Fraction(1, 1000)


def mux_tracks(source: Path, target: Path, tracks: Sequence[tuple[str, Track]]) -> None:
    """Copy a video with subtitle tracks added; subtitles that it had are left behind.

    Args:
        source: a video or sound file.
        target: another file, whose suffix is one of :data:`CODECS`.
        tracks: BCP-47 tag and subtitles of each, in the order in which players offer them.

    Raises:
        ConfigError: ``subtitles.container`` for another suffix, ``subtitles.same-file``, ``audio.extra``.
        InputError: the source cannot be read, or its picture or sound does not go into the container
            (``subtitles.video``).
        StorageError: ``storage.write``.
    """
    codec = codec_for(target)
    av = require_av()
    with written(source, target) as part, opened(source) as given, av.open(str(part), "w") as made:
        copies = {
            stream.index: made.add_stream_from_template(stream)
            for stream in given.streams
            if stream.type in {"video", "audio"}
        }
        streams = [_added(made, codec, lang) for lang, _ in tracks]  # all, before anything is written
        for stream, (_, track) in zip(streams, tracks, strict=True):
            for number, cue in enumerate(track.cues):
                made.mux(_packet(stream, number, cue))
        _copy(given, made, copies)


def codec_for(target: Path) -> str:
    """How subtitles are kept in such a file; raises ``ConfigError`` ``subtitles.container``."""
    codec = CODECS.get(target.suffix.lower())
    if codec is None:
        raise ConfigError(
            "subtitles.container",
            received=target.suffix or "a name without a suffix",
            allowed=", ".join(CODECS),
            fix="Name the output with one of these suffixes.",
        )
    return codec


def _added(made: OutputContainer, codec: str, lang: str) -> SubtitleStream:
    stream: SubtitleStream = made.add_stream(codec)  # type: ignore[assignment]
    stream.time_base = _MS
    stream.metadata["language"] = _code(lang)
    stream.codec_context.subtitle_header = (files("tongli.knowledge") / "subtitles.ass").read_bytes()
    return stream


def _code(lang: str) -> str:
    """The three letters (ISO 639-2) that video files hold, or the tag as it is where there are none."""
    primary = tags.primary(lang)
    return codes().get(primary, primary)


def _packet(stream: SubtitleStream, number: int, cue: Cue) -> Packet[SubtitleStream]:
    import av

    # FFmpeg takes every text subtitle as a line of an ASS file, and writes it in the codec's own form.
    line = f"{number},0,Default,,0,0,0,," + body(cue).replace("\n", r"\N")
    told = av.subtitles.subtitle.SubtitleSet.create(text=line.encode(), start=0, end=cue.duration)
    packet = stream.codec_context.encode_subtitle(told)
    packet.stream, packet.time_base = stream, _MS
    packet.pts = packet.dts = cue.start
    packet.duration = cue.duration
    return packet


def _copy(given: InputContainer, made: OutputContainer, copies: dict[int, object]) -> None:
    for packet in given.demux():
        if packet.dts is not None and packet.stream.index in copies:
            packet.stream = copies[packet.stream.index]  # type: ignore[assignment]
            made.mux(packet)
