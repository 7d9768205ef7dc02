from __future__ import annotations

import numpy as np
import pytest

from tongli.encoders.image.crop import TAUGHT, cut_out, side_of
from tongli.encoders.image.detector import Detection


def face(*, eyes, box, nose=None, mouth=None) -> Detection:
    (left, right), across = eyes, np.subtract(eyes[1], eyes[0])
    middle, down = np.add(left, right) / 2, np.array([-across[1], across[0]])
    nose = middle + 0.5 * down if nose is None else nose
    mouth = [left + down, right + down] if mouth is None else mouth
    points = np.array([left, right, nose, *mouth], np.float32)
    return Detection(box=box, certainty=0.9, points=points)


@pytest.mark.parametrize("degrees", [0, 20, 90, 180, -135])
def test_eyes_are_level_and_in_their_place_however_the_head_is_turned(degrees):
    angle = np.radians(degrees)
    across = np.array([np.cos(angle), np.sin(angle)]) * 42
    left = np.array([150.0, 150.0]) - across / 2
    right = left + across
    pixels = np.zeros((300, 300, 3), np.uint8)
    rows, columns = np.mgrid[:300, :300]
    pixels[(rows - left[1]) ** 2 + (columns - left[0]) ** 2 < 9] = 120
    pixels[(rows - right[1]) ** 2 + (columns - right[0]) ** 2 < 9] = 250
    crop = cut_out(pixels, face(eyes=(left, right), box=(110, 110, 190, 190)))
    assert crop.shape == (TAUGHT, TAUGHT)
    right_at = np.unravel_index(crop.argmax(), crop.shape)
    assert right_at == pytest.approx((0.36 * TAUGHT, 0.71 * TAUGHT), abs=2)
    row, column = round(0.36 * TAUGHT), round(0.29 * TAUGHT)
    assert crop[row - 2 : row + 3, column - 2 : column + 3].max() > 60


def test_the_side_follows_the_eyes_or_the_box_when_they_come_together():
    near = face(eyes=((100, 100), (142, 100)), box=(80, 60, 160, 180))
    assert side_of(near) == pytest.approx(100)
    assert side_of(face(eyes=((100, 100), (110, 100)), box=(80, 60, 160, 180))) == pytest.approx(90)


def test_over_the_edge_of_the_picture_its_border_is_repeated():
    pixels = np.full((60, 60, 3), 77, np.uint8)
    crop = cut_out(pixels, face(eyes=((-10, 5), (30, 5)), box=(-30, -30, 50, 50)))
    inner = crop[8:40, 8:40]
    assert (inner.min(), inner.max()) == pytest.approx((77, 77), abs=1)


def test_a_face_that_fills_a_large_picture_takes_little_memory():
    pixels = np.full((3000, 3000, 3), 50, np.uint8)
    assert cut_out(pixels, face(eyes=((900, 1200), (2100, 1200)), box=(300, 200, 2700, 2900))).mean() > 40
