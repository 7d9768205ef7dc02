from __future__ import annotations

import numpy as np
import pytest

from tongli.core.face import Face, FaceEncoding
from tongli.emotion.face import FACE_LABELS, read_faces
from tongli.emotion.face.reading import NOTE
from tongli.encoders.image.faces import FaceEncoder
from tongli.encoders.image.picture import read_image


def face(label=None, *, unfit=None, track=0, time=0.0, quality=0.8) -> Face:
    logits = np.zeros(7, np.float32)
    if label is not None:
        logits[FACE_LABELS.index(label)] = 9
    return Face(
        box=(0, 0, 50, 50),
        certainty=0.9,
        quality=0.0 if unfit else quality,
        logits=None if unfit else logits,
        unfit=unfit,
        track=track,
        time=time,
    )


def picture(*faces) -> FaceEncoding:
    return FaceEncoding(faces=faces, size=(100, 100), encoder="e")


def video(*faces, seconds=4.0, step=0.25) -> FaceEncoding:
    return FaceEncoding(
        faces=faces, size=(100, 100), encoder="e", frames=int(seconds / step), seconds=seconds, step=step
    )


def test_one_face():
    found = read_faces(picture(face("joy")))
    assert (found.channel, found.label, found.reason, found.source) == ("face", "joy", None, "e")
    assert sum(found.scores.values()) == pytest.approx(1, abs=1e-3)
    assert tuple(found.scores) == FACE_LABELS
    assert found.details == {"faces": 1, "read": 1, "agree": 1, "note": NOTE}
    assert found.reliability == 0.8


def test_no_face():
    found = read_faces(picture())
    assert found.abstained
    assert (found.scores, found.moments, found.reliability) == ({}, (), 0)
    assert (found.reason, found.details["faces"]) == ("no face was found", 0)


def test_faces_that_cannot_be_read_say_why():
    blurred = [face(unfit="blurred", track=n) for n in range(2)]
    found = read_faces(picture(*blurred, face(unfit="too small", track=2)))
    assert found.abstained
    assert found.reason == "no face can be read: blurred, too small"
    assert (found.details["faces"], found.details["read"]) == (3, 0)


def test_a_face_without_a_clear_expression():
    found = read_faces(picture(face()))
    assert (found.label, found.reason) == (None, "no expression stands out")
    assert found.scores["joy"] == pytest.approx(1 / 7, abs=1e-3)


def test_several_faces_that_agree_and_one_that_is_not_read():
    faces = [face("joy", track=0), face("joy", track=1), face("joy", track=2), face("neutral", track=3)]
    found = read_faces(picture(*faces, face(unfit="turned away", track=4)))
    assert found.label == "joy"
    assert (found.details["faces"], found.details["read"], found.details["agree"]) == (5, 4, 3)
    assert [moment.label for moment in found.moments] == ["joy", "joy", "joy", "neutral"]
    assert [moment.track for moment in found.moments] == [0, 1, 2, 3]


def test_faces_that_differ():
    found = read_faces(picture(face("joy"), face("anger", track=1)))
    assert (found.label, found.reason) == (None, "the faces show different expressions")
    assert found.details["agree"] == 0


def test_better_seen_faces_count_for_more():
    found = read_faces(picture(face("joy", quality=0.9), face("anger", track=1, quality=0.1)))
    assert found.label == "joy"


def test_a_video_has_a_moment_a_second_and_face():
    faces = [face("joy" if n < 8 else "sadness", time=n / 4) for n in range(16)]
    faces += [face("anger", track=1, time=2 + n / 4) for n in range(2)]
    found = read_faces(video(*faces, seconds=3.9))
    assert [(moment.times, moment.track, moment.label) for moment in found.moments] == [
        ((0.0, 1.0), 0, "joy"),
        ((1.0, 2.0), 0, "joy"),
        ((2.0, 3.0), 0, "sadness"),
        ((2.0, 3.0), 1, "anger"),
        ((3.0, 3.9), 0, "sadness"),
    ]
    assert (found.details["seconds"], found.details["frames"], found.details["faces"]) == (3.9, 15, 2)


def test_a_face_that_is_rarely_seen_makes_the_channel_less_reliable():
    always = read_faces(video(*(face("joy", time=n / 4) for n in range(16))))
    once = read_faces(video(face("joy")))
    assert always.reliability == pytest.approx(0.8)
    assert once.reliability == pytest.approx(0.8 / 16)


def test_a_long_video_has_at_most_600_moments_a_face():
    faces = [face("joy", time=float(n)) for n in range(7200)]
    assert len(read_faces(video(*faces, seconds=7200.0, step=1.0)).moments) == 600


@pytest.mark.models
def test_a_photograph(portrait_file):
    found = read_faces(FaceEncoder().encode(read_image(portrait_file)))
    assert (found.label, found.details["faces"]) == ("joy", 1)
    assert found.scores["joy"] > 0.5


def test_thirty_faces():
    assert read_faces(picture(*(face("joy", track=n) for n in range(30)))).details["agree"] == 30
