"""What a voice is said to show, and when nothing is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ModelError
from tongli.core.voice import VoiceEncoding, VoiceWindow
from tongli.emotion.speech import SpeechEmotion
from tongli.emotion.speech.head import HISTORY
from tongli.knowledge.speech_labels import SPEECH_LABELS

EMOTION = SpeechEmotion()
HEAD = EMOTION.head


def toward(label):
    """Features like the training clips of a label, a little stronger than usual."""
    column = HEAD.card.labels.index(label)
    weight = HEAD.plain.weight[:, column] - HEAD.plain.weight.mean(axis=1)
    return HEAD.plain.mean + HEAD.plain.scale * 20 * weight / np.linalg.norm(weight)


def encoding(features=None, **changed) -> VoiceEncoding:
    features = toward("angry") if features is None else features
    made = VoiceEncoding(
        seconds=3.0,
        speech=((0.2, 2.8),),
        features=features,
        states=1536,
        windows=(VoiceWindow(times=(0.1, 1.5), features=features),),
        level=-25.0,
        snr=30.0,
        clipped=0.0,
        encoder=HEAD.card.encoder,
    )
    return replace(made, **changed)


@pytest.mark.parametrize("label", HEAD.card.labels)
def test_labels_that_were_learnt_can_be_decided(label):
    found = EMOTION.read(encoding(toward(label)))
    assert (found.channel, found.label, found.reason) == ("speech", label, None)
    assert set(found.scores) == set(SPEECH_LABELS)
    assert sum(found.scores.values()) == pytest.approx(1, abs=1e-3)
    assert found.moments[0].label == label
    assert 0.5 < found.reliability <= 1
    assert "not what is felt" in found.details["note"]


def test_the_head_that_ships_says_what_it_does_not_know():
    unknown = set(SPEECH_LABELS) - set(HEAD.card.labels)
    assert unknown == {"surprised", "calm"}
    assert all(label in HEAD.card.notes[1] for label in unknown)
    assert HEAD.card.releasable
    assert {source.licence for source in HEAD.card.data} == {"CC-BY-4.0"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"features": None, "windows": ()}, "no sound"),
        ({"speech": (), "windows": ()}, "no speech"),
        ({"speech": ((0.0, 0.2),)}, "too little speech"),
        ({"clipped": 0.5}, "clipped"),
    ],
)
def test_what_cannot_be_read_has_no_scores(changed, reason):
    found = EMOTION.read(replace(encoding(), **changed))
    assert found.abstained
    assert reason in found.reason
    assert (found.scores, found.reliability) == ({}, 0.0)


@pytest.mark.parametrize("changed", [{"snr": 3.5}, {"level": -79.0}])
def test_poor_sound_is_not_decided(changed):
    found = EMOTION.read(encoding(**changed))
    assert found.abstained
    assert "too poor" in found.reason
    assert found.scores


def test_an_even_voice_is_not_decided():
    found = EMOTION.read(encoding(np.full_like(HEAD.plain.mean, np.nan)))
    assert found.abstained
    assert "nothing stands out" in found.reason


def test_less_speech_is_less_reliable():
    reliable = [EMOTION.read(encoding(speech=((0.0, seconds),))).reliability for seconds in (0.5, 1.0, 2.0)]
    assert reliable == sorted(reliable)
    assert reliable[0] < reliable[-1]


def test_a_history_is_used_only_when_it_is_long_enough_and_said():
    few = [encoding()] * (HISTORY - 1)
    assert EMOTION.read(encoding(), history=few) == EMOTION.read(encoding())
    found = EMOTION.read(encoding(), history=[*few, encoding()])
    assert found.details["relative_to_history"] == HISTORY
    assert found.source.endswith("/own")
    assert found.scores != EMOTION.read(encoding()).scores


def test_another_encoder_is_refused():
    with pytest.raises(ModelError) as error:
        EMOTION.read(encoding(encoder="other"))
    assert error.value.code == "heads.encoder"


@given(
    features=st.lists(st.floats(allow_nan=True, width=32), min_size=1, max_size=5),
    level=st.floats(-120, 0),
    snr=st.floats(-10, 90),
    clipped=st.floats(0, 1),
)
def test_any_numbers_are_read(features, level, snr, clipped):
    table = np.resize(np.array(features, np.float32), HEAD.plain.mean.shape)
    found = EMOTION.read(encoding(table, level=level, snr=snr, clipped=clipped))
    assert 0 <= found.reliability <= 1
    assert all(0 <= score <= 1 for score in found.scores.values())
