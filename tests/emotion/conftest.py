"""Heads whose numbers can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.emotion.card import Calibration, Card, Source, Thresholds
from tongli.knowledge.schemes import SCHEMES


@pytest.fixture
def make_card():
    """A card for any head, with changes."""

    def make(head="ekman6", **changes):
        labels = changes.get("labels") or SCHEMES[head].labels
        card = {
            "head": head,
            "encoder": "toy@1",
            "labels": labels,
            "data": (Source(name="toy", licence="CC0-1.0", examples=1),),
            "languages": ("en", "pt-BR"),
            "calibration": Calibration(slope=(1.0,) * len(labels), offset=(0.0,) * len(labels)),
            "thresholds": Thresholds(default=(0.5,) * len(labels)),
            "doubt": 0.1,
            "metrics": {},
        }
        return Card(**{**card, **changes})

    return make


@pytest.fixture
def row():
    """Values of ekman6 with one label raised."""

    def make(label=None, value=0.9, rest=0.1):
        return {name: value if name == label else rest for name in SCHEMES["ekman6"].labels}

    return make


@pytest.fixture
def floats():
    return lambda *values: np.array(values, np.float32)
