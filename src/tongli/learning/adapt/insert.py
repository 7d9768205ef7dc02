"""Freeze what stays, insert what learns, and merge it back into plain layers."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import cast

from peft import AdaLoraConfig
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import nn

from tongli.core import ModelError
from tongli.learning.adapt.adaptation import MERGEABLE, Adaptation, bad_value
from tongli.learning.adapt.bottleneck import Bottleneck, insert_adapters
from tongli.learning.adapt.low_rank import insert_low_rank, merge_low_rank
from tongli.learning.adapt.prefix import PrefixedLayer
from tongli.learning.adapt.ranks import Ranks
from tongli.learning.train.layer import BertLayer
from tongli.learning.train.network import Upper

_RANKS = "ranks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """How many parameters learn in the layers and in the heads, and how many there are in all."""

    layers: int
    heads: int
    total: int


def adapt(network: Upper, adaptation: Adaptation, *, steps: int) -> None:
    """Make the network learn by a method, in place; until it has learnt, it computes what it did.

    A prefix is the exception: it takes a share of the attention from the start. Layers that are frozen whole
    lose their dropout. What is inserted is drawn from torch's global generator.

    Args:
        network: with plain layers.
        adaptation: of its layers.
        steps: of the whole run, by which AdaLoRA plans.

    Raises:
        ConfigError: ``adapt.value`` for more layers than there are.
        ModelError: ``adapt.twice``.
    """
    if any(isinstance(module, (BaseTunerLayer, PrefixedLayer, Bottleneck)) for module in network.modules()):
        raise ModelError(
            "adapt.twice",
            received="a network that was adapted before",
            allowed="one with plain layers",
            fix="Start from a new network, or from what merged() returns.",
        )
    first = _first(network, adaptation)
    network.layers.requires_grad_(requires_grad=False)
    for layer in network.layers[:first]:
        _without_dropout(layer)
    _insert(network, adaptation, first=first, steps=steps)


def merged(network: Upper) -> Upper:
    """A copy with plain layers that computes the same, all of it free to learn.

    Raises:
        ModelError: ``adapt.merge`` for a prefix or adapters, which no plain layer can hold.
    """
    if any(isinstance(module, (PrefixedLayer, Bottleneck)) for module in network.modules()):
        raise ModelError(
            "adapt.merge",
            received="layers with a prefix or adapters",
            allowed=f"a network adapted by {', '.join(MERGEABLE)}",
            fix="Train with one of these methods where weights are to ship; this network runs in torch only.",
        )
    plain = copy.deepcopy(network)
    merge_low_rank(plain.layers)
    if hasattr(plain, _RANKS):
        delattr(plain, _RANKS)
    return plain.requires_grad_(requires_grad=True)


def count(network: Upper) -> Parameters:
    """Parameters that learn, in layers and in heads, and all."""
    return Parameters(
        layers=_learning(network.layers),
        heads=_learning(network.heads),
        total=sum(item.numel() for item in network.parameters()),
    )


def _first(network: Upper, adaptation: Adaptation) -> int:
    """Index of the lowest layer that takes part."""
    depth = len(network.layers)
    if adaptation.method == "heads":
        return depth
    if adaptation.top_k > depth:
        raise bad_value("top_k", adaptation.top_k, allowed=f"at most {depth}, the upper layers")
    return depth - (adaptation.top_k or depth)


def _insert(network: Upper, adaptation: Adaptation, *, first: int, steps: int) -> None:
    chosen = nn.ModuleList(list(network.layers)[first:])
    if adaptation.method == "layers":
        chosen.requires_grad_(requires_grad=True)
    elif adaptation.method in {"lora", "adalora", "dora"}:
        config = insert_low_rank(chosen, adaptation, steps=steps)
        if isinstance(config, AdaLoraConfig):
            network.add_module(_RANKS, Ranks(network.layers, config))
    elif adaptation.method == "prefix":
        for index, layer in enumerate(chosen, start=first):
            network.layers[index] = PrefixedLayer(cast("BertLayer", layer), length=adaptation.prefix)
    elif adaptation.method == "adapters":
        for layer in chosen:
            insert_adapters(layer, bottleneck=adaptation.bottleneck)


def _without_dropout(layer: nn.Module) -> None:
    """Frozen layers compute what they will when in use, whether the network trains or not."""
    for module in layer.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0


def _learning(module: nn.Module) -> int:
    return sum(item.numel() for item in module.parameters() if item.requires_grad)
