"""AdaLoRA while it trains: ranks go where they matter, singular vectors stay apart (Zhang et al. 2023)."""

from __future__ import annotations

from typing import Any

import torch
from peft import AdaLoraConfig
from peft.tuners.adalora import RankAllocator
from torch import Tensor, nn

from tongli.learning.train.network import Upper

_ADAPTER = "default"
_APART = 0.5
"""Weight of the penalty, peft's default."""


class Ranks(nn.Module):
    """Which singular values are kept, and what decides it; saved and loaded with the network.

    Args:
        layers: that hold updates.
        config: that they were inserted by.
    """

    def __init__(self, layers: nn.ModuleList, config: AdaLoraConfig) -> None:
        super().__init__()
        self._last = (config.total_step or 0) - config.tfinal
        self._allocator: Any = RankAllocator(layers, config, _ADAPTER)  # type: ignore[no-untyped-call]
        self._kept: dict[str, list[bool]] = {}

    def update(self, layers: nn.ModuleList, step: int) -> None:
        """Weigh every singular value by the gradients of a step, and cut the least to the step's budget.

        Args:
            layers: those of the start, with gradients.
            step: steps done, from 1.
        """
        if step > self._last:
            if self._kept:
                self._allocator.mask_using_rank_pattern(layers, self._kept)
        elif all(item.grad is not None for item in layers.parameters() if item.requires_grad):
            _, kept = self._allocator.update_and_allocate(layers, step, force_mask=step == self._last)
            self._kept = kept or self._kept

    def get_extra_state(self) -> dict[str, Any]:
        """Importance, its uncertainty, and what is kept, by name of parameter."""
        return {
            "importance": self._allocator.exp_avg_ipt,
            "uncertainty": self._allocator.exp_avg_unc,
            "kept": self._kept,
        }

    def set_extra_state(self, state: dict[str, Any]) -> None:
        """The inverse of :meth:`get_extra_state`."""
        self._allocator.exp_avg_ipt = dict(state["importance"])
        self._allocator.exp_avg_unc = dict(state["uncertainty"])
        self._allocator.ipt = dict(state["importance"])  # names that it knows; the values are written anew
        self._kept = dict(state["kept"])


def after_step(network: Upper, step: int) -> None:
    """To be called after every step of the optimiser, before gradients are cleared; moves AdaLoRA's ranks.

    Args:
        network: in training; nothing happens with other methods.
        step: steps done, from 1.
    """
    for module in network.children():
        if isinstance(module, Ranks):
            module.update(network.layers, step)


def orthogonality(network: Upper) -> Tensor:
    """Penalty that keeps AdaLoRA's singular vectors apart, to be added to the loss; 0 with other methods.

    Mean over the matrices P of 0.5 * ‖P Pᵀ - I‖, with a row for each vector.
    """
    if not any(isinstance(module, Ranks) for module in network.children()):
        return network.mean.new_zeros(())
    found = []
    for name, item in network.layers.named_parameters():
        if ".lora_A." in name or ".lora_B." in name:
            rows = item if ".lora_A." in name else item.T
            found.append(torch.linalg.matrix_norm(rows @ rows.T - torch.eye(len(rows), device=rows.device)))
    return _APART * torch.stack(found).mean()
