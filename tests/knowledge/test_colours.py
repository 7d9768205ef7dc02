from __future__ import annotations

import re

import pytest
from rich.color import Color

from tongli.emotion.face import FACE_LABELS
from tongli.knowledge.colours import colour

SPEECH = ("angry", "happy", "neutral", "sad", "fearful", "disgusted", "surprised", "calm")


@pytest.mark.parametrize("labels", [FACE_LABELS, SPEECH])
def test_every_label_has_colours_that_no_other_has(labels):
    for medium in ("paper", "terminal"):
        assert len({colour(label, medium) for label in labels}) == len(labels)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour(label, "paper")) for label in labels)
    assert all(Color.parse(colour(label, "terminal")) for label in labels)


def test_channels_share_colours():
    assert colour("sad", "paper") == colour("sadness", "paper")


def test_a_label_nobody_knows():
    assert (colour("?", "paper"), colour("?", "terminal")) == ("#000000", "default")
