"""E of faces: a picture to faces, each with what its expression looks like, or why it is not read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tongli.core import FloatArray, Settings
from tongli.core.face import Face, FaceEncoding
from tongli.encoders.image.crop import cut_out
from tongli.encoders.image.detector import Detection, Detector
from tongli.encoders.image.expression_graph import SIDE
from tongli.encoders.image.picture import Pixels, resized
from tongli.encoders.image.prepared import DETECTOR, EXPRESSION, detector_file, expression_file
from tongli.encoders.image.quality import Quality, judge
from tongli.encoders.session import open_session

FACE_ENCODER = f"{EXPRESSION.requirement}, {DETECTOR.requirement}"
_UPRIGHT_SIDE, _TURNED_SIDE = 1024, 640
_TURNS = (0, 1, 3, 2)
"""Quarter turns in which a picture is searched: upright, then as phones hand it over."""


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
        """The faces of a picture. When none can be read upright, it is searched in quarter turns too."""
        best: tuple[list[Face], Pixels] = ([], pixels)
        for turns in _TURNS:
            turned = np.ascontiguousarray(np.rot90(pixels, turns))
            faces = self.faces(turned, long_side=_TURNED_SIDE if turns else _UPRIGHT_SIDE)
            if any(face.unfit is None for face in faces):
                best = faces, turned
                break
            best = max(best, (faces, turned), key=lambda found: len(found[0]))
        faces, turned = best
        height, width = turned.shape[:2]
        return FaceEncoding(faces=tuple(faces), size=(width, height), encoder=FACE_ENCODER)

    def faces(self, pixels: Pixels, *, long_side: int = _UPRIGHT_SIDE) -> list[Face]:
        """The upright faces of a picture or frame, the largest first; ``track`` is the place in this order.

        Args:
            pixels: the picture.
            long_side: see :class:`Detector`.
        """
        detect, _ = self._models()
        found = detect(pixels, long_side=long_side)
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
