"""Faces in a picture: where, how surely, and five points on each.

References:
    Xu et al. (2020), "CenterFace: Joint Face Detection and Alignment Using Face as Point", Scientific
    Programming. https://arxiv.org/abs/1911.03599
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import FloatArray
from tongli.core.face import Box
from tongli.encoders.image.picture import Pixels, resized
from tongli.encoders.session import open_session

_STRIDE = 4
_MULTIPLE = 32
_OVERLAP = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """One face found.

    Attributes:
        box: left, top, right, bottom in pixels; may reach over the edge of the picture.
        certainty: 0..1.
        points: shape ``(5, 2)``, x and y of the eye on the left of the picture, the one on the right, the tip
            of the nose, the left and the right corner of the mouth.
    """

    box: Box
    certainty: float
    points: FloatArray


class Detector:
    """CenterFace.

    Args:
        model: the prepared graph.
        certain_from: faces of less certainty are not told.
    """

    def __init__(self, model: Path, *, certain_from: float = 0.5) -> None:
        self._session: Any = open_session(model, fuse=True)
        self._input = self._session.get_inputs()[0].name
        self._certain_from = certain_from

    def __call__(self, pixels: Pixels, *, long_side: int = 1024) -> list[Detection]:
        """The faces of a picture, the largest first.

        Args:
            pixels: the picture.
            long_side: it is scaled down to this many pixels for the search; less is faster and misses small
                faces (under about 10 pixels at that scale).
        """
        height, width = pixels.shape[:2]
        scale = min(1.0, long_side / max(height, width))
        small = resized(pixels, (max(1, round(width * scale)), max(1, round(height * scale))))
        rows, columns = (-(-side // _MULTIPLE) * _MULTIPLE for side in small.shape[:2])
        canvas = np.zeros((1, 3, rows, columns), np.float32)
        canvas[0, :, : small.shape[0], : small.shape[1]] = small.transpose(2, 0, 1)
        heat, log_size, shift, points = self._session.run(None, {self._input: canvas})
        found = self._decode(heat[0, 0], log_size[0], shift[0], points[0])
        grow = np.array([width / small.shape[1], height / small.shape[0]], np.float32)
        return [
            Detection(
                box=_box(corners * np.tile(grow, 2)), certainty=min(certainty, 1.0), points=landmarks * grow
            )
            for corners, certainty, landmarks in found
        ]

    def _decode(
        self, heat: FloatArray, log_size: FloatArray, shift: FloatArray, points: FloatArray
    ) -> list[tuple[FloatArray, float, FloatArray]]:
        """Boxes, certainties and points from maps of a quarter of the picture's size, overlaps removed."""
        rows, columns = np.nonzero(heat > self._certain_from)
        size = np.exp(log_size[:, rows, columns]).T[:, ::-1] * _STRIDE
        centre = np.stack([columns, rows], axis=1) + shift[::-1, rows, columns].T + 0.5
        start = centre * _STRIDE - size / 2
        corners = np.concatenate([start, start + size], axis=1).astype(np.float32)
        marks = points[:, rows, columns].T.reshape(-1, 5, 2)[:, :, ::-1] * size[:, None] + start[:, None]
        certainty = heat[rows, columns]
        kept = _without_overlaps(corners, certainty)
        kept.sort(key=lambda index: -float(size[index].prod()))
        return [(corners[i], float(certainty[i]), marks[i].astype(np.float32)) for i in kept]


def overlap(one: FloatArray, others: FloatArray) -> FloatArray:
    """Intersection over union of a box, ``(4,)``, with others, ``(n, 4)``: ``(n,)`` in 0..1."""
    sides = np.minimum(one[2:], others[:, 2:]) - np.maximum(one[:2], others[:, :2])
    shared = sides.clip(min=0).prod(axis=1)
    areas = (others[:, 2:] - others[:, :2]).prod(axis=1) + (one[2:] - one[:2]).prod() - shared
    return np.asarray(shared / np.maximum(areas, 1e-9), np.float32)


def _without_overlaps(corners: FloatArray, certainty: FloatArray) -> list[int]:
    """Non-maximum suppression: of boxes that overlap, the most certain."""
    order, kept = np.argsort(-certainty), []
    while len(order):
        kept.append(int(order[0]))
        order = order[1:][overlap(corners[order[0]], corners[order[1:]]) < _OVERLAP]
    return kept


def _box(corners: FloatArray) -> Box:
    left, top, right, bottom = (float(value) for value in corners)
    return left, top, right, bottom
