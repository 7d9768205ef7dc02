"""The tuned upper layers, stored as their difference from the pretrained ones.

A difference is small, so that one byte a weight keeps what training changed: 7 MB for four layers of
multilingual-e5-small. Biases and norms are stored whole.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open

from tongli.core import FloatArray, ModelError
from tongli.core.int8 import quantise
from tongli.core.tensors import save_tensors
from tongli.encoders.weights import BertWeights, Layer

FORMAT = 2

_ABOUT = "tongli"
"""The one key of the metadata: several would be written in an order that changes from run to run."""


def save_overlay(path: Path, *, base: BertWeights, base_digest: str, tuned: Sequence[Layer]) -> None:
    """Write the tuned layers, the topmost last.

    Args:
        path: a safetensors file.
        base: the pretrained encoder.
        base_digest: of the source it came from; :func:`apply_overlay` refuses any other.
        tuned: as many as were trained, from the top of the encoder.
    """
    first = len(base.layers) - len(tuned)
    stored: dict[str, NDArray[Any]] = {}
    for index, layer in enumerate(tuned, start=first):
        for name, value, pretrained in _arrays(layer, base.layers[index]):
            key = f"{index}.{name}"
            if value.ndim == 2:
                stored[key], stored[f"{key}.scale"] = quantise(value - pretrained, axis=0)
            else:
                stored[key] = np.ascontiguousarray(value)
    about = {"base": base_digest, "first": first, "format": FORMAT}
    save_tensors(stored, path, metadata={_ABOUT: json.dumps(about)})


def apply_overlay(path: Path, weights: BertWeights, *, base_digest: str) -> BertWeights:
    """The encoder with its upper layers tuned.

    Raises:
        ModelError: ``overlay.unreadable`` or ``overlay.base``.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            about = dict(json.loads((file.metadata() or {}).get(_ABOUT, "{}")))
            stored = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a mapping
    except (OSError, SafetensorError, TypeError, ValueError) as broken:
        raise _unreadable(path, type(broken).__name__) from broken
    if (about.get("format"), about.get("base")) != (FORMAT, base_digest):
        raise ModelError(
            "overlay.base",
            received=f"{path.name} of format {about.get('format')} for the encoder {about.get('base')}",
            allowed=f"format {FORMAT} for the encoder {base_digest}",
            fix="Reinstall tongli, or train the layers again.",
        )
    try:
        first = int(about["first"])
        tuned = [
            _restored(weights.layers[index], stored, index=index)
            for index in range(first, len(weights.layers))
        ]
    except (KeyError, TypeError, ValueError) as broken:
        raise _unreadable(path, type(broken).__name__) from broken
    return replace(weights, layers=(*weights.layers[:first], *tuned))


def _arrays(layer: Layer, pretrained: Layer) -> list[tuple[str, FloatArray, FloatArray]]:
    """Name, tuned and pretrained value of every array; a norm's scale and shift are two."""
    found = []
    for item in fields(Layer):
        value, before = getattr(layer, item.name), getattr(pretrained, item.name)
        if isinstance(value, tuple):
            found += [(f"{item.name}.{part}", value[part], before[part]) for part in range(2)]
        else:
            found.append((item.name, value, before))
    return found


def _restored(pretrained: Layer, stored: dict[str, NDArray[Any]], *, index: int) -> Layer:
    values: dict[str, Any] = {}
    for name, _, before in _arrays(pretrained, pretrained):
        key = f"{index}.{name}"
        value = stored[key]
        if value.ndim == 2:
            value = before + value * stored[f"{key}.scale"]
        if value.shape != before.shape:
            raise ValueError(key)
        values[name] = np.asarray(value, np.float32)
    for name in ("attention_norm", "output_norm"):
        values[name] = (values.pop(f"{name}.0"), values.pop(f"{name}.1"))
    return Layer(**values)


def _unreadable(path: Path, what: str) -> ModelError:
    return ModelError(
        "overlay.unreadable",
        received=f"{path.name}: {what}",
        allowed="the tuned layers of this encoder",
        fix="Reinstall tongli, or train the layers again.",
    )
