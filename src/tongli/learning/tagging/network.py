"""The tagger in torch; :class:`tongli.emotion.marker_arrays.MarkerArrays` does the same in numpy."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from tongli.core import FloatArray
from tongli.emotion.marker_arrays import MarkerArrays
from tongli.emotion.marker_units import ROWS


class Tagger(nn.Module):
    """Token states and hashed forms → logits of tags.

    Args:
        mean, scale: of the states, each ``(hidden,)``.
        tags: outputs.
        inner: channels.
        width: units that a convolution sees, odd.
        dropout: of states and channels.
        form_dropout: share of texts without any form, and share of the forms of the other texts that are
            hidden, so that the states are learnt from too: forms say nothing about a new language.
    """

    mean: Tensor
    scale: Tensor

    def __init__(
        self,
        *,
        mean: FloatArray,
        scale: FloatArray,
        tags: int,
        inner: int = 128,
        width: int = 5,
        dropout: float = 0.3,
        form_dropout: float = 0.1,
    ) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("scale", torch.from_numpy(scale))
        self.up = nn.Linear(len(mean), inner)
        self.forms = nn.Embedding(ROWS, inner, padding_idx=0)
        nn.init.normal_(self.forms.weight, std=0.05)
        with torch.no_grad():
            self.forms.weight[0] = 0
        self.first, self.second = (nn.Linear(width * inner, inner) for _ in range(2))
        self.down = nn.Linear(inner, tags)
        self.dropout = nn.Dropout(dropout)
        self.width = width
        self.form_dropout = form_dropout

    def forward(self, states: Tensor, forms: Tensor, mask: Tensor) -> Tensor:
        """States ``(texts, units, hidden)``, forms ``(texts, units, forms)`` and mask ``(texts, units)``.

        Returns:
            Logits ``(texts, units, tags)``; those of masked units mean nothing.
        """
        if self.training and self.form_dropout:
            whole = torch.rand(len(forms), 1, 1) >= self.form_dropout
            forms = forms * whole * (torch.rand(forms.shape) >= self.form_dropout)
        inputs = self.dropout((states - self.mean) * self.scale)
        kept = mask.unsqueeze(-1)
        inner = torch.relu(self.up(inputs) + self.forms(forms).sum(dim=2)) * kept
        for convolution in (self.first, self.second):
            around = convolution(self._neighbours(self.dropout(inner)))
            inner = (inner + torch.relu(around)) * kept
        found: Tensor = self.down(self.dropout(inner))
        return found

    def _neighbours(self, inner: Tensor) -> Tensor:
        """Each unit beside its neighbours, zeros beyond the ends: ``(texts, units, width * inner)``."""
        half = self.width // 2
        padded = nn.functional.pad(inner, (0, 0, half, half))
        return torch.cat([padded[:, shift : shift + inner.shape[1]] for shift in range(self.width)], dim=2)

    def arrays(self) -> MarkerArrays:
        """The weights as they are saved."""
        return MarkerArrays(
            mean=_array(self.mean),
            scale=_array(self.scale),
            up=_array(self.up.weight.T),
            up_bias=_array(self.up.bias),
            forms=_array(self.forms.weight),
            first=_array(self.first.weight.T),
            first_bias=_array(self.first.bias),
            second=_array(self.second.weight.T),
            second_bias=_array(self.second.bias),
            down=_array(self.down.weight.T),
            bias=_array(self.down.bias),
        )


def _array(tensor: Tensor) -> FloatArray:
    found: FloatArray = tensor.detach().contiguous().numpy().copy()
    return found
