"""Readings of faces, drawn from a matrix of confusions: see ``faces.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np

from tongli.core import ChannelReading, FloatArray
from tongli.emotion.fusion.card import LABELS

NOTE = (
    "Readings of faces were simulated from an assumed matrix of confusions that agrees with the accuracy "
    "measured of the face model; no face data was learnt from or measured on."
)

_SHARPNESS = (0.6, 1.4)
"""Readings are flattened or sharpened by an exponent of this range: faces differ in how clear they are."""


def simulated_faces(rng: np.random.Generator, *, a_label: int) -> tuple[list[ChannelReading], list[str]]:
    """Readings of faces with what they show.

    What is drawn is the label that the model would name; its scores are the posterior that the matrix gives
    for that name when all labels are equally frequent.

    Args:
        rng: source of chance.
        a_label: readings of each label.
    """
    confusion = _confusion()
    posterior = confusion / confusion.sum(axis=0)
    readings, labels = [], []
    for truth, row in zip(LABELS, confusion, strict=True):
        for named in rng.choice(len(LABELS), size=a_label, p=row):
            powers = posterior[:, named] ** rng.uniform(*_SHARPNESS)
            scores = dict(zip(LABELS, (powers / powers.sum()).tolist(), strict=True))
            readings.append(ChannelReading(channel="face", scores=scores, reliability=1.0))
            labels.append(truth)
    return readings, labels


def _confusion() -> FloatArray:
    text = (files("tongli.learning.fusion") / "faces.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    order = [data["labels"].index(label) for label in LABELS]
    found = np.array(data["percent"], np.float64)[np.ix_(order, order)] + 0.5
    return np.asarray(found / found.sum(axis=1, keepdims=True))
