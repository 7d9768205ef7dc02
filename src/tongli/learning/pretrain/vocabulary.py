"""The tokenizer of an encoder, with a token that stands for what is hidden."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from tokenizers import AddedToken, Tokenizer

from tongli.encoders.weights import BertWeights

_MASKS = ("<mask>", "[MASK]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """A tokenizer that has a mask.

    Attributes:
        tokenizer: neither truncates nor pads.
        content: of its ``tokenizer.json``; unchanged where the mask was there before.
        mask_id, pad_id: ids of the tokenizer.
        special: names of the two, as ``tokenizer_config.json`` has them.
    """

    tokenizer: Tokenizer
    content: bytes
    mask_id: int
    pad_id: int
    special: dict[str, str]


def with_mask(weights: BertWeights, content: bytes) -> tuple[BertWeights, Vocabulary]:
    """The encoder and its tokenizer; where there is no mask token, one is added, an average of all tokens.

    Args:
        weights: of the encoder.
        content: of its ``tokenizer.json``.
    """
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    if not _masks(tokenizer):
        tokenizer.add_special_tokens([AddedToken(_MASKS[0], special=True)])
        content = _like(tokenizer, content)
    name, mask_id = _masks(tokenizer)[0]
    missing = mask_id + 1 - len(weights.words)
    if missing > 0:
        rows = np.repeat(weights.words.mean(axis=0, keepdims=True), missing, axis=0)
        weights = replace(weights, words=np.concatenate([weights.words, rows]))
    special = {"mask_token": name}
    pad = tokenizer.id_to_token(weights.pad_id)
    if pad is not None:
        special["pad_token"] = pad
    return weights, Vocabulary(
        tokenizer=tokenizer, content=content, mask_id=mask_id, pad_id=weights.pad_id, special=special
    )


def _masks(tokenizer: Tokenizer) -> list[tuple[str, int]]:
    """Mask tokens that there are, with their ids."""
    ids = ((name, tokenizer.token_to_id(name)) for name in _MASKS)
    return [(name, number) for name, number in ids if number is not None]


def _like(tokenizer: Tokenizer, content: bytes) -> bytes:
    """The tokenizer with the truncation and padding that the file had."""
    before, after = (json.loads(text) for text in (content, tokenizer.to_str()))
    kept: dict[str, Any] = {key: before.get(key) for key in ("truncation", "padding")}
    return json.dumps({**after, **kept}, ensure_ascii=False).encode()
