"""The learning rate of short trainings: it rises once and falls once.

Reference:
    Smith and Topin (2019), "Super-convergence: very fast training of neural networks using large learning
    rates".
"""

from __future__ import annotations

from torch.optim import Optimizer
from torch.optim.lr_scheduler import OneCycleLR

_RISING = 0.1


def one_cycle(optimiser: Optimizer, rate: float, *, steps: int) -> OneCycleLR:
    """A schedule over any number of steps, of which a tenth rise.

    Args:
        optimiser: of the run.
        rate: the largest.
        steps: at least 1.
    """
    total = steps + 1
    # torch divides by the number of rising steps but one, which is 0 for exactly ten steps in all.
    return OneCycleLR(optimiser, rate, total_steps=total, pct_start=max(_RISING, 2 / total))
