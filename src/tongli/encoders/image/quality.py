"""Whether an expression can be seen on a face: size, edge, pose, light, blur, cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray
from tongli.encoders.image.crop import TAUGHT, centre_of, side_of
from tongli.encoders.image.detector import Detection

MIN_SIDE = 40.0
_MAX_OUTSIDE = 0.2
_MAX_TURN = 0.55
_NOD = (0.2, 0.85)
_MIN_CONTRAST = 12.0
_MIN_SHARPNESS = 0.03
_MIN_FEATURE = 0.25

_EYE_LEFT, _EYE_RIGHT, _MOUTH = (
    (slice(12, 23), slice(8, 22)),
    (slice(12, 23), slice(26, 40)),
    (slice(32, 45), slice(14, 34)),
)
"""Rows and columns of the features in a face that is cut out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How well an expression can be seen.

    Attributes:
        score: 0..1; 0 when unfit.
        unfit: why it should not be read.
    """

    score: float
    unfit: str | None = None


def judge(face: Detection, crop: FloatArray, *, size: tuple[int, int]) -> Quality:
    """Judge a face.

    Args:
        face: as found.
        crop: as cut out of the picture, ``(48, 48)``, 0..255.
        size: width and height of the picture.
    """
    side = side_of(face)
    contrast = float(crop.std())
    reasons = (
        ("too small", side < MIN_SIDE),
        ("cut off by the edge of the picture", _outside(face, size) > _MAX_OUTSIDE),
        ("turned away", turn(face) > _MAX_TURN or not _NOD[0] < nod(face) < _NOD[1]),
        ("too dark, too light or too flat", contrast < _MIN_CONTRAST),
        ("blurred", sharpness(crop) < _MIN_SHARPNESS),
        ("partly covered", covered(crop) < _MIN_FEATURE),
    )
    unfit = next((reason for reason, holds in reasons if holds), None)
    if unfit is not None:
        return Quality(score=0.0, unfit=unfit)
    clear = min(1.0, side / (2 * TAUGHT)) * (1 - 0.5 * turn(face) / _MAX_TURN)
    return Quality(score=round(clear * face.certainty, 4))


def turn(face: Detection) -> float:
    """How far the head is turned sideways: 0 frontal, 1 when the nose is over an eye."""
    axis, nose = _axis(face), face.points[2] - face.points[:2].mean(axis=0)
    return float(abs(nose @ axis) / (float(axis @ axis) / 2 + 1e-6))


def nod(face: Detection) -> float:
    """Where the nose is between the eyes (0) and the mouth (1): far from a half when the head is bent."""
    eyes, mouth = face.points[:2].mean(axis=0), face.points[3:].mean(axis=0)
    down = mouth - eyes
    return float((face.points[2] - eyes) @ down / (float(down @ down) + 1e-6))


def sharpness(crop: FloatArray) -> float:
    """Variance of the Laplacian over the variance of the picture, so that light does not count.

    References:
        Pech-Pacheco et al. (2000), "Diatom autofocusing in brightfield microscopy", ICPR.
    """
    inner = crop[1:-1, 1:-1]
    laplacian = crop[:-2, 1:-1] + crop[2:, 1:-1] + crop[1:-1, :-2] + crop[1:-1, 2:] - 4 * inner
    return float(laplacian.var() / (crop.var() + 1e-6))


def covered(crop: FloatArray) -> float:
    """The least contrast of an eye or the mouth against that of the face: low under a mask."""
    parts = (crop[area] for area in (_EYE_LEFT, _EYE_RIGHT, _MOUTH))
    return float(min(part.std() for part in parts) / (crop.std() + 1e-6))


def _axis(face: Detection) -> FloatArray:
    return np.asarray(face.points[1] - face.points[0], np.float32)


def _outside(face: Detection, size: tuple[int, int]) -> float:
    """Share of what is cut out that is outside the picture; the detector's box never is."""
    half = side_of(face) / 2
    x, y = (float(value) for value in centre_of(face))
    width = max(0.0, min(x + half, size[0]) - max(x - half, 0.0))
    height = max(0.0, min(y + half, size[1]) - max(y - half, 0.0))
    return 1 - width * height / (2 * half) ** 2
