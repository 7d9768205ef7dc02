"""Readings of faces, drawn from a matrix of confusions: see ``faces.toml``."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import numpy as np

from tongli.core import ChannelReading, FloatArray
from tongli.emotion.face.calibration import FACE_LABELS, probabilities
from tongli.emotion.fusion.card import LABELS

NOTE = (
    "Readings of faces were simulated from an assumed matrix of confusions that agrees with the accuracy "
    "measured of the face model; no face data was learnt from or measured on."
)

_MARGIN = (2.0, 1.0)
"""Shape and scale of the gamma distribution of by how much the model's first logit leads."""


def simulated_faces(rng: np.random.Generator, *, a_label: int) -> tuple[list[ChannelReading], list[str]]:
    """Readings of faces with what they show.

    What is drawn is the label that the model names, and how surely; its logits are then calibrated as those
    of real faces are.

    Args:
        rng: source of chance.
        a_label: readings of each label.
    """
    readings, labels = [], []
    for truth, row in zip(LABELS, _confusion(), strict=True):
        named = rng.choice(len(FACE_LABELS), size=a_label, p=row)
        logits = rng.normal(size=(a_label, len(FACE_LABELS))).astype(np.float32)
        logits[np.arange(a_label), named] = logits.max(axis=1) + rng.gamma(*_MARGIN, size=a_label)
        for scores in probabilities(logits).tolist():
            found = dict(zip(FACE_LABELS, scores, strict=True))
            readings.append(ChannelReading(channel="face", scores=found, reliability=1.0))
            labels.append(truth)
    return readings, labels


def _confusion() -> FloatArray:
    text = (files("tongli.learning.fusion") / "faces.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    rows, columns = ([data["labels"].index(label) for label in names] for names in (LABELS, FACE_LABELS))
    found = np.array(data["percent"], np.float64)[np.ix_(rows, columns)]
    return np.asarray(found / found.sum(axis=1, keepdims=True))
