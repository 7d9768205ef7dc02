"""Several processes that train one network together, each on its share of every batch.

Synchronous data parallelism (Li et al. 2020, "PyTorch Distributed"): the gradients of the shares add up to
that of the whole batch, so the number of processes changes the time a run takes, and only dropout besides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from os import environ

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, distributed

from tongli.learning.extra import require

_PATIENCE = timedelta(hours=12)
"""How long processes wait for the first one, which encodes the texts alone."""


@dataclass(frozen=True, slots=True)
class Parallel:
    """One process and how many there are; alone, nothing is exchanged.

    Attributes:
        rank: 0 is the first, the only one that writes files.
        size: processes in all.
    """

    rank: int = 0
    size: int = 1

    @property
    def first(self) -> bool:
        """Whether this process writes and speaks for all."""
        return self.rank == 0

    def share(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows of a batch that are this process's; none when there are fewer rows than processes."""
        return rows[self.rank :: self.size]

    def total(self, loss: Tensor, parameters: Iterable[Tensor]) -> float:
        """Add up the loss and the gradients of all processes, so that every process has the sums.

        A gradient that no process has stays absent: the optimiser leaves such a parameter be.
        """
        if self.size == 1:
            return float(loss.detach())
        parameters = list(parameters)
        there = torch.tensor([float(item.grad is not None) for item in parameters])
        flat = torch.cat([loss.detach().reshape(1), there, *(_gradient(item) for item in parameters)])
        distributed.all_reduce(flat)
        sizes = [1, len(parameters), *(item.numel() for item in parameters)]
        value, there, *gradients = torch.split(flat, sizes)
        for item, known, gradient in zip(parameters, there, gradients, strict=True):
            item.grad = gradient.view_as(item) if known else None
        return float(value)

    def agree(self, value: float) -> float:
        """The first process's value."""
        if self.size == 1:
            return value
        held = torch.tensor([value], dtype=torch.float64)
        distributed.broadcast(held, src=0)
        return float(held)

    def wait(self) -> None:
        """Go on when every process has come this far."""
        if self.size > 1:
            distributed.barrier()

    @contextmanager
    def first_goes_first(self) -> Iterator[None]:
        """The block runs in the first process, then in all others, which find its files."""
        if not self.first:
            self.wait()
        yield
        if self.first:
            self.wait()


ALONE = Parallel()
"""One process."""


@contextmanager
def joined() -> Iterator[Parallel]:
    """The process among those that ``accelerate launch`` or ``torchrun`` started, or alone.

    Raises:
        ConfigError: ``extra.missing`` when several were started and accelerate is not installed.
    """
    if int(environ.get("WORLD_SIZE", "1")) == 1:
        yield ALONE
        return
    require("several processes", "accelerate")
    from accelerate import PartialState  # type: ignore[import-untyped]

    state = PartialState(cpu=True, timeout=_PATIENCE)
    try:
        yield Parallel(rank=state.process_index, size=state.num_processes)
    finally:
        state.destroy_process_group()


def _gradient(parameter: Tensor) -> Tensor:
    gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
    return gradient.reshape(-1)
