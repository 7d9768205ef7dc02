"""A BERT-family encoder with the head that predicts masked tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from tongli.core import FloatArray
from tongli.encoders.weights import BertWeights
from tongli.learning.train.network import bert_layer, to_layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """The prediction head's arrays (Devlin et al. 2019).

    Attributes:
        dense, dense_bias: ``(out, in)`` and ``(out,)``.
        norm: scale and shift, each ``(hidden,)``.
        bias: ``(vocabulary,)``.
    """

    dense: FloatArray
    dense_bias: FloatArray
    norm: tuple[FloatArray, FloatArray]
    bias: FloatArray


class MaskedLM(nn.Module):
    """Embeddings, layers, and a head whose output matrix is the token embeddings (Press & Wolf 2017).

    Args:
        weights: of the whole encoder.
        vocabulary: ascending ids of the rows of the embeddings that are used; ids given to the network are
            places in it.
        predictor: the head to start from.
        layers: upper layers that learn.
        embeddings: whether token and position embeddings learn.
        dropout: after the embeddings and within the layers.
    """

    def __init__(
        self,
        weights: BertWeights,
        *,
        vocabulary: NDArray[np.int64],
        predictor: Predictor,
        layers: int,
        embeddings: bool,
        dropout: float,
    ) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self.words = _embedding(weights.words[vocabulary])
        self.positions = _embedding(weights.positions)
        self.norm = _norm(weights.embedding_norm, epsilon=weights.epsilon)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(
            bert_layer(layer, weights=weights, dropout=dropout) for layer in weights.layers
        )
        self.dense = nn.Linear(weights.hidden, weights.hidden)
        self.dense.load_state_dict(
            {"weight": _tensor(predictor.dense), "bias": _tensor(predictor.dense_bias)}
        )
        self.head_norm = _norm(predictor.norm, epsilon=weights.epsilon)
        self.bias = nn.Parameter(_tensor(predictor.bias[vocabulary]))
        self._first = len(self.layers) - layers
        self._embeddings = embeddings
        for parameter in self.parameters():
            parameter.requires_grad = False
        self.learn(encoder=True)

    def learn(self, *, encoder: bool) -> None:
        """Whether the encoder learns beside the head: only the parts that may."""
        for parameter in self.encoder_parameters():
            parameter.requires_grad = encoder
        for parameter in self.head_parameters():
            parameter.requires_grad = True

    def encoder_parameters(self) -> Iterator[nn.Parameter]:
        """Those of the encoder that may learn, bottom to top."""
        lowest: Iterable[nn.Module] = (self.words, self.positions, self.norm) if self._embeddings else ()
        for module in chain(lowest, self.layers[self._first :]):
            yield from module.parameters()

    def head_parameters(self) -> Iterator[nn.Parameter]:
        """Those of the prediction head, without the embeddings that it shares."""
        yield from (*self.dense.parameters(), *self.head_norm.parameters(), self.bias)

    def states(self, ids: Tensor, mask: Tensor) -> list[Tensor]:
        """Hidden states of every layer, each ``(batch, tokens, hidden)``.

        Args:
            ids: int64 ``(batch, tokens)``, places in the vocabulary.
            mask: float32 ``(batch, tokens)``, 1 for real tokens.
        """
        places = torch.arange(ids.shape[1], device=ids.device)
        states = self.dropout(self.norm(self.words(ids) + self.positions(places)))
        bias = (1 - mask)[:, None, None, :] * torch.finfo(torch.float32).min
        found = []
        for layer in self.layers:
            states = layer(states, bias)
            found.append(states)
        return found

    def forward(self, ids: Tensor, mask: Tensor, hidden: Tensor) -> Tensor:
        """Logits of the hidden tokens, ``(hidden, vocabulary)``, row by row.

        Args:
            ids, mask: as in :meth:`states`.
            hidden: bool ``(batch, tokens)``, which to predict.
        """
        states = self.states(ids, mask)[-1][hidden]
        inner = self.head_norm(nn.functional.gelu(self.dense(states)))
        logits: Tensor = nn.functional.linear(inner, self.words.weight, self.bias)
        return logits

    def encoder(self, base: BertWeights) -> BertWeights:
        """The encoder as it is now; tokens outside the vocabulary have the embeddings of ``base``."""
        words = base.words.copy()
        words[self.vocabulary] = _array(self.words.weight)
        return replace(
            base,
            words=words,
            positions=_array(self.positions.weight),
            embedding_norm=(_array(self.norm.weight), _array(self.norm.bias)),
            layers=tuple(to_layer(layer.state_dict()) for layer in self.layers),
        )

    def predictor(self, base: Predictor) -> Predictor:
        """The head as it is now; tokens outside the vocabulary have the bias of ``base``."""
        bias = base.bias.copy()
        bias[self.vocabulary] = _array(self.bias)
        return Predictor(
            dense=_array(self.dense.weight),
            dense_bias=_array(self.dense.bias),
            norm=(_array(self.head_norm.weight), _array(self.head_norm.bias)),
            bias=bias,
        )


def new_predictor(hidden: int, *, counts: NDArray[np.int64], seed: int) -> Predictor:
    """A head that starts from how often each token occurs, and is otherwise random.

    Args:
        hidden: width of the encoder.
        counts: ``(vocabulary,)``, of every id of the tokenizer.
        seed: of the random part.
    """
    dense = np.random.default_rng([seed, hidden]).normal(0, 0.02, (hidden, hidden))
    return Predictor(
        dense=dense.astype(np.float32),
        dense_bias=np.zeros(hidden, np.float32),
        norm=(np.ones(hidden, np.float32), np.zeros(hidden, np.float32)),
        bias=np.log((counts + 1) / (counts.sum() + len(counts))).astype(np.float32),
    )


def _embedding(rows: FloatArray) -> nn.Embedding:
    return nn.Embedding(rows.shape[0], rows.shape[1], _weight=_tensor(rows))


def _norm(arrays: tuple[FloatArray, FloatArray], *, epsilon: float) -> nn.LayerNorm:
    module = nn.LayerNorm(len(arrays[0]), eps=epsilon)
    module.load_state_dict({"weight": _tensor(arrays[0]), "bias": _tensor(arrays[1])})
    return module


def _tensor(array: FloatArray) -> Tensor:
    return torch.from_numpy(np.array(array, np.float32, order="C"))


def _array(tensor: Tensor) -> FloatArray:
    return tensor.detach().cpu().numpy().astype(np.float32)
