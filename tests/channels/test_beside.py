"""Sounds beside a voice."""

from __future__ import annotations

from tongli.channels.beside import beside
from tongli.core import ChannelReading, HeardSound

SILENT = ChannelReading(channel="speech", reason="no speech was heard", details={"seconds": 9.0})
SPOKEN = ChannelReading(channel="speech", scores={"angry": 0.6, "sad": 0.4}, reason="nothing stands out")


def sound(kind, start, end):
    return HeardSound(kind=kind, times=(start, end), level=-20.0, confidence=0.9)


def test_what_is_heard_where_nobody_speaks_is_said():
    found = beside(SILENT, [sound("tones", 0.0, 2.0), sound("noise", 3.0, 4.5), sound("tones", 5.0, 6.0)])
    assert found.reason == "no speech was heard; there are sounds: noise and tones"
    assert found.details == {"seconds": 9.0, "sounds": "noise 1.5 s, tones 3.0 s"}
    assert not found.scores


def test_a_reading_of_a_voice_keeps_its_reason():
    found = beside(SPOKEN, [sound("noise", 0.0, 1.0)])
    assert (found.reason, found.scores) == (SPOKEN.reason, SPOKEN.scores)
    assert found.details["sounds"] == "noise 1.0 s"
    assert beside(SPOKEN, []) is SPOKEN
