"""With the real models, on videos made of one photograph that anybody may use."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import Settings
from tongli.encoders.image.faces import FaceEncoder
from tongli.encoders.image.picture import read_image
from tongli.encoders.video.faces import encode_video
from tongli.encoders.video.frames import VideoInfo

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def encoder():
    return FaceEncoder(settings=Settings.from_env())


@pytest.fixture(scope="module")
def portrait(portrait_file):
    return read_image(portrait_file)[:256, 100:356]


def test_one_face_that_moves_is_one_track(encoder, portrait, write_video):
    found = encode_video(write_video([np.roll(portrait, 2 * n, axis=1) for n in range(20)]), encoder)
    assert (found.size, found.frames, found.step) == ((256, 256), 8, 0.25)
    assert found.seconds == pytest.approx(2, abs=0.11)
    assert [face.track for face in found.faces] == [0] * 8
    assert [face.time for face in found.faces] == sorted(face.time for face in found.faces)


@pytest.mark.parametrize(("told", "seconds"), [(None, 2.0), (0.5, 2.0), (60.0, 60.0)])
def test_the_length_covers_every_frame(encoder, write_video, monkeypatch, told, seconds):
    path = write_video([np.zeros((64, 64, 3), np.uint8)] * 20)
    info = VideoInfo(seconds=told, step=0.25)
    monkeypatch.setattr("tongli.encoders.video.faces.video_info", lambda _: info)
    found = encode_video(path, encoder)
    assert found.seconds == pytest.approx(seconds, abs=0.3)  # not every frame is decoded


def test_a_face_after_a_cut_is_a_new_track(encoder, portrait, write_video):
    black = np.zeros_like(portrait)
    found = encode_video(write_video([portrait] * 10 + [black] * 10 + [portrait] * 10), encoder)
    assert {face.track for face in found.faces} == {0, 1}


def test_a_video_without_faces(encoder, write_video):
    frames = [np.full((64, 64, 3), level, np.uint8) for level in range(0, 200, 10)]
    assert encode_video(write_video(frames), encoder).faces == ()


def test_a_phone_held_sideways(encoder, portrait, write_video):
    path = write_video([np.rot90(portrait)] * 10, quarter_turns=1)
    assert all(face.unfit is None for face in encode_video(path, encoder).faces)
    assert len(encode_video(path, encoder).faces) == 4
