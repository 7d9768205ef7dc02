"""Batches on the device that trains: the one place where data go there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from tongli.core import ConfigError, shorten
from tongli.learning.states import States, padded
from tongli.learning.train.pool import Pool

Rows = NDArray[np.intp]


class Inputs(NamedTuple):
    """What the upper layers read.

    Attributes:
        states: ``(batch, tokens, hidden)`` of the last frozen layer; zeros where padded.
        mask: ``(batch, tokens)``, 1 for real tokens.
        lower: ``(batch, lower_width)``, pooled frozen layers.
    """

    states: Tensor
    mask: Tensor
    lower: Tensor


class Goals(NamedTuple):
    """What a batch teaches a head: places of its texts in the batch, and targets ``(places, labels)``."""

    places: Tensor
    targets: Tensor


def choose_device(name: str, *, processes: int) -> torch.device:
    """The device to train on.

    Args:
        name: ``auto`` takes cuda or mps if torch finds one, else cpu; or a name that torch knows.
        processes: that train together; several train on processors only.

    Raises:
        ConfigError: ``train.device`` when it cannot be used.
    """
    if name == "auto":
        found: dict[str, Callable[[], bool]] = {
            "cuda": torch.cuda.is_available,
            "mps": torch.backends.mps.is_available,
        }
        name = next((kind for kind, there in found.items() if processes == 1 and there()), "cpu")
    try:
        device = torch.device(name)
        torch.ones(1, device=device).item()
    # What torch raises depends on what it was built for and what the driver says.
    except (RuntimeError, AssertionError, NotImplementedError) as broken:
        raise _unusable(name) from broken
    if processes > 1 and device.type != "cpu":
        raise _unusable(f"{name} for {processes} processes")
    return device


def read_inputs(states: States, rows: Rows, *, device: torch.device) -> Inputs:
    """Inputs of some texts, padded to the longest."""
    values, mask = padded(states, rows.tolist())
    lower = states.pooled[rows].astype(np.float32)
    return Inputs(*(torch.from_numpy(part).to(device) for part in (values, mask, lower)))


def read_goals(pool: Pool, rows: Rows, *, heads: Iterable[str], device: torch.device) -> dict[str, Goals]:
    """Goals of those heads that any of the texts has a target of."""
    found = {}
    for head in heads:
        places = [place for place, row in enumerate(rows) if head in pool.items[row].targets]
        if places:
            targets = torch.from_numpy(pool.targets(head, rows[places]))
            found[head] = Goals(torch.tensor(places, device=device), targets.to(device))
    return found


def _unusable(name: str) -> ConfigError:
    return ConfigError(
        "train.device",
        received=f"device = {shorten(name)}",
        allowed="auto, cpu, or an accelerator of this machine that torch was built for, with one process",
        fix='Correct device in the recipe; "auto" always works.',
    )
