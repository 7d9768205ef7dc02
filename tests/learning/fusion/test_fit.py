"""What is learnt from messages of which the answer is known."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")

from tongli.core import ChannelReading
from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.learning.fusion.fit import Recipe, fit_network, fit_words
from tongli.learning.fusion.measure import calibration_error, every_combination, recall
from tongli.learning.fusion.pairs import Drawing, draw
from tongli.learning.fusion.tables import table


def noisy(channel, rng, *, right, each=80):
    """Readings that are as sure as they are often right, up to ``right``."""
    readings, labels = [], []
    for label in LABELS * each:
        sure = rng.uniform(0.2, right)
        named = label if rng.random() < sure else rng.choice(LABELS)
        rest = (1 - sure) / len(LABELS)
        scores = {name: rest + (sure if name == named else 0) for name in LABELS}
        readings.append(ChannelReading(channel=channel, scores=scores, reliability=1.0))
        labels.append(label)
    return table(readings, labels)


def test_the_better_channel_counts_for_more_and_both_are_best():
    rng = np.random.default_rng(0)
    tables = noisy("text", rng, right=0.5), noisy("speech", rng, right=0.9)
    steps = []
    network = fit_network(
        *draw(tables, rng, Drawing(messages=6000)), recipe=Recipe(steps=400), step=steps.append
    )
    whole = Drawing(messages=4000, dropout=(0.0, 0.0), astray=0.0, plain=0.0, unknown=0.0)
    found, truth = draw(tables, rng, whole)
    figures = every_combination(network, found, truth)
    assert list(figures) == ["text", "speech", "text+speech"]
    assert figures["text+speech"]["uar"] > figures["speech"]["uar"] > figures["text"]["uar"]
    assert max(part["ece"] for part in figures.values()) < 0.05
    assert steps[-1] == 400
    assert (network.gates(found)[:, CHANNELS.index("face")] == 0).all()


def test_the_view_of_words_finds_what_heads_tell():
    rng = np.random.default_rng(0)
    truth = rng.integers(len(LABELS), size=1400)
    values = rng.normal(size=(len(truth), 10)).astype(np.float32)
    values[np.arange(len(truth)), truth] += 4  # the six emotions, and "negative" for neutral
    view = fit_words(values, truth)
    chances = view.probabilities(values)
    assert recall(chances, truth) > 0.8
    assert calibration_error(chances, truth) < 0.05
    missing = values.copy()
    missing[:, 6:] = np.nan
    assert np.isfinite(view.probabilities(missing)).all()
