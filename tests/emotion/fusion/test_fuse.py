"""One reading of all channels, whichever of them are there."""

from __future__ import annotations

from itertools import combinations

import pytest

from tongli.core import ChannelReading, Language, Message, ModelError, Reading
from tongli.emotion.fusion import LABELS, Fusion

FUSION = Fusion()
EMPTY = Reading(message=Message("x"), language=Language(tag="en", score=1.0), scores={"politeness": 0.4})
ALL = ("text", "speech", "face", "scene")


@pytest.mark.parametrize("names", [names for size in range(5) for names in combinations(ALL, size)])
def test_any_channel_may_be_missing(shows, names):
    channels = [shows(name, "angry" if name == "speech" else "anger") for name in names]
    found = FUSION.fuse(EMPTY, channels)
    assert [channel.channel for channel in found.channels] == list(names)
    assert found.scores["politeness"] == 0.4
    assert set(names) <= set(found.scores)
    (claim,) = [claim for claim in found.claims if claim.scheme == "fused"]
    if set(names) - {"scene"}:
        assert sum(found.scores["fused"].values()) == pytest.approx(1, abs=1e-3)
        assert tuple(found.scores["fused"]) == LABELS
        assert claim.abstained or claim.label == "anger"
    else:
        assert "fused" not in found.scores
        assert claim.reason == "no channel could be read"


def test_when_every_channel_abstains_so_does_the_whole(shows):
    channels = [shows("text", "joy", decided=False), shows("speech", "happy", decided=False)]
    (claim,) = FUSION.fuse(EMPTY, channels).claims
    assert (claim.abstained, claim.reason) == (True, "every channel abstains")


def test_what_is_not_probable_enough_is_not_decided(shows):
    (claim,) = FUSION.fuse(EMPTY, [shows("face", "fear", share=0.3)]).claims
    assert claim.abstained
    assert "not probable enough" in claim.reason


def test_a_conflict_is_a_claim_beside_the_joined_one(shows):
    found = FUSION.fuse(EMPTY, [shows("text", "joy"), shows("speech", "angry")])
    assert [claim.dimension for claim in found.claims] == ["emotion", "conflict"]


def test_channels_that_could_not_be_read_are_told(shows):
    silent = ChannelReading(channel="speech", reason="no speech was heard")
    found = FUSION.fuse(EMPTY, [shows("text", "joy"), silent])
    assert found.to_line()["channels"]["speech"]["reason"] == "no speech was heard"
    assert "speech" not in found.scores


def test_weights_go_to_disk_and_back(tmp_path, shows):
    FUSION.weights.save(tmp_path)
    row = [shows("text", "joy"), shows("speech", "angry")]
    assert (Fusion(folder=tmp_path).probabilities([row]) == FUSION.probabilities([row])).all()
    assert Fusion(folder=tmp_path).weights.card == FUSION.weights.card


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("fusion.json", b"{}", "fusion.card"),
        ("fusion.json", None, "fusion.card"),
        ("fusion.safetensors", b"x", "fusion.arrays"),
        ("fusion.safetensors", None, "fusion.arrays"),
    ],
)
def test_damaged_weights(tmp_path, name, content, code):
    FUSION.weights.save(tmp_path)
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        _ = Fusion(folder=tmp_path).weights
    assert caught.value.code == code


def test_the_card_tells_what_was_simulated_and_weights_are_small():
    assert any("simulated" in note for note in FUSION.weights.card.notes)
    assert sum(path.stat().st_size for path in FUSION.folder.iterdir()) < 200_000
