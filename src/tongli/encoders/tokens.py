"""States of every token of a text, with the token's place in the text as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tongli.core import FloatArray, Tokens
from tongli.core.reading import Span
from tongli.encoders.batches import by_length, pad
from tongli.encoders.manifest import Manifest
from tongli.encoders.segment import windows

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

    from tongli.encoders.forked import Inputs

_TUNED = re.compile(r"(@[0-9a-f]{12})-[0-9a-f]{12}(?=-f\d+$)")


@dataclass(frozen=True, slots=True)
class _Window:
    """Tokens ``low..high`` of a text, with the prefix and specials around them."""

    owner: int
    low: int
    high: int
    ids: list[int]


def read_tokens(
    texts: Sequence[str],
    *,
    tokenizer: Tokenizer,
    run: Callable[[Inputs], FloatArray],
    manifest: Manifest,
    overlap: int,
) -> list[Tokens]:
    """Tokens of the texts, in order; long texts are read in windows.

    Args:
        texts: without unsafe characters.
        tokenizer, manifest: of a prepared encoder.
        run: states ``(rows, longest, hidden)`` of a batch.
        overlap: tokens that neighbouring windows share; each window keeps the half that it reads in context.
    """
    encoded = tokenizer.encode_batch([manifest.prefix + text for text in texts])
    bodies = [_body(item, prefix=len(manifest.prefix)) for item in encoded]
    states = [np.empty((high - low, manifest.hidden), np.float32) for low, high in bodies]
    pieces = [
        piece
        for owner, (item, body) in enumerate(zip(encoded, bodies, strict=True))
        for piece in _windows(owner, item.ids, body, size=manifest.max_tokens, overlap=overlap)
    ]
    for batch in by_length([piece.ids for piece in pieces]):
        ids, mask = pad([pieces[index].ids for index in batch], pad_id=manifest.pad_id)
        for index, rows in zip(batch, run({"ids": ids, "mask": mask}), strict=True):
            piece = pieces[index]
            skip = bodies[piece.owner][0]
            inner = overlap // 2 if piece.low else 0
            kept = rows[skip + inner : skip + piece.high - piece.low]
            states[piece.owner][piece.low + inner : piece.high] = kept
    return [
        _tokens(text, item, body, rows, manifest=manifest)
        for text, item, body, rows in zip(texts, encoded, bodies, states, strict=True)
    ]


def trunk_of(encoder: str) -> str:
    """Id of an encoder's frozen lower layers: the encoder's without the digest of its tuned layers.

    >>> trunk_of("small@0123456789ab-ba9876543210-f3")
    'small@0123456789ab-f3'
    """
    return _TUNED.sub(r"\1", encoder)


def _body(item: Encoding, *, prefix: int) -> Span:
    """Range of the tokens that belong to the text."""
    inside = [
        index
        for index, ((_, end), special) in enumerate(zip(item.offsets, item.special_tokens_mask, strict=True))
        if not special and end > prefix
    ]
    return (inside[0], inside[-1] + 1) if inside else (len(item.ids) - 1, len(item.ids) - 1)


def _windows(owner: int, ids: list[int], body: Span, *, size: int, overlap: int) -> list[_Window]:
    low, high = body
    room = size - low - (len(ids) - high)
    if len(ids) <= size:
        return [_Window(owner, 0, high - low, ids)]
    return [
        _Window(owner, start, end, [*ids[:low], *ids[low + start : low + end], *ids[high:]])
        for start, end in windows(high - low, size=room, stride=room - overlap)
    ]


def _tokens(text: str, item: Encoding, body: Span, states: FloatArray, *, manifest: Manifest) -> Tokens:
    """Leave out blank tokens, and those that add nothing to the one before (one character, many tokens)."""
    spans: list[Span] = []
    kept: list[int] = []
    for row, (start, end) in enumerate(item.offsets[slice(*body)]):
        low = max(start - len(manifest.prefix), spans[-1][1] if spans else 0)
        high = end - len(manifest.prefix)
        piece = text[low:high]
        low += len(piece) - len(piece.lstrip())
        high -= len(piece) - len(piece.rstrip())
        if low < high:
            spans.append((low, high))
            kept.append(row)
    return Tokens(spans=tuple(spans), states=states[kept], encoder=trunk_of(manifest.encoder))
