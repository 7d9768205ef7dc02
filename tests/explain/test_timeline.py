from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tongli.core import ChannelReading, Moment
from tongli.explain.timeline import clock, describe, timeline, timeline_svg, timeline_table

SVG = "{http://www.w3.org/2000/svg}"


def reading(count=4, *, tracks=1, channel="face", label="joy") -> ChannelReading:
    scores = {"joy": 0.75, "<anger>": 0.25}
    moments = [
        Moment(times=(float(n), n + 1.0), scores=scores, label=label, track=track)
        for n in range(count)
        for track in range(tracks)
    ]
    return ChannelReading(channel=channel, moments=tuple(moments))


def test_the_picture_is_well_formed_and_named_for_who_cannot_see_it():
    plot = ET.fromstring(timeline_svg(reading(tracks=2), name="face"))
    ids = {node.get("id"): node.text for node in plot if node.get("id")}
    assert plot.get("role") == "img"
    assert plot.get("aria-labelledby").split() == list(ids) == ["face-title", "face-description"]
    assert ids["face-description"] == "face 1, 0:04 long: joy 100%. face 2, 0:04 long: joy 100%."
    texts = [node.text for node in plot.iter(f"{SVG}text")]
    assert texts[:3] == ["face 1", "joy", "<anger>"]
    assert texts[-1] == "0:04"


def test_what_does_not_change_is_drawn_once_and_what_is_decided_has_a_bar():
    plot = ET.fromstring(timeline_svg(reading()))
    rectangles = list(plot.iter(f"{SVG}rect"))
    assert [node.get("fill-opacity") for node in rectangles] == ["0.75", None, "0.25"]
    assert {node.get("width") for node in rectangles} == {"720.0"}


def test_the_table_says_the_same():
    table = timeline_table(reading(2, label=None))
    assert '<th scope="col">&lt;anger&gt;</th>' in table
    assert "<tr><td>0:00–0:01</td><td>0</td><td>not sure</td><td>0.75</td><td>0.25</td></tr>" in table
    assert "more" not in table
    assert "and 1,600 more" in timeline_table(reading(2000))


def test_together():
    page = timeline(reading())
    assert page.startswith("<figure><svg")
    assert "<details><summary>As a table</summary><table>" in page


def test_nothing_over_time_is_no_plot():
    still = ChannelReading(channel="face", moments=(Moment(times=(0, 0), scores={"joy": 1.0}),))
    assert timeline(still) == timeline(ChannelReading(channel="face")) == describe(still) == ""


def test_voices_are_called_voices_and_one_that_is_not_told_apart_has_no_number():
    whole = Moment(times=(0, 2), scores={"calm": 0.6})
    assert describe(ChannelReading(channel="speech", moments=(whole,))) == "voice, 0:02 long: not sure 100%."


@pytest.mark.parametrize(("seconds", "told"), [(0, "0:00"), (63.46, "1:03.5"), (3600 + 61, "1:01:01")])
def test_clock(seconds, told):
    assert clock(seconds) == told
