"""The network: gates open on how far each channel can be trusted here, then evidence adds up.

References:
    Arevalo, Solorio, Montes-y-Gómez & González (2017), "Gated Multimodal Units for Information Fusion".
    Hinton (2002), "Training Products of Experts": independent channels multiply, so their logs add.
    Neverova, Wolf, Taylor & Nebout (2016), "ModDrop: adaptive multi-modal gesture recognition".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.emotion.fusion.signals import Signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Weights for ``c`` channels, ``l`` labels and ``h`` hidden units of the gate; all float32.

    Attributes:
        mixing: shape ``(c, l, l)``, how a channel's evidence for one label counts for another.
        leaning: shape ``(c, l)``, what a channel names too rarely or too often.
        up, up_bias: shapes ``(3 * c, h)`` and ``(h,)``, from presence, reliability and sureness.
        down, down_bias: shapes ``(h, c * l)`` and ``(c * l,)``, to the gates.
        bias: shape ``(l,)``.
    """

    mixing: FloatArray
    leaning: FloatArray
    up: FloatArray
    up_bias: FloatArray
    down: FloatArray
    down_bias: FloatArray
    bias: FloatArray

    def gates(self, signals: Signals) -> FloatArray:
        """How much each channel counts for each label, ``(n, channels, labels)``.

        0 for a channel that is missing, else above 0. Plain words count for less beside a voice than alone,
        so gates look at all channels.
        """
        inputs = np.concatenate([signals.present, signals.reliability, signals.sureness], axis=1)
        inner = np.tanh(inputs @ self.up + self.up_bias)
        opened = np.logaddexp(0, inner @ self.down + self.down_bias).reshape(signals.evidence.shape)
        return np.asarray(opened * signals.present[..., None], np.float32)

    def probabilities(self, signals: Signals) -> FloatArray:
        """Calibrated probabilities ``(n, labels)``; rows sum to 1, also without any channel.

        One channel alone is told as it is, and as far as it can be trusted: nothing bears it out.
        """
        said = np.einsum("ncl,clk->nck", signals.evidence, self.mixing) + self.leaning
        joined = _softmax((self.gates(signals) * said).sum(axis=1) + self.bias)
        alone = signals.present.sum(axis=1, keepdims=True) == 1
        return np.asarray(np.where(alone, _trusted(signals), joined), np.float32)

    def stored(self) -> dict[str, NDArray[Any]]:
        """The arrays by name."""
        return {name: np.ascontiguousarray(getattr(self, name), np.float32) for name in self.__slots__}


def _trusted(signals: Signals) -> FloatArray:
    """What a lone channel shows, ``(n, labels)``, mixed with equal probabilities where it may be astray."""
    told, trust = _softmax(signals.evidence.sum(axis=1)), signals.reliability.sum(axis=1, keepdims=True)
    return np.asarray(trust * told + (1 - trust) / told.shape[1], np.float32)


def _softmax(logits: FloatArray) -> FloatArray:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), np.float32)


def read_network(stored: Mapping[str, NDArray[Any]], *, channels: int, labels: int) -> Network:
    """The inverse of :meth:`Network.stored`; raises ``KeyError`` or ``ValueError`` for what does not fit."""
    network = Network(**{name: np.asarray(stored[name], np.float32) for name in Network.__slots__})
    hidden = len(network.up_bias)
    wanted = {
        "mixing": (channels, labels, labels),
        "leaning": (channels, labels),
        "up": (3 * channels, hidden),
        "down": (hidden, channels * labels),
        "down_bias": (channels * labels,),
        "bias": (labels,),
    }
    wrong = [name for name, shape in wanted.items() if getattr(network, name).shape != shape]
    if wrong:
        raise ValueError(wrong)
    return network
