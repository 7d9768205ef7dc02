"""Weights as training leaves them, without training: tuned layers and three heads of a tiny encoder."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from tongli.emotion.card import load_card
from tongli.encoders.overlay import save_overlay
from tongli.encoders.sources import OVERLAY, find_source
from tongli.encoders.text import TextEncoder
from tongli.encoders.weights import from_folder
from tongli.testing import tiny_heads

METRICS = {
    "dev": {
        "macro_f1_mean": 0.55,
        "macro_f1_worst": "es 0.500",
        "macro_f1_by_language": {"en": 0.6, "es": 0.5},
        "ece": 0.02,
    }
}


@pytest.fixture(scope="module")
def settings(tiny_settings):
    return replace(tiny_settings, heads=None)


@pytest.fixture(scope="module")
def trained(tmp_path_factory, tiny_model, settings) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    weights = from_folder(tiny_model)
    random = np.random.default_rng(7)

    def shaken(value):
        return (value + random.normal(0, 0.05, value.shape)).astype(np.float32)

    layer = weights.layers[2]
    tuned = replace(
        layer,
        **{
            item.name: shaken(getattr(layer, item.name))
            for item in fields(layer)
            if not item.name.endswith("norm")
        },
    )
    digest = find_source(str(tiny_model), settings).digest
    save_overlay(folder / OVERLAY, base=weights, base_digest=digest, tuned=[tuned])
    encoder = TextEncoder(model=str(tiny_model), settings=replace(settings, heads=folder))
    heads = tiny_heads(folder / "all", encoder=encoder.id, width=encoder.features(["x"]).shape[1])
    for name in ("ekman6", "intensity", "sentiment"):
        replace(load_card(heads / f"{name}.json"), metrics=METRICS).save(folder / f"{name}.json")
        (heads / f"{name}.safetensors").rename(folder / f"{name}.safetensors")
    return folder
