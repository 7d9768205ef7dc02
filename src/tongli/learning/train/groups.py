"""Parameters in groups for an optimiser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from torch import nn


def groups(
    rated: Iterable[tuple[Iterable[nn.Parameter], float]], *, weight_decay: float
) -> list[dict[str, Any]]:
    """Two groups for each set of parameters and its learning rate: biases and norms are not decayed."""
    found = []
    for parameters, rate in rated:
        kept = list(parameters)
        for decayed in (True, False):
            chosen = [item for item in kept if (item.ndim > 1) is decayed]
            decay = weight_decay if decayed else 0.0
            found.append({"params": chosen, "lr": rate, "weight_decay": decay})
    return found
