from __future__ import annotations

import numpy as np
import pytest

from tongli.encoders.image.detector import Detection
from tongli.encoders.image.orientation import quarter_turns, upright

PIXELS = np.arange(24, dtype=np.uint8).reshape(2, 4, 3)


def tilted(degrees: float) -> Detection:
    angle = np.radians(degrees)
    points = np.zeros((5, 2), np.float32)
    points[1] = np.cos(angle), np.sin(angle)
    return Detection(box=(0, 0, 1, 1), certainty=0.9, points=points)


class Detect:
    """Finds faces of each position of :data:`PIXELS`, by quarter turns; keeps what it was asked."""

    def __init__(self, **found):
        self.found = {int(turns.removeprefix("turned")): faces for turns, faces in found.items()}
        self.asked = []

    def __call__(self, pixels, **_):
        turns = next(turns for turns in range(4) if np.array_equal(np.rot90(PIXELS, turns), pixels))
        self.asked.append(turns)
        return self.found.get(turns, [])


@pytest.mark.parametrize(
    ("degrees", "turns"), [(0, 0), (40, 0), (-44, 0), (90, 1), (-90, 3), (175, 2), (-175, 2)]
)
def test_the_tilt_of_a_face_tells_how_a_picture_is_held(degrees, turns):
    assert quarter_turns([tilted(degrees)]) == turns


def test_most_faces_decide_and_upright_wins_a_draw():
    assert quarter_turns([tilted(90), tilted(0), tilted(88)]) == 1
    assert quarter_turns([tilted(90), tilted(0)]) == 0


def test_upright_faces_are_searched_once():
    detect = Detect(turned0=[tilted(10)])
    pixels, found = upright(PIXELS, detect)
    assert (detect.asked, found, pixels is PIXELS) == ([0], detect.found[0], True)


def test_faces_on_their_side_are_searched_again_the_right_way_up():
    detect = Detect(turned0=[tilted(90)], turned1=[tilted(0)])
    pixels, found = upright(PIXELS, detect)
    assert (detect.asked, found, pixels.shape) == ([0, 1], detect.found[1], (4, 2, 3))


def test_what_is_only_found_as_it_was_stays_as_it_was():
    detect = Detect(turned0=[tilted(90)])
    pixels, found = upright(PIXELS, detect)
    assert (found, pixels is PIXELS) == (detect.found[0], True)


def test_without_a_face_every_position_is_searched():
    detect = Detect(turned2=[tilted(0)])
    assert upright(PIXELS, detect)[1] == detect.found[2]
    assert detect.asked == [0, 1, 3, 2]
    assert upright(PIXELS, Detect())[1] == []
