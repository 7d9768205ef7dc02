"""With the real models, on one photograph that anybody may use, and on what is made of it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tongli.core import Settings
from tongli.encoders.image.faces import FACE_ENCODER, FaceEncoder
from tongli.encoders.image.picture import read_image

pytestmark = pytest.mark.models

JOY = 3
FACE = (150, 20, 300, 210)
"""Left, top, right and bottom of the head in the portrait."""


@pytest.fixture(scope="module")
def encoder():
    made = FaceEncoder(settings=Settings.from_env())
    made.load()
    return made


@pytest.fixture(scope="module")
def pixels(portrait_file):
    return read_image(portrait_file)


def test_a_portrait(encoder, pixels):
    found = encoder.encode(pixels)
    (face,) = found.faces
    assert (found.size, found.encoder, found.seconds) == ((512, 512), FACE_ENCODER, None)
    assert face.box == pytest.approx((182, 58, 270, 178), abs=8)
    assert face.unfit is None
    assert face.quality > 0.8
    assert (face.logits.shape, face.logits.argmax()) == ((7,), JOY)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_phone_that_did_not_note_how_it_was_held(encoder, pixels, turns):
    (face,) = encoder.encode(np.rot90(pixels, turns)).faces
    (upright,) = encoder.encode(pixels).faces
    assert (face.box, face.quality) == (pytest.approx(upright.box), upright.quality)
    assert face.logits == pytest.approx(upright.logits, abs=1e-3)


@pytest.mark.parametrize("degrees", [-40, 25])
def test_a_tilted_head(encoder, pixels, degrees):
    tilted = np.asarray(Image.fromarray(pixels).rotate(degrees))
    (face,) = encoder.encode(tilted).faces
    assert face.logits.argmax() == JOY


def test_a_face_that_is_turned_away_is_not_looked_at_from_another_side(encoder, pixels, monkeypatch):
    monkeypatch.setattr("tongli.encoders.image.quality.turn", lambda _: 1.0)
    assert {face.unfit for face in encoder.encode(pixels).faces} == {"turned away"}


def test_thirty_faces(encoder, pixels):
    left, top, right, bottom = FACE
    group = np.tile(pixels[top:bottom, left:right], (5, 6, 1))
    found = encoder.encode(group)
    assert len(found.faces) == 30
    assert sorted(face.track for face in found.faces) == list(range(30))
    assert sum(face.unfit is None and face.logits.argmax() == JOY for face in found.faces) >= 25


def changed(pixels, change) -> np.ndarray:
    image = Image.fromarray(pixels)
    return np.asarray(change(image) or image)


def mask(image):
    ImageDraw.Draw(image).polygon([(190, 118), (265, 118), (258, 160), (225, 178), (195, 160)], "lightblue")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda image: image.filter(ImageFilter.GaussianBlur(5)), "blurred"),
        (mask, "partly covered"),
        (lambda image: image.resize((120, 120)), "too small"),
        (lambda image: image.crop((225, 0, 512, 512)), "cut off by the edge of the picture"),
        (lambda image: image.point(lambda value: value // 12), "too dark, too light or too flat"),
    ],
)
def test_what_cannot_be_seen_is_not_read(encoder, pixels, change, reason):
    found = encoder.encode(changed(pixels, change))
    assert found.faces
    assert {face.logits is None for face in found.faces} == {True}
    assert reason in {face.unfit for face in found.faces}


@pytest.mark.parametrize("size", [(1, 1, 3), (1, 900, 3), (300, 300, 3)])
def test_no_face(encoder, size):
    noise = np.random.default_rng(0).integers(0, 255, size, np.uint8)
    assert encoder.encode(noise).faces == ()
