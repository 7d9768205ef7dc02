"""LoRA, AdaLoRA and DoRA in BERT layers, by peft."""

from __future__ import annotations

import math

import torch
from peft import AdaLoraConfig, LoraConfig, inject_adapter_in_model
from peft.tuners.tuners_utils import BaseTunerLayer
from torch import nn

from tongli.learning.adapt.adaptation import Adaptation

_MATRICES = ("query", "key", "value", "dense")
"""Every matrix of a layer: updates of all of them beat larger ones of few (Dettmers et al. 2023)."""

_START = 1.5
"""AdaLoRA's rank at the start, of that at the end, as in its paper."""


def insert_low_rank(layers: nn.ModuleList, adaptation: Adaptation, *, steps: int) -> LoraConfig:
    """An update beside every matrix of the layers; nothing else in them learns. Returns peft's settings.

    Args:
        layers: BERT layers.
        adaptation: with a low-rank method.
        steps: of the whole run.
    """
    config = _adalora(adaptation, steps=steps) if adaptation.method == "adalora" else _lora(adaptation)
    inject_adapter_in_model(config, layers)
    return config


def merge_low_rank(layers: nn.ModuleList) -> None:
    """Add every update to its matrix and take it out, in place."""
    inserted = [pair for pair in layers.named_modules() if isinstance(pair[1], BaseTunerLayer)]
    with torch.no_grad():
        for name, module in inserted:
            module.merge()
            layers.set_submodule(name, module.get_base_layer())


def _lora(adaptation: Adaptation) -> LoraConfig:
    return LoraConfig(
        r=adaptation.rank,
        lora_alpha=adaptation.alpha,
        lora_dropout=adaptation.dropout,
        target_modules=list(_MATRICES),
        use_dora=adaptation.method == "dora",
    )


def _adalora(adaptation: Adaptation, *, steps: int) -> AdaLoraConfig:
    return AdaLoraConfig(
        init_r=math.ceil(_START * adaptation.rank),
        target_r=adaptation.rank,
        lora_alpha=adaptation.alpha,
        lora_dropout=adaptation.dropout,
        target_modules=list(_MATRICES),
        total_step=steps,
        tinit=steps // 10,
        tfinal=3 * steps // 10,
        deltaT=max(1, steps // 100),
    )
