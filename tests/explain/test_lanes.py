from __future__ import annotations

import pytest

from tongli.core import ChannelReading, Moment
from tongli.explain.lanes import labels_of, lanes, seconds_of


def moment(start, end, joy=0.5, *, label="joy", track=0) -> Moment:
    return Moment(times=(start, end), scores={"joy": joy, "anger": 1 - joy}, label=label, track=track)


def reading(*moments, **details) -> ChannelReading:
    return ChannelReading(channel="face", moments=moments, details=details)


def test_each_column_is_the_mean_of_what_fills_it():
    (lane,) = lanes(reading(moment(0, 3, 0.8), moment(3, 4, 0.4, label=None)), columns=2)
    first, second = lane.cells
    assert first.scores == pytest.approx({"joy": 0.8, "anger": 0.2})
    assert second.scores == pytest.approx({"joy": 0.6, "anger": 0.4})
    assert (first.label, lane.track, lane.seconds) == ("joy", 0, 4)


def test_the_label_that_fills_most_of_a_column():
    parts = [moment(0, 1, label="anger"), moment(1, 1.4), moment(1.4, 2, label=None)]
    assert lanes(reading(*parts), columns=1)[0].cells[0].label == "anger"


def test_where_nobody_is_seen_there_is_nothing():
    (lane,) = lanes(reading(moment(1, 2), seconds=4.0), columns=4)
    assert [cell is not None for cell in lane.cells] == [False, True, False, False]


def test_the_longest_lane_first_and_tracks_apart():
    found = lanes(reading(moment(0, 1, track=3), moment(0, 4, track=7)), columns=4)
    assert [(lane.track, lane.seconds) for lane in found] == [(7, 4), (3, 1)]


def test_a_picture_has_no_time_line():
    assert lanes(reading(moment(0, 0)), columns=4) == []
    assert lanes(reading(seconds=3.0), columns=4) == []


def test_length_and_labels():
    found = reading(moment(0, 2), seconds=1)
    assert seconds_of(found) == 2
    assert seconds_of(reading(moment(0, 2), seconds="?")) == 2
    assert labels_of(found) == ("joy", "anger")
