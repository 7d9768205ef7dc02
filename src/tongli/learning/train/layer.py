"""A BERT layer that can learn: the parts, names and sums of transformers' own, without its start of seconds.

References:
    Devlin et al. (2019), "BERT: pre-training of deep bidirectional transformers", NAACL.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

Learnt = tuple[Tensor, Tensor]
"""Keys and values, each ``(heads, length, size)``, that stand before those of every text."""


class BertLayer(nn.Module):
    """Attention, then a small network, each followed by dropout, a residual and a layer norm.

    Its tensors have Hugging Face names, such as ``attention.self.query.weight``.

    Args:
        hidden: width of the states, a multiple of ``heads``.
        heads: of the attention.
        inner: hidden units of the small network.
        epsilon: of the layer norms.
        dropout: before the residuals; none in the attention, where it keeps the fast kernel from being used.
    """

    def __init__(self, *, hidden: int, heads: int, inner: int, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.attention = _Attention(hidden, heads, epsilon=epsilon, dropout=dropout)
        self.intermediate = _Intermediate(hidden, inner)
        self.output = _Output(inner, hidden, epsilon=epsilon, dropout=dropout)

    def forward(self, states: Tensor, bias: Tensor, learnt: Learnt | None = None) -> Tensor:
        """The states after the layer, of the same shape.

        Args:
            states: ``(batch, tokens, hidden)``.
            bias: added to the attention's logits, ``(batch, 1, 1, length + tokens)``.
            learnt: ``length`` keys and values that stand before those of the texts.
        """
        attended = self.attention(states, bias, learnt)
        result: Tensor = self.output(self.intermediate(attended), attended)
        return result


class _Attention(nn.Module):
    def __init__(self, hidden: int, heads: int, *, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.self = _SelfAttention(hidden, heads)
        self.output = _Output(hidden, hidden, epsilon=epsilon, dropout=dropout)

    def forward(self, states: Tensor, bias: Tensor, learnt: Learnt | None) -> Tensor:
        result: Tensor = self.output(self.self(states, bias, learnt), states)
        return result


class _SelfAttention(nn.Module):
    """Scaled dot-product attention of several heads."""

    def __init__(self, hidden: int, heads: int) -> None:
        super().__init__()
        self.heads, self.size = heads, hidden // heads
        self.query = nn.Linear(hidden, hidden)
        self.key = nn.Linear(hidden, hidden)
        self.value = nn.Linear(hidden, hidden)

    def forward(self, states: Tensor, bias: Tensor, learnt: Learnt | None) -> Tensor:
        """Outside autocast: torch's backward kernel takes three times as long in bfloat16 on a CPU."""
        query, keys, values = (self._split(part(states)) for part in (self.query, self.key, self.value))
        if learnt is not None:
            keys, values = _before(learnt[0], keys), _before(learnt[1], values)
        with torch.autocast(states.device.type, enabled=False):
            found = nn.functional.scaled_dot_product_attention(
                query.float(), keys.float(), values.float(), attn_mask=bias, scale=self.size**-0.5
            )
        return found.transpose(1, 2).flatten(2)

    def _split(self, states: Tensor) -> Tensor:
        """``(batch, tokens, hidden)`` → ``(batch, heads, tokens, size)``."""
        return states.view(*states.shape[:-1], self.heads, self.size).transpose(1, 2)


class _Intermediate(nn.Module):
    def __init__(self, hidden: int, inner: int) -> None:
        super().__init__()
        self.dense = nn.Linear(hidden, inner)

    def forward(self, states: Tensor) -> Tensor:
        return nn.functional.gelu(self.dense(states))


class _Output(nn.Module):
    """What a sublayer found, added to what it read."""

    def __init__(self, width: int, hidden: int, *, epsilon: float, dropout: float) -> None:
        super().__init__()
        self.dense = nn.Linear(width, hidden)
        self.LayerNorm = nn.LayerNorm(hidden, eps=epsilon)
        self.dropout = nn.Dropout(dropout)

    def forward(self, found: Tensor, residual: Tensor) -> Tensor:
        result: Tensor = self.LayerNorm(self.dropout(self.dense(found)) + residual)
        return result


def _before(learnt: Tensor, found: Tensor) -> Tensor:
    return torch.cat([learnt.to(found.dtype).expand(len(found), -1, -1, -1), found], dim=2)
