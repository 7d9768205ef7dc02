"""A schedule of any length starts low, reaches its rate, and ends low."""

from __future__ import annotations

import pytest
import torch

from tongli.learning.cycle import one_cycle


@pytest.mark.parametrize("steps", [1, 2, 8, 9, 10, 19, 200])  # nine steps once divided by zero
def test_the_rate_rises_and_falls(steps):
    optimiser = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = one_cycle(optimiser, 0.5, steps=steps)
    rates = [schedule.get_last_lr()[0]]
    for _ in range(steps):
        optimiser.step()
        schedule.step()
        rates.append(schedule.get_last_lr()[0])
    assert max(rates) == pytest.approx(0.5, rel=0.1)
    assert rates[0] < 0.1
    assert steps < 3 or rates[-1] < 0.1
