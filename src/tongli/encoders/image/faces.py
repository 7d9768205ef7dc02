"""E of faces: a picture to faces, each with what its expression looks like, or why it is not read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tongli.core import FloatArray, Settings
from tongli.core.face import Face, FaceEncoding
from tongli.encoders.image.crop import cut_out
from tongli.encoders.image.detector import Detection, Detector
from tongli.encoders.image.expression_graph import SIDE
from tongli.encoders.image.orientation import upright
from tongli.encoders.image.picture import Pixels, resized
from tongli.encoders.image.prepared import DETECTOR, EXPRESSION, detector_file, expression_file
from tongli.encoders.image.quality import Quality, judge
from tongli.encoders.session import open_session

FACE_ENCODER = f"{EXPRESSION.requirement}, {DETECTOR.requirement}"


class FaceEncoder:
    """Faces and expressions, on ONNX Runtime.

    Args:
        settings: cache and offline switch; ``None`` reads the environment.

    The constructor is cheap; :meth:`load` prepares and reads the models, and is called by the first picture.
    """

    def __init__(self, *, settings: Settings | None = None) -> None:
        self._settings = settings or Settings.from_env()
        self._loaded: tuple[Detector, Any] | None = None

    def load(self) -> None:
        """Read the models.

        Raises:
            ModelError: they cannot be had.
            ConfigError: ``image.package``.
        """
        self._models()

    def encode(self, pixels: Pixels) -> FaceEncoding:
        """The faces of a picture, turned the right way up if need be; ``track`` is their place by size."""
        turned, found = upright(pixels, self._models()[0])
        height, width = turned.shape[:2]
        return FaceEncoding(
            faces=tuple(self._read(turned, found)), size=(width, height), encoder=FACE_ENCODER
        )

    def faces(self, pixels: Pixels, *, long_side: int) -> list[Face]:
        """The faces of one frame as it is, the largest first.

        Args:
            pixels: the frame.
            long_side: see :class:`Detector`.
        """
        return self._read(pixels, self._models()[0](pixels, long_side=long_side))

    def _read(self, pixels: Pixels, found: Sequence[Detection]) -> list[Face]:
        size = (pixels.shape[1], pixels.shape[0])
        crops = [cut_out(pixels, face) for face in found]
        judged = [judge(face, crop, size=size) for face, crop in zip(found, crops, strict=True)]
        logits = self._logits([crop for crop, kept in zip(crops, judged, strict=True) if kept.unfit is None])
        return [
            _face(face, quality, track=track, logits=next(logits) if quality.unfit is None else None)
            for track, (face, quality) in enumerate(zip(found, judged, strict=True))
        ]

    def _logits(self, crops: list[FloatArray]) -> Iterator[FloatArray]:
        if not crops:
            return
        _, expression = self._models()
        faces = [resized(crop.astype(np.uint8), (SIDE, SIDE)) for crop in crops]
        batch = np.stack(faces)[:, None].astype(np.float32) / 127.5 - 1
        yield from expression.run(None, {"faces": batch})[0]

    def _models(self) -> tuple[Detector, Any]:
        if self._loaded is None:
            expression = open_session(expression_file(self._settings), fuse=True)
            self._loaded = Detector(detector_file(self._settings)), expression
        return self._loaded


def _face(found: Detection, quality: Quality, *, track: int, logits: FloatArray | None) -> Face:
    return Face(
        box=found.box,
        certainty=round(found.certainty, 4),
        quality=quality.score,
        logits=logits,
        unfit=quality.unfit,
        track=track,
    )
