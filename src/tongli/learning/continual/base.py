"""The weights that learning goes on from: found, checked, and made a network again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from tongli.core import FloatArray, ModelError, Settings, shorten
from tongli.emotion.head import Arrays, Head, load_head
from tongli.emotion.heads import heads_in
from tongli.encoders.installed import find_release
from tongli.encoders.manifest import FORMAT, file_sha256
from tongli.encoders.overlay import apply_overlay
from tongli.encoders.sources import Source, find_source
from tongli.encoders.weights import BertWeights
from tongli.knowledge.schemes import SCHEMES, Scheme
from tongli.learning.states import Trunk
from tongli.learning.train.network import Head as TrainableHead
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import Recipe
from tongli.learning.words import alone

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Weights that stay as they are.

    Attributes:
        folder: of the heads.
        digest: first 16 hex digits of the hash of the encoder and every file of the heads.
        heads: in the order of the schemes.
        source: of the encoder, with the tuned layers if there are any.
        settings: that read with these weights.
    """

    folder: Path
    digest: str
    heads: Mapping[str, Head]
    source: Source
    settings: Settings

    @property
    def own(self) -> dict[str, Scheme]:
        """Schemes of its heads that are not built in."""
        return {name: head.card.scheme for name, head in self.heads.items() if name not in SCHEMES}


def open_base(name: str, *, model: str, settings: Settings) -> Base:
    """Find and check the weights to go on from.

    Args:
        name: ``shipped``, a folder as ``tongli learn train`` writes it, or the name of an installed model.
        model: encoder that they were trained on.
        settings: of the run.

    Raises:
        ModelError: ``continue.base`` when there are no heads, or they do not fit the encoder; ``heads.*``.
    """
    heads_folder = None if name == SHIPPED else _folder(name, settings)
    folder = heads_folder or Path(str(files("tongli.emotion") / "weights"))
    heads = {head: load_head(folder, head) for head in heads_in(folder)}
    settings = replace(settings, heads=heads_folder)
    source = find_source(model, settings)
    encoder = f"{source.name}@{source.version}-f{FORMAT}"
    strange = sorted({head.card.encoder for head in heads.values()} - {encoder})
    if strange or not heads:
        raise ModelError(
            "continue.base",
            received=f"{shorten(name)} with heads of {', '.join(strange) or 'nothing'}",
            allowed=f"heads of {encoder}, beside the tuned layers that they read",
            fix="Give the folder that `tongli learn train` wrote, and name its encoder in the recipe. "
            "A release holds no tuned layers: give the folder that it was exported from.",
        )
    return Base(
        folder=folder,
        digest=_digest(folder, heads, encoder=encoder),
        heads=heads,
        source=source,
        settings=settings,
    )


def _folder(name: str, settings: Settings) -> Path:
    found = find_release(name, settings)
    return found.folder if found is not None else Path(name).expanduser()


def _digest(folder: Path, heads: Mapping[str, Head], *, encoder: str) -> str:
    digest = hashlib.sha256(encoder.encode())
    for head in heads:
        for suffix in (".json", ".safetensors"):
            digest.update(file_sha256(folder / f"{head}{suffix}").encode())
    return digest.hexdigest()[:16]


def start(base: Base, *, trunk: Trunk, recipe: Recipe) -> Upper:
    """The network that the weights are: its outputs are theirs.

    Args:
        base: from :func:`open_base`.
        trunk: of the same encoder.
        recipe: for dropout.

    Raises:
        ModelError: ``continue.base`` when layers below the fork were tuned too; ``overlay.*``.
    """
    first = next(iter(base.heads.values())).arrays
    network = Upper(
        _tuned(base, trunk),
        depth=trunk.depth,
        pooled=trunk.upper,
        heads={name: head.arrays.down.shape for name, head in base.heads.items()},
        mean=first.mean,
        scale=first.scale,
        dropout=recipe.dropout,
        head_dropout=recipe.head_dropout,
    )
    for name, head in base.heads.items():
        network.heads[name].load_state_dict(on_common_scale(alone(head), mean=first.mean, scale=first.scale))
    return network


def _tuned(base: Base, trunk: Trunk) -> BertWeights:
    if base.source.overlay is None:
        return trunk.weights
    weights = apply_overlay(base.source.overlay, trunk.weights, base_digest=base.source.digest)
    pairs = zip(weights.layers[: trunk.depth], trunk.weights.layers, strict=False)
    if any(layer is not pretrained for layer, pretrained in pairs):
        raise ModelError(
            "continue.base",
            received=f"{base.source.overlay.name} with layers below the {trunk.depth + 1}th",
            allowed="tuned layers of the upper third",
            fix="Give weights that `tongli learn train` wrote.",
        )
    return weights


def on_common_scale(arrays: Arrays, *, mean: FloatArray, scale: FloatArray) -> dict[str, Tensor]:
    """A head's weights for features that were standardised by another mean and scale; the same function."""
    up = arrays.up * (arrays.scale / scale)[:, None]
    up_bias = arrays.up_bias + ((mean - arrays.mean) * arrays.scale) @ arrays.up
    values = {"up.weight": up.T, "up.bias": up_bias, "down.weight": arrays.down.T, "down.bias": arrays.bias}
    return {name: torch.from_numpy(np.array(value, np.float32, order="C")) for name, value in values.items()}


def to_arrays(network: Upper, head: str) -> Arrays:
    """A head of the network as it is saved."""
    module = network.heads[head]
    assert isinstance(module, TrainableHead)  # noqa: S101 - for the type checker

    def array(tensor: Tensor) -> FloatArray:
        return tensor.detach().numpy().astype(np.float32)

    return Arrays(
        mean=network.mean.numpy(),
        scale=network.scale.numpy(),
        up=np.ascontiguousarray(array(module.up.weight).T),
        up_bias=array(module.up.bias),
        down=np.ascontiguousarray(array(module.down.weight).T),
        bias=array(module.down.bias),
    )
