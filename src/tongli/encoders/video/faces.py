"""E of a video's faces: found in each frame looked at, and followed over time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tongli.core.face import Face, FaceEncoding
from tongli.encoders.image.faces import FACE_ENCODER, FaceEncoder
from tongli.encoders.image.picture import Pixels, resized
from tongli.encoders.video.frames import read_video, video_info
from tongli.encoders.video.tracks import Tracker

_LONG_SIDE = 512
"""Frames are searched at this size: a face of 1,080 lines is found from 40 pixels, which can be read too."""

_SKETCH = (16, 9)
_CUT = 45.0
"""Mean difference of two frames' sketches, 0..255, from which the scene has changed."""


def encode_video(path: Path, encoder: FaceEncoder) -> FaceEncoding:
    """The faces of a video; memory stays flat, for faces are kept and frames are not.

    Raises:
        ConfigError, InputError: as for :func:`tongli.encoders.video.frames.read_video`.
        ModelError: the face models cannot be had.
    """
    info = video_info(path)
    told = info.seconds or 0.0
    tracker = Tracker(step=info.step)
    faces: list[Face] = []
    frames, last, size = 0, 0.0, (0, 0)
    before: Pixels | None = None
    for frame in read_video(path, step=info.step):
        sketch = resized(frame.pixels, _SKETCH)
        if before is not None and _differ(before, sketch) > _CUT:
            tracker.cut()
        faces += tracker.update(encoder.faces(frame.pixels, long_side=_LONG_SIDE), time=frame.time)
        frames, last, before = frames + 1, frame.time, sketch
        size = (frame.pixels.shape[1], frame.pixels.shape[0])
    return FaceEncoding(
        faces=tuple(faces),
        size=size,
        encoder=FACE_ENCODER,
        frames=frames,
        seconds=told if told > last else last + info.step,  # a damaged file may tell less than it holds
        step=info.step,
    )


def _differ(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(np.int16) - other).mean())
