"""Prefix tuning: learnt keys and values before those of the text, in every layer (Li & Liang 2021)."""

from __future__ import annotations

import torch
from peft import PrefixEncoder, PrefixTuningConfig
from torch import Tensor, nn

from tongli.learning.train.layer import BertLayer

_SPREAD = 0.02
"""Of new keys and values: peft's spread of 1 would drown the text's own, and zeros would stay alike."""


class PrefixedLayer(nn.Module):
    """A BERT layer whose attention also reads a learnt prefix.

    Args:
        layer: used as it is.
        length: of the prefix, in keys.
    """

    def __init__(self, layer: BertLayer, *, length: int) -> None:
        super().__init__()
        self.layer = layer
        attention = layer.attention.self
        self.heads, self.size = attention.heads, attention.size
        config = PrefixTuningConfig(
            num_virtual_tokens=length, token_dim=self.heads * self.size, num_layers=1, encoder_hidden_size=1
        )
        self.prefix = PrefixEncoder(config)  # type: ignore[no-untyped-call]
        nn.init.normal_(self.prefix.embedding.weight, std=_SPREAD)
        self.register_buffer("places", torch.arange(length), persistent=False)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """As the layer itself.

        Args:
            states: ``(batch, tokens, hidden)``.
            bias: added to the attention's logits, ``(batch, 1, 1, tokens)``.
        """
        learnt = self.prefix(self.places).view(-1, 2, self.heads, self.size)
        keys, values = learnt.permute(1, 2, 0, 3)
        free = bias.new_zeros(*bias.shape[:-1], keys.shape[1])
        result: Tensor = self.layer(states, torch.cat([free, bias], dim=-1), (keys, values))
        return result
