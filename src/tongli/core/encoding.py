"""E(x): a message as arrays, aligned to its source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core.message import Message

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The language of a text.

    Attributes:
        tag: BCP-47 tag, or ``"und"`` when nothing could be said.
        score: probability of ``tag`` in 0..1; 1.0 when declared.
        declared: the tag was given by a person, not identified.
        abstained: the identifier is not sure enough to decide; ``tag`` is then its best guess or ``und``.
        others: other languages found in a mixed text, with their share of the letters.
    """

    tag: str
    score: float
    declared: bool = False
    abstained: bool = False
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """A message encoded.

    Attributes:
        message: the message it came from.
        language: declared or identified language.
        features: shape ``(layers * hidden,)``, mean-pooled hidden states of the encoder's feature
            layers, concatenated; float32. What the heads of S read: persons are one common person there.
        pieces: shape ``(pieces,)``, vocabulary ids of the whole text that the features are of, in the pieces
            that the encoder reads, without its prefix and special tokens.
        windows: how many windows the text was cut into.
        encoder: id of the encoder (name and content hash); heads refuse any other.
    """

    message: Message
    language: Language
    features: FloatArray
    pieces: IntArray
    windows: int
    encoder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """A text in the pieces that an encoder reads, without its prefix, special tokens and blank pieces.

    Attributes:
        spans: code points of each piece in the text, without blanks around it; in order, none overlap.
        states: shape ``(len(spans), hidden)``, states of the layer at which the encoder forks; float32.
        encoder: id of the layers that made the states: the encoder's without its tuned upper layers.
    """

    spans: tuple[tuple[int, int], ...]
    states: FloatArray
    encoder: str
