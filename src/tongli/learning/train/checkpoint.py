"""Checkpoints: written whole or not at all, and refused where they are damaged."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import torch

from tongli.core import ModelError

BROKEN = (OSError, RuntimeError, ValueError, KeyError, TypeError, EOFError, pickle.UnpicklingError)
"""What reading a damaged checkpoint may raise."""


def save(value: Any, path: Path) -> None:
    """Write beside the final name, and rename when whole."""
    part = path.with_suffix(".part")
    torch.save(value, part)
    part.replace(path)


def broken_checkpoint(path: Path, error: Exception) -> ModelError:
    """The error ``train.checkpoint`` of a file that cannot be gone on from."""
    return ModelError(
        "train.checkpoint",
        received=f"{path.name}: {type(error).__name__}",
        allowed="a whole checkpoint of this recipe",
        fix="Give another folder, or delete this one to start again.",
    )
