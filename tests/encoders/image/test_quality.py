from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.encoders.image.crop import TAUGHT
from tongli.encoders.image.detector import Detection
from tongli.encoders.image.quality import MIN_SIDE, judge, nod, sharpness, turn

SIZE = (400, 400)
FRONTAL = Detection(
    box=(150, 120, 250, 250),
    certainty=0.9,
    points=np.array([[179, 170], [221, 170], [200, 192], [184, 212], [216, 212]], np.float32),
)


@pytest.fixture
def crop():
    """Noise: sharp everywhere, nothing covered."""
    return np.random.default_rng(0).uniform(40, 200, (TAUGHT, TAUGHT)).astype(np.float32)


def scaled(face: Detection, by: float) -> Detection:
    left, top, right, bottom = (by * value for value in face.box)
    return replace(face, box=(left, top, right, bottom), points=face.points * by)


def moved(face: Detection, by: float) -> Detection:
    left, top, right, bottom = face.box
    across = np.array([by, 0], np.float32)
    return replace(face, box=(left + by, top, right + by, bottom), points=face.points + across)


def nose_at(x: float, y: float) -> Detection:
    points = FRONTAL.points.copy()
    points[2] = x, y
    return replace(FRONTAL, points=points)


def test_a_good_face(crop):
    found = judge(FRONTAL, crop, size=SIZE)
    assert found.unfit is None
    assert 0.8 < found.score <= 1


@pytest.mark.parametrize(
    ("face", "reason"),
    [
        (scaled(FRONTAL, MIN_SIDE / 101), "too small"),
        (moved(FRONTAL, -180), "cut off by the edge of the picture"),
        (nose_at(219, 192), "turned away"),
        (nose_at(181, 192), "turned away"),
        (nose_at(200, 172), "turned away"),
        (nose_at(200, 211), "turned away"),
    ],
)
def test_where_and_how_a_face_is(crop, face, reason):
    assert judge(face, crop, size=SIZE).unfit == reason
    assert judge(face, crop, size=SIZE).score == 0


def test_light(crop):
    assert judge(FRONTAL, crop * 0.05, size=SIZE).unfit == "too dark, too light or too flat"


def test_blur_is_judged_whatever_the_light(crop):
    ramp = np.tile(np.linspace(0, 255, TAUGHT, dtype=np.float32), (TAUGHT, 1))
    wave = ramp + 30 * np.sin(np.arange(TAUGHT, dtype=np.float32) / 4)[:, None]
    assert judge(FRONTAL, wave, size=SIZE).unfit == "blurred"
    assert sharpness(crop) == pytest.approx(sharpness(crop * 0.3 + 20), rel=1e-3)


@pytest.mark.parametrize("area", [(slice(30, 48), slice(0, 48)), (slice(0, 48), slice(0, 24))])
def test_a_covered_mouth_or_eye(crop, area):
    crop[area] = 120
    assert judge(FRONTAL, crop, size=SIZE).unfit == "partly covered"


def test_pose_does_not_depend_on_how_the_head_is_tilted():
    turned = np.array([[0, -1], [1, 0]], np.float32)
    tilted = replace(FRONTAL, points=FRONTAL.points @ turned)
    assert turn(tilted) == pytest.approx(turn(FRONTAL), abs=1e-5)
    assert nod(tilted) == pytest.approx(nod(FRONTAL), abs=1e-5)
    assert turn(nose_at(221, 190)) == pytest.approx(1, abs=0.02)


def test_larger_and_more_frontal_faces_count_for_more(crop):
    scores = [
        judge(face, crop, size=SIZE).score for face in (FRONTAL, scaled(FRONTAL, 0.6), nose_at(206, 192))
    ]
    assert scores[0] > scores[1] > 0
    assert scores[0] > scores[2] > 0
