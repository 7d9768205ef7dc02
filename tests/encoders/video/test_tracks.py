from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tongli.core.face import Face
from tongli.encoders.video.tracks import Tracker


def face(left, top=0, *, side=10) -> Face:
    return Face(box=(left, top, left + side, top + side), certainty=0.9)


def followed(tracker, *places, time) -> list[int]:
    return [found.track for found in tracker.update([face(place) for place in places], time=time)]


def test_a_face_that_moves_a_little_is_the_same_track():
    tracker = Tracker(step=0.25)
    assert followed(tracker, 0, 50, time=0.0) == [0, 1]
    assert followed(tracker, 53, 3, time=0.25) == [1, 0]
    assert followed(tracker, 56, 6, 200, time=0.5) == [1, 0, 2]


def test_the_pair_that_overlaps_most_goes_together():
    tracker = Tracker(step=0.25)
    assert followed(tracker, 0, time=0.0) == [0]
    assert followed(tracker, 4, 1, time=0.25) == [1, 0]


def test_who_was_away_too_long_is_a_new_track():
    tracker = Tracker(step=0.25)
    assert followed(tracker, 0, time=0.0) == [0]
    assert followed(tracker, time=0.5) == []
    assert followed(tracker, 0, time=1.5) == [0]
    assert followed(tracker, 0, time=3.1) == [1]


def test_a_cut_ends_every_track():
    tracker = Tracker(step=0.25)
    assert followed(tracker, 0, time=0.0) == [0]
    tracker.cut()
    assert followed(tracker, 0, time=0.25) == [1]


@given(st.lists(st.lists(st.integers(0, 40), max_size=5), max_size=8))
def test_tracks_of_one_frame_differ_and_faces_keep_their_order(frames):
    tracker = Tracker(step=0.25)
    for number, places in enumerate(frames):
        found = tracker.update([face(place) for place in places], time=number / 4)
        assert [one.box[0] for one in found] == places
        assert len({one.track for one in found}) == len(places)
        assert {one.time for one in found} <= {number / 4}
