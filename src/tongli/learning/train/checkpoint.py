"""What every training loop shares: checkpoints that are whole or not there, going on from them, and a step.

A folder belongs to one run. ``last.pt`` holds all that going on needs; ``best.pt`` what is kept in the end.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler

from tongli.core import ModelError
from tongli.core.writing import GOES_ON, writing

BEST, LAST = "best.pt", "last.pt"

BROKEN = (OSError, RuntimeError, ValueError, KeyError, TypeError, EOFError, pickle.UnpicklingError)
"""What reading a damaged checkpoint may raise."""


def save(value: Any, path: Path) -> None:
    """Write beside the final name, and rename when whole.

    Raises:
        StorageError: ``train.unwritable``.
    """
    part = path.with_suffix(".part")
    try:
        with writing(
            "train.unwritable",
            path,
            allowed="a writable folder with space for several copies of what learns",
            fix=GOES_ON,
            also=(RuntimeError,),  # torch has one for a full disk
        ):
            torch.save(value, part)
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def load(path: Path, *, device: torch.device | str = "cpu") -> Any:
    """What :func:`save` wrote.

    Raises:
        ModelError: ``train.checkpoint``.
    """
    try:
        return torch.load(path, map_location=device, weights_only=True)
    except BROKEN as broken:
        raise _broken(path, broken) from broken


def go_on(
    folder: Path,
    restore: Callable[[Mapping[str, Any]], None],
    *,
    identity: str,
    device: torch.device | str = "cpu",
) -> bool:
    """Hand the last checkpoint of a folder, which is made if need be, to ``restore``.

    Args:
        folder: of the run.
        restore: takes what was saved.
        identity: of everything that decides the weights; it was saved under this name.
        device: to load on.

    Returns:
        Whether there was one.

    Raises:
        ModelError: ``train.checkpoint``, or ``train.recipe`` for a checkpoint of another identity.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LAST
    if not path.is_file():
        return False
    saved = load(path, device=device)
    try:
        same = saved["identity"] == identity
        if same:
            restore(saved)
    except BROKEN as broken:
        raise _broken(path, broken) from broken
    if not same:
        raise other_run(folder)
    return True


def other_run(folder: Path) -> ModelError:
    """The error ``train.recipe`` of a folder that holds a run of something else."""
    return ModelError(
        "train.recipe",
        received=f"{folder.name}, which holds a run of another recipe, model or data",
        allowed="a folder of this run, or a new one",
        fix="Give another folder, or delete this one to start again.",
    )


def require_finite(loss: float, *, step: int) -> None:
    """Raise ``ModelError`` (``train.nan``) for a loss that is not a number."""
    if not math.isfinite(loss):
        raise ModelError(
            "train.nan",
            received=f"a loss of {loss} at step {step}",
            allowed="a finite loss",
            fix="Lower the learning rates in the recipe, and start again in another folder.",
        )


def descend(
    loss: Tensor,
    weights: Iterable[nn.Parameter],
    *,
    step: int,
    clip: float,
    optimiser: Optimizer,
    schedule: LRScheduler,
) -> float:
    """One step down; returns the loss.

    Args:
        loss: a scalar.
        weights: that learn, whose gradients are zero.
        step: for the error.
        clip: largest norm of the gradient.
        optimiser, schedule: of the run.

    Raises:
        ModelError: ``train.nan``.
    """
    value = float(loss.detach())
    require_finite(value, step=step)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(weights, clip)
    optimiser.step()
    schedule.step()
    return value


def _broken(path: Path, error: Exception) -> ModelError:
    return ModelError(
        "train.checkpoint",
        received=f"{path.name}: {type(error).__name__}",
        allowed="a whole checkpoint of this recipe",
        fix="Give another folder, or delete this one to start again.",
    )
