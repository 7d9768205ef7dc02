from __future__ import annotations

import numpy as np
import pytest

from tongli.core.scene import SceneEncoding
from tongli.emotion.scene import read_scene, unread_scene

LABELS = ("anger", "joy", "neutral")


def scene(*likeness) -> SceneEncoding:
    return SceneEncoding(labels=LABELS, likeness=np.array(likeness, np.float32), encoder="clip")


def test_the_nearest_label_when_it_stands_out():
    found = read_scene(scene(0.1, 0.3, 0.12))
    assert (found.channel, found.label, found.source) == ("scene", "joy", "clip")
    assert found.scores["joy"] == pytest.approx(0.5, abs=0.01)
    assert sum(found.scores.values()) == pytest.approx(1, abs=1e-3)


def test_near_to_everything_is_near_to_nothing():
    found = read_scene(scene(0.2, 0.201, 0.2))
    assert (found.label, found.reason) == (None, "nothing in the picture stands out")


def test_without_an_encoder():
    assert unread_scene().abstained
    assert unread_scene().reason == "no image encoder is installed"
