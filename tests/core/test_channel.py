"""What a channel shows, as data."""

import numpy as np

from tongli.core import ChannelReading, Moment, Waveform


def test_waveform_knows_how_long_it_lasts():
    assert Waveform(samples=np.zeros(8000, np.float32)).seconds == 0.5


def test_channel_reading_as_data():
    moment = Moment(times=(0.0, 1.5), scores={"happy": 0.8, "sad": 0.2}, label="happy", track=2)
    reading = ChannelReading(
        channel="face",
        scores={"happy": 0.8, "sad": 0.2},
        label="happy",
        reliability=0.7,
        moments=(moment,),
        details={"faces": 1},
        source="face",
    )
    assert reading.to_dict() == {
        "label": "happy",
        "abstained": False,
        "reliability": 0.7,
        "source": "face",
        "faces": 1,
        "moments": [
            {"times": [0.0, 1.5], "label": "happy", "track": 2, "scores": {"happy": 0.8, "sad": 0.2}}
        ],
    }


def test_channel_that_reads_nothing_says_why():
    reading = ChannelReading(channel="speech", reason="no speech was found")
    assert reading.abstained
    assert reading.to_dict()["reason"] == "no speech was found"
    assert "moments" not in reading.to_dict()
