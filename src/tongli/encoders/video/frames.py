"""Frames of a video, some a second, one in memory at a time. Its sound is read by ``encoders.audio``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tongli.core import InputError
from tongli.encoders.audio.opened import opened
from tongli.encoders.image.picture import Pixels

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer
    from av.video.stream import VideoStream

_MOST_A_SECOND, _LEAST_A_SECOND = 4.0, 1.0
_ENOUGH = 1200
"""Frames that are enough for one video: more than five minutes are sampled less often."""

_LONG_SIDE = 1280
_MICROSECOND = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame, upright.

    Attributes:
        pixels: ``(height, width, 3)``, RGB, at most 1,280 pixels on its longer side.
        time: seconds from the start of the file, as for its sound.
    """

    pixels: Pixels
    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoInfo:
    """What a file says of itself.

    Attributes:
        seconds: how long it is; ``None`` when it does not say.
        step: seconds between the frames that are looked at.
    """

    seconds: float | None
    step: float


def video_info(path: Path) -> VideoInfo:
    """Length and sampling of a video.

    Raises:
        ConfigError: ``audio.extra`` without PyAV.
        InputError: ``input.missing``, ``input.directory``; ``audio.format`` for what FFmpeg cannot read;
            ``video.none`` for a file without a picture.
        StorageError: ``input.unreadable``.
    """
    with opened(path) as container:
        picture_of(container)
        seconds = container.duration * _MICROSECOND if container.duration else None
    rate = _MOST_A_SECOND if not seconds else min(_MOST_A_SECOND, max(_LEAST_A_SECOND, _ENOUGH / seconds))
    return VideoInfo(seconds=seconds, step=1 / rate)


def read_video(path: Path, *, step: float | None = None) -> Iterator[Frame]:
    """Frames of a video, ``step`` seconds apart; ``None`` chooses as :func:`video_info` says.

    What can be read of a damaged file is kept.

    Raises:
        ConfigError, InputError: as for :func:`video_info`; ``video.damaged`` when no frame can be decoded.
    """
    step = video_info(path).step if step is None else step
    following = -1.0
    with opened(path) as container:
        start = (container.start_time or 0) * _MICROSECOND
        for count, frame in enumerate(_decoded(container)):
            time = max(0.0, frame.time - start) if frame.time is not None else count * step
            if time >= following:
                following = (time // step + 1) * step
                yield Frame(pixels=_pixels(frame), time=time)


def picture_of(container: InputContainer) -> VideoStream:
    """The first picture track that moves: the cover of a piece of music does not count.

    Raises:
        InputError: ``video.none``.
    """
    for stream in container.streams.video:
        if stream.codec_context is not None and not _is_cover(stream):
            return stream
    raise InputError(
        "video.none",
        received="a file without a picture track",
        allowed="a video",
        fix="Read it as sound, or check that it has not lost its picture.",
    )


def _is_cover(stream: VideoStream) -> bool:
    from av.stream import Disposition

    return bool(stream.disposition & Disposition.attached_pic)


def _decoded(container: InputContainer) -> Iterator[VideoFrame]:
    """Frames in order; damaged packets are passed over, and the end of a truncated file ends them."""
    import av

    stream = picture_of(container)
    stream.codec_context.skip_frame = "NONREF"  # enough are left, and decoding is twice as fast
    packets = container.demux(stream)
    any_read = False
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError:
            break
        if packet is None:
            break
        try:
            for frame in packet.decode():
                any_read = True
                yield frame
        except av.FFmpegError:
            continue
    if not any_read:
        raise InputError(
            "video.damaged",
            received="a picture track of which no frame can be decoded",
            allowed="a file that plays, without encryption",
            fix="Check that the file plays; convert it to MP4.",
        )


def _pixels(frame: VideoFrame) -> Pixels:
    """RGB, turned as the file says that it must be shown."""
    scale = min(1.0, _LONG_SIDE / max(frame.width, frame.height))
    width, height = (max(1, round(side * scale)) for side in (frame.width, frame.height))
    pixels = frame.to_ndarray(format="rgb24", width=width, height=height)
    return np.ascontiguousarray(np.rot90(pixels, round(frame.rotation / 90)))
