"""Adapters: a small network after each of the two sublayers (Houlsby et al. 2019)."""

from __future__ import annotations

from torch import Tensor, nn

_SPREAD = 1e-3


class Bottleneck(nn.Module):
    """``x + gelu(x @ down) @ up``, close to ``x`` at the start.

    Args:
        width: of the states.
        inner: hidden units.
    """

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.down = nn.Linear(width, inner)
        self.up = nn.Linear(inner, width)
        for part in (self.down, self.up):
            nn.init.trunc_normal_(part.weight, std=_SPREAD, a=-2 * _SPREAD, b=2 * _SPREAD)
            nn.init.zeros_(part.bias)

    def forward(self, states: Tensor) -> Tensor:
        """``(..., width)`` → the same shape."""
        inner = nn.functional.gelu(self.down(states))
        result: Tensor = states + self.up(inner)
        return result


def insert_adapters(layer: nn.Module, *, bottleneck: int) -> None:
    """Two adapters in a BERT layer, each before the residual is added; the layer norms learn with them."""
    for name in ("attention.output", "output"):
        output = layer.get_submodule(name)
        width = output.get_submodule("dense").get_parameter("bias").shape[0]
        inserted = Bottleneck(width, bottleneck)
        output.dropout = nn.Sequential(output.get_submodule("dropout"), inserted)
        output.get_submodule("LayerNorm").requires_grad_(requires_grad=True)
