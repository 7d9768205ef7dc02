"""E of a picture or a video: faces, where they are, and how fit each is to be read.

A face is a place and an expression. Nothing here says, or lets anything say, whose face it is or what kind
of person it belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

from tongli.core.encoding import FloatArray

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in pixels of the upright picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face in one picture or frame.

    Attributes:
        box: where it is.
        certainty: 0..1, how sure the detector is that it is a face.
        quality: 0..1, how well an expression can be seen on it; 0 when it is unfit.
        logits: shape ``(7,)``, one an expression in the order of ``FER_LABELS``, uncalibrated; ``None`` when
            the face is unfit.
        unfit: why it is not read (too small, blurred, turned away, …).
        time: seconds from the start of a video.
        track: number of the face within one picture or video: where it was in the frame before. Tracks
            identify nobody, and are not compared between recordings.
    """

    box: Box
    certainty: float
    quality: float = 0.0
    logits: FloatArray | None = None
    unfit: str | None = None
    time: float = 0.0
    track: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceEncoding:
    """The faces of one picture or video.

    Attributes:
        faces: in order of time, then by size, the largest first.
        size: width and height of the upright picture in pixels.
        encoder: which models made it.
        frames: pictures looked at.
        seconds: length of the video; ``None`` for a picture.
        step: seconds from one looked-at frame to the next; 0 for a picture.
    """

    faces: tuple[Face, ...]
    size: tuple[int, int]
    encoder: str
    frames: int = 1
    seconds: float | None = None
    step: float = 0.0
