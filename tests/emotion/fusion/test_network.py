"""The network's promises, whatever its weights are fed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ChannelReading
from tongli.emotion.fusion import CHANNELS, LABELS, Fusion
from tongli.emotion.fusion.network import read_network
from tongli.emotion.fusion.signals import signals
from tongli.knowledge.speech_labels import SPEECH_LABELS

FUSION = Fusion()
NAMES = {"text": LABELS, "speech": SPEECH_LABELS, "face": LABELS, "scene": LABELS}


@st.composite
def readings(draw: st.DrawFn, channel: str) -> ChannelReading:
    weights = draw(st.lists(st.floats(0, 1), min_size=len(NAMES[channel]), max_size=len(NAMES[channel])))
    total = sum(weights)
    scores = {} if not total else {n: w / total for n, w in zip(NAMES[channel], weights, strict=True)}
    return ChannelReading(channel=channel, scores=scores, reliability=draw(st.floats(0, 1)))


messages = st.tuples(*(st.none() | readings(channel) for channel in (*CHANNELS, "scene"))).map(
    lambda found: [each for each in found if each is not None]
)


@given(st.lists(messages, min_size=1, max_size=4))
def test_probabilities_sum_to_one(rows):
    chances = FUSION.probabilities(rows)
    assert chances.shape == (len(rows), len(LABELS))
    assert np.isfinite(chances).all()
    assert (chances >= 0).all()
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)


@given(messages, st.randoms())
def test_the_order_of_channels_changes_nothing(row, random):
    mixed = random.sample(row, len(row))
    assert np.array_equal(FUSION.probabilities([row]), FUSION.probabilities([mixed]))


@given(st.lists(messages, min_size=2, max_size=5))
def test_messages_do_not_look_at_each_other(rows):
    together = FUSION.probabilities(rows)
    assert np.allclose(together[::-1], FUSION.probabilities(rows[::-1]), atol=1e-6)
    assert np.allclose(together[:1], FUSION.probabilities(rows[:1]), atol=1e-6)


@given(messages, st.lists(st.booleans(), min_size=3, max_size=3))
def test_a_channel_taken_away_is_a_channel_never_there(row, kept):
    names = [channel for channel, keep in zip(CHANNELS, kept, strict=True) if keep]
    network = FUSION.weights.network
    masked = network.probabilities(signals([row]).keeping(np.array(kept)))
    without = network.probabilities(signals([[each for each in row if each.channel in names]]))
    assert np.array_equal(masked, without)


@given(messages)
def test_only_present_channels_have_gates(row):
    found = signals([row])
    gates = FUSION.weights.network.gates(found)
    assert ((gates > 0) == (found.present[..., None] > 0)).all()


def test_a_scene_and_channels_that_cannot_be_trusted_say_nothing(shows):
    nothing = FUSION.probabilities([[]])
    row = [shows("scene", "joy"), shows("face", "joy", reliability=0.0), ChannelReading(channel="speech")]
    assert np.array_equal(FUSION.probabilities([row]), nothing)


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("label", ["anger", "joy", "sadness"])
def test_one_sure_channel_is_believed(shows, channel, label):
    names = {"anger": "angry", "joy": "happy", "sadness": "sad"}
    row = [shows(channel, names[label] if channel == "speech" else label)]
    assert LABELS[int(FUSION.probabilities([row])[0].argmax())] == label


@given(st.sampled_from(CHANNELS).flatmap(readings))
def test_one_channel_alone_is_not_made_surer(reading):
    found = signals([[reading]])
    if found.present.any():
        bound = max(float(found.sureness.max()), 1 / len(LABELS))
        assert FUSION.probabilities([[reading]]).max() <= bound + 1e-5


@pytest.mark.parametrize("trust", [1.0, 0.5])
def test_a_lone_channel_is_told_as_far_as_it_can_be_trusted(shows, trust):
    scores = FUSION.probabilities([[shows("face", "joy", share=0.56, reliability=trust)]])[0]
    assert scores[LABELS.index("joy")] == pytest.approx(trust * 0.56 + (1 - trust) / 7, abs=1e-4)


def test_channels_that_agree_are_believed_more(shows):
    words, voice = shows("text", "anger", share=0.6), shows("speech", "angry", share=0.6)
    both, text, speech = FUSION.probabilities([[words, voice], [words], [voice]])[:, LABELS.index("anger")]
    assert both > max(text, speech)


def test_a_channel_that_can_be_trusted_less_counts_for_less(shows):
    words = shows("text", "joy", share=0.6)
    anger = LABELS.index("anger")
    trusted, doubtful = FUSION.probabilities(
        [[words, shows("speech", "angry", reliability=trust)] for trust in (1.0, 0.3)]
    )[:, anger]
    assert trusted > doubtful


def test_a_label_the_channel_does_not_know_is_neither_for_nor_against():
    three = ChannelReading(
        channel="speech", scores={"angry": 0.8, "sad": 0.1, "neutral": 0.1}, reliability=1.0
    )
    found = signals([[three]])
    assert found.evidence[0, CHANNELS.index("speech"), LABELS.index("joy")] == 0
    assert found.evidence[0, CHANNELS.index("speech"), LABELS.index("anger")] > 0


def test_arrays_that_do_not_fit_are_refused():
    stored = FUSION.weights.network.stored()
    with pytest.raises(ValueError, match="mixing"):
        read_network(stored, channels=len(CHANNELS) + 1, labels=len(LABELS))
    with pytest.raises(KeyError):
        read_network({}, channels=len(CHANNELS), labels=len(LABELS))
