"""A face cut out as the expression model was taught to see faces: upright, close, grey, 48 pixels."""

from __future__ import annotations

import numpy as np

from tongli.core import FloatArray
from tongli.encoders.image.detector import Detection
from tongli.encoders.image.picture import Pixels, require_pillow, resized

TAUGHT = 48
"""Pixels of the pictures of FER2013; finer detail was never seen in training."""

_EYES_APART = 0.42
_EYES_DOWN = 0.36
"""Where the eyes are in a face of FER2013: distance between them, and depth, as shares of the side."""

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def side_of(face: Detection) -> float:
    """Side of the square that is cut out, in pixels of the picture."""
    left, top, right, bottom = face.box
    eyes = float(np.linalg.norm(face.points[1] - face.points[0])) / _EYES_APART
    return max(eyes, (bottom - top) * 0.75, right - left, 1.0)  # eyes come together as a head turns


def tilt_of(face: Detection) -> float:
    """Angle of the line through the eyes, in radians, clockwise as seen."""
    along = face.points[1] - face.points[0]
    return float(np.arctan2(along[1], along[0]))


def centre_of(face: Detection) -> FloatArray:
    """Middle of the square that is cut out, ``(2,)``."""
    tilt = tilt_of(face)
    down = np.array([-np.sin(tilt), np.cos(tilt)])
    return np.asarray(face.points[:2].mean(axis=0) + down * side_of(face) * (0.5 - _EYES_DOWN), np.float32)


def cut_out(pixels: Pixels, face: Detection) -> FloatArray:
    """Grey values 0..255 of the face, ``(48, 48)``, turned so that its eyes are level."""
    wide = _around(pixels, centre_of(face), side_of(face) * 1.5)  # no corner is lost in the turn
    image = require_pillow()
    turned = image.fromarray(wide).rotate(np.degrees(tilt_of(face)), image.Resampling.BILINEAR)
    margin = (wide.shape[0] - wide.shape[0] / 1.5) / 2
    box = (margin, margin, wide.shape[0] - margin, wide.shape[0] - margin)
    return np.asarray(resized(np.asarray(turned), (TAUGHT, TAUGHT), box), np.float32)


def _around(pixels: Pixels, centre: FloatArray, side: float) -> Pixels:
    """A grey square around a point, its edge repeated where it leaves the picture, 144 pixels at most."""
    half = max(2, round(side / 2))
    x, y = (round(float(value)) for value in centre)
    height, width = pixels.shape[:2]
    rows = np.arange(y - half, y + half).clip(0, height - 1)
    columns = np.arange(x - half, x + half).clip(0, width - 1)
    step = max(1, 2 * half // (3 * TAUGHT * 4))  # a face that fills a large picture needs no more pixels
    part = pixels[np.ix_(rows[::step], columns[::step])]
    return np.asarray(part @ _LUMA, np.uint8)
