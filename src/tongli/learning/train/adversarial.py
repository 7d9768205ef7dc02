"""Training on inputs that were disturbed so that the loss rises.

The papers disturb word embeddings. Here, what is disturbed are the *stored states of the last frozen layer*,
the input of the layers that are trained; the pooled frozen layers, which the heads read beside them, stay.

A disturbance is as long as a share of the text's own states (L2, over all of its tokens), so that one radius
suits encoders of any scale and texts of any length. Dropout falls alike in all passes of a step (Zhu et al.,
section 3.3).

References:
    Miyato et al. (2017), "Adversarial Training Methods for Semi-Supervised Text Classification", ICLR.
    Madry et al. (2018), "Towards Deep Learning Models Resistant to Adversarial Attacks", ICLR.
    Zhu et al. (2020), "FreeLB: Enhanced Adversarial Training for Natural Language Understanding", ICLR.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from tongli.learning.train.batch import Inputs
from tongli.learning.train.objective import Loss
from tongli.learning.train.recipe import Recipe

LossOf = Callable[[Tensor], Loss]
"""Loss of a batch whose states are these; dropout depends on nothing else."""

_TINY = 1e-12


class Attack(Protocol):
    """Adds gradients of one step to the parameters.

    The loss that it returns is the mean of what was learnt from; its parts are those of the first pass, and
    of the last one as ``adversarial/HEAD``.
    """

    def __call__(self, loss_of: LossOf, inputs: Inputs, *, random: torch.Generator) -> Loss:
        """One step.

        Args:
            loss_of: the batch's loss.
            inputs: of the batch.
            random: on the CPU, for where a search starts.
        """
        ...


def choose_attack(recipe: Recipe) -> Attack:
    """The attack that a recipe names."""
    radius, steps, rate = recipe.adversarial_radius, recipe.adversarial_steps, recipe.adversarial_rate
    attacks: dict[str, Attack] = {
        "none": no_attack,
        "fgm": Fgm(radius),
        "pgd": Pgd(radius, steps, rate),
        "freelb": FreeLb(radius, steps, rate),
    }
    return attacks[recipe.adversarial]


def no_attack(loss_of: LossOf, inputs: Inputs, *, random: torch.Generator) -> Loss:  # noqa: ARG001
    """The batch as it is."""
    found = loss_of(inputs.states)
    _backward(found.total)
    return found


@dataclass(frozen=True, slots=True)
class Fgm:
    """The batch as it is and one step up the gradient, half each (Miyato et al. 2017); two passes.

    Attributes:
        radius: L2 norm of the disturbance, as a share of that of the text's states.
    """

    radius: float

    def __call__(self, loss_of: LossOf, inputs: Inputs, *, random: torch.Generator) -> Loss:  # noqa: ARG002
        """See :class:`Attack`."""
        states = inputs.states.detach().requires_grad_()
        clean = loss_of(states)
        _backward(clean.total / 2)
        if states.grad is None:
            return clean
        worse = loss_of(inputs.states + _along(states.grad, inputs, share=self.radius))
        _backward(worse.total / 2)
        return Loss((clean.total + worse.total).detach() / 2, _parts(clean, worse))


@dataclass(frozen=True, slots=True)
class Pgd:
    """Only the worst disturbance found: a random start, then steps up within the ball (Madry et al. 2018).

    ``steps`` passes for the search and one to learn from.

    Attributes:
        radius: largest L2 norm of the disturbance, as a share of that of the text's states.
        steps: at least 1.
        rate: length of a step, in the same unit.
    """

    radius: float
    steps: int
    rate: float

    def __call__(self, loss_of: LossOf, inputs: Inputs, *, random: torch.Generator) -> Loss:
        """See :class:`Attack`."""
        offset = _start(inputs, share=self.radius, random=random)
        first = None
        for _ in range(self.steps):
            offset.requires_grad_()
            found = loss_of(inputs.states + offset)
            if not found.total.requires_grad:
                return found
            (gradient,) = torch.autograd.grad(found.total, offset)
            offset = offset.detach() + _along(gradient, inputs, share=self.rate)
            offset = _within(offset, inputs, share=self.radius)
            first = first or found
        last = loss_of(inputs.states + offset)
        _backward(last.total)
        return Loss(last.total.detach(), _parts(first or last, last))


@dataclass(frozen=True, slots=True)
class FreeLb:
    """The mean over all points on the way up, whose passes serve both gradients (Zhu et al. 2020).

    ``steps`` passes.

    Attributes:
        radius: largest L2 norm of the disturbance, as a share of that of the text's states.
        steps: at least 1.
        rate: length of a step, in the same unit.
    """

    radius: float
    steps: int
    rate: float

    def __call__(self, loss_of: LossOf, inputs: Inputs, *, random: torch.Generator) -> Loss:
        """See :class:`Attack`."""
        offset = _start(inputs, share=self.radius, random=random)
        passes: list[Loss] = []
        for _ in range(self.steps):
            offset.requires_grad_()
            passes.append(loss_of(inputs.states + offset))
            _backward(passes[-1].total / self.steps)
            if offset.grad is None:
                return passes[-1]
            offset = offset.detach() + _along(offset.grad, inputs, share=self.rate)
            offset = _within(offset, inputs, share=self.radius)
        total = torch.stack([found.total.detach() for found in passes]).mean()
        return Loss(total, _parts(passes[0], passes[-1]))


def _backward(total: Tensor) -> None:
    # A share of a batch may have nothing to learn from.
    if total.requires_grad:
        total.backward()  # type: ignore[no-untyped-call]


def _parts(first: Loss, last: Loss) -> dict[str, Tensor]:
    worse = {
        name.replace("loss/", "adversarial/"): value
        for name, value in last.parts.items()
        if name.startswith("loss/")
    }
    return {**first.parts, **worse}


def _norms(values: Tensor) -> Tensor:
    """L2 norm of each text's values, ``(batch, 1, 1)``."""
    norms: Tensor = torch.linalg.vector_norm(values, dim=(1, 2), keepdim=True)
    return norms


def _along(gradient: Tensor, inputs: Inputs, *, share: float) -> Tensor:
    return gradient * (share * _norms(inputs.states) / _norms(gradient).clamp(min=_TINY))


def _within(offset: Tensor, inputs: Inputs, *, share: float) -> Tensor:
    limit = share * _norms(inputs.states) / _norms(offset).clamp(min=_TINY)
    return offset * limit.clamp(max=1)


def _start(inputs: Inputs, *, share: float, random: torch.Generator) -> Tensor:
    """Uniform in a cube whose corners lie on the sphere, 0 where padded."""
    mask = inputs.mask[:, :, None]
    uniform = torch.rand(inputs.states.shape, generator=random).to(mask.device) * 2 - 1
    numbers = mask.sum(1, keepdim=True) * inputs.states.shape[2]
    return uniform * mask * share * _norms(inputs.states) / numbers.sqrt()
