"""Subtitles drawn into the picture of a video, for players that show none.

Pillow draws them with Raqm, so that right-to-left scripts and ligatures come out as they are written.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tongli.applications.subtitles.cue import Cue, Track
from tongli.applications.subtitles.drawn import Drawing
from tongli.applications.subtitles.video_file import written
from tongli.core import InputError
from tongli.encoders.audio.opened import opened, require_av

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer, OutputContainer
    from av.video.stream import VideoStream

_OPTIONS = {"crf": "20", "preset": "veryfast"}
_MARGIN = 0.05
"""Share of the height below the subtitles."""


def burn_in(
    source: Path,
    target: Path,
    track: Track,
    drawing: Drawing,
    *,
    progress: Callable[[float, float | None], None] | None = None,
) -> None:
    """Write a video with the subtitles in its picture; the sound is copied as it is.

    Args:
        source: a video file.
        target: another file, in a format that holds H.264 (``.mp4``, ``.mov``, ``.mkv``).
        track: the subtitles.
        drawing: how they are drawn.
        progress: called with the seconds done and those of all, where known.

    Raises:
        ConfigError: ``subtitles.same-file``, ``audio.extra``, ``subtitles.font``.
        InputError: ``subtitles.no-picture``; the source cannot be read; ``subtitles.video``.
        StorageError: ``storage.write``.
    """
    drawing.require(cue.text for cue in track.cues)
    av = require_av()
    with written(source, target) as part, opened(source) as given, av.open(str(part), "w") as made:
        picture = _picture(given)
        streams = _streams(given, made, picture)
        total = given.duration / 1_000_000 if given.duration else None
        shown = _Shown(track, drawing)
        for packet in given.demux():
            if packet.stream.index not in streams:
                continue
            stream = streams[packet.stream.index]
            if packet.stream is not picture:
                if packet.dts is not None:
                    packet.stream = stream
                    made.mux(packet)
                continue
            for frame in picture.decode(packet):
                made.mux(stream.encode(shown.on(frame)))
                if progress and frame.time is not None:
                    progress(frame.time, total)
        made.mux(streams[picture.index].encode(None))


def _picture(given: InputContainer) -> VideoStream:
    if not given.streams.video:
        raise InputError(
            "subtitles.no-picture",
            received="a recording without a picture",
            allowed="a video, to draw subtitles into",
            fix="Write a subtitle file with --out instead.",
        )
    return given.streams.video[0]


def _streams(given: InputContainer, made: OutputContainer, picture: VideoStream) -> dict[int, Any]:
    """Output streams by the index of what goes into them."""
    rate = picture.average_rate or 25
    stream = made.add_stream("libx264", rate=rate, options=_OPTIONS)
    turned = _turned(picture)
    stream.width, stream.height = (
        (picture.height, picture.width) if turned % 180 else (picture.width, picture.height)
    )
    stream.width, stream.height = stream.width // 2 * 2, stream.height // 2 * 2  # H.264 takes even sizes
    stream.pix_fmt = "yuv420p"
    stream.codec_context.time_base = picture.time_base or Fraction(1, 1000)
    found: dict[int, Any] = {picture.index: stream}
    for sound in given.streams.audio:
        found[sound.index] = made.add_stream_from_template(sound)
    return found


def _turned(picture: VideoStream) -> int:
    """Degrees by which a player turns the picture."""
    with opened(Path(picture.container.name.removeprefix("file:"))) as again:
        frame = next(again.decode(video=0), None)
        return 0 if frame is None else int(frame.rotation)


class _Shown:
    """Frames with the cues of their time on them."""

    def __init__(self, track: Track, drawing: Drawing) -> None:
        self._coming = deque(sorted(track.cues, key=lambda cue: cue.start))
        self._shown: list[Cue] = []
        self._drawing = drawing

    def on(self, frame: VideoFrame) -> VideoFrame:
        import av

        turned = np.rot90(frame.to_ndarray(format="rgb24"), round(frame.rotation / 90))
        pixels: NDArray[np.uint8] = turned[: len(turned) // 2 * 2, : turned.shape[1] // 2 * 2].astype(
            np.uint8
        )
        now = 1000 * (frame.time or 0.0)
        while self._coming and self._coming[0].start <= now:
            self._shown.append(self._coming.popleft())
        self._shown = [cue for cue in self._shown if cue.end > now]
        self._draw(pixels)
        made = av.VideoFrame.from_ndarray(pixels, format="rgb24")
        made.pts, made.time_base = frame.pts, frame.time_base
        return made

    def _draw(self, pixels: NDArray[np.uint8]) -> None:
        """Each cue at its place; those at the same height, one above the other."""
        height, width = pixels.shape[:2]
        margin = round(_MARGIN * height)
        taken = [0, 0, 0]
        for cue in self._shown:
            drawn = self._drawing.image(cue.text, height=height, width=width)
            row, column = divmod((cue.position or 2) - 1, 3)
            far = margin + taken[row]
            tops = (height - far - len(drawn), (height - len(drawn)) // 2 + taken[row], far)
            lefts = (margin, (width - drawn.shape[1]) // 2, width - margin - drawn.shape[1])
            taken[row] += len(drawn)
            _blend(pixels, drawn, top=max(0, tops[row]), left=max(0, lefts[column]))


def _blend(pixels: NDArray[np.uint8], drawn: NDArray[np.uint8], *, top: int, left: int) -> None:
    """Put an image with transparency on a picture, in place."""
    under = pixels[top : top + len(drawn), left : left + drawn.shape[1]]
    over = drawn[: len(under), : under.shape[1]].astype(np.uint16)
    opacity = over[..., 3:]
    under[...] = ((over[..., :3] * opacity + under * (255 - opacity)) // 255).astype(np.uint8)
