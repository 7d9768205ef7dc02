"""Messages put together by label."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import ChannelReading
from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.knowledge.speech_labels import SPEECH_LABELS
from tongli.learning.fusion.faces import simulated_faces
from tongli.learning.fusion.pairs import Drawing, draw
from tongli.learning.fusion.tables import table

WHOLE = Drawing(messages=2000, dropout=(0.0, 0.0), astray=0.0, plain=0.0, unknown=0.0)


def readings(channel, names, *, share=0.9):
    found = []
    for label in names:
        rest = (1 - share) / (len(names) - 1)
        scores = {name: share if name == label else rest for name in names}
        found.append(ChannelReading(channel=channel, scores=scores, reliability=1.0))
    return found


@pytest.fixture
def tables():
    voices = readings("speech", SPEECH_LABELS)[:6]
    shown = ["anger", "joy", "neutral", "sadness", "fear", "disgust"]
    return (
        table(readings("text", LABELS), LABELS),
        table(voices, shown),
        table(*simulated_faces(np.random.default_rng(0), a_label=200)),
    )


def drawn(tables, **changes):
    options = {**{name: getattr(WHOLE, name) for name in WHOLE.__slots__}, **changes}
    return draw(tables, np.random.default_rng(1), Drawing(**options))


def test_every_channel_shows_the_label_of_the_message(tables):
    found, truth = drawn(tables)
    assert (found.present == 1).all()
    assert (found.evidence[:, 0].argmax(axis=1) == truth).all()
    known = truth != LABELS.index("surprise")
    assert (found.evidence[known, 1].argmax(axis=1) == truth[known]).all()
    assert np.allclose(np.bincount(truth) / len(truth), 1 / len(LABELS), atol=0.05)


def test_a_label_that_no_voice_shows_may_sound_like_anything(tables):
    found, truth = drawn(tables)
    surprised = found.evidence[truth == LABELS.index("surprise"), 1].argmax(axis=1)
    assert len(set(surprised.tolist())) > 4


def test_channels_are_taken_away_but_never_all(tables):
    found, _ = drawn(tables, dropout=(0.3, 0.5))
    missing = 1 - found.present.mean()
    assert 0.25 < missing < 0.5
    assert (found.present.sum(axis=1) >= 1).all()
    gone = found.present == 0
    assert not found.evidence[gone].any()
    assert not found.reliability[gone].any()


def test_readings_that_go_astray_have_a_reliability_to_match(tables):
    found, truth = drawn(tables, astray=1.0, messages=20_000)
    right = found.evidence[:, 0].argmax(axis=1) == truth
    for low, high in ((0.2, 0.4), (0.6, 0.8)):
        rows = (found.reliability[:, 0] > low) & (found.reliability[:, 0] < high)
        trust = found.reliability[rows, 0].mean()
        assert abs(right[rows].mean() - (trust + (1 - trust) / len(LABELS))) < 0.04


def test_plain_words_only_beside_another_channel(tables):
    found, truth = drawn(tables, plain=1.0, dropout=(0.5, 0.5))
    neutral = found.evidence[:, 0].argmax(axis=1) == LABELS.index("neutral")
    there, alone = found.present[:, 0] == 1, found.present.sum(axis=1) == 1
    assert neutral[there & ~alone].all()
    assert (found.evidence[there & alone, 0].argmax(axis=1) == truth[there & alone]).all()


def test_unknown_labels_are_no_evidence_and_the_rest_stays_centred(tables):
    found, _ = drawn(tables, unknown=1.0)
    assert (found.evidence[:, 0] == 0).mean() > 0.3
    assert np.allclose(found.evidence[:, 0].sum(axis=1), 0, atol=1e-4)


def test_simulated_faces_are_as_good_as_the_model_was_measured():
    readings, labels = simulated_faces(np.random.default_rng(0), a_label=2000)
    right = [
        max(each.scores, key=each.scores.get) == label for each, label in zip(readings, labels, strict=True)
    ]
    assert abs(np.mean(right) - 0.528) < 0.02
    assert len(labels) == 2000 * len(LABELS)
    assert len(CHANNELS) == 3
