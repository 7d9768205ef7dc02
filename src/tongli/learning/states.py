"""The frozen lower layers' states of every token, computed once and kept on disk.

Training the upper layers from stored states costs a third of training through the whole encoder. The states
come from the int8 graph that ships, so what is trained on top has already met its rounding.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession
from tokenizers import Tokenizer

from tongli.core import FloatArray
from tongli.core.text import clean
from tongli.encoders.batches import by_length, pad
from tongli.encoders.build import calibration_batches, feature_layers, fork_layer
from tongli.encoders.calibration import measure
from tongli.encoders.graph import PRODUCTS_A_LAYER, build
from tongli.encoders.session import open_session
from tongli.encoders.sources import Source
from tongli.encoders.weights import BertWeights
from tongli.learning.features import new_table
from tongli.learning.kept import kept

_CHUNK = 1024
_TOKENS_A_BATCH = 1500

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """States of many texts, as read-only memory maps.

    Attributes:
        tokens: float16 ``(tokens of all texts, hidden)``.
        starts: int64 ``(texts + 1,)``; text ``i`` owns rows ``starts[i]:starts[i + 1]``.
        pooled: float16 ``(texts, layers * hidden)``, mean-pooled lower layers.
    """

    tokens: NDArray[np.float16]
    starts: NDArray[np.int64]
    pooled: NDArray[np.float16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trunk:
    """The lower layers of an encoder, ready to run.

    Attributes:
        id: of the source, the depth and the token limit; cached states are tied to it.
        weights: of the whole encoder, float32.
        depth: layers that stay frozen.
        lower, upper: layers whose mean-pooled states the heads read, below and above the fork (1-based).
    """

    id: str
    weights: BertWeights
    depth: int
    lower: tuple[int, ...]
    upper: tuple[int, ...]
    prefix: str
    tokenizer: Tokenizer
    session: InferenceSession

    def states(self, texts: Sequence[str], *, folder: Path, tell: Tell) -> States:
        """States of the texts, from the cache when they were computed before.

        The folder's name is a hash of the trunk and the texts; it is kept as :func:`kept` says.

        Args:
            texts: in the order wanted.
            folder: cache folder.
            tell: called with texts done and their total, first with none.
        """
        digest = hashlib.sha256(self.id.encode())
        for text in texts:
            digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
        path = folder / f"states-{digest.hexdigest()[:16]}"
        return kept(path, make=lambda part: self._compute(texts, folder=part, tell=tell), read=_load)

    def _compute(self, texts: Sequence[str], *, folder: Path, tell: Tell) -> None:
        tell(0, len(texts))
        folder.mkdir()
        ids = self._ids(texts)
        starts = np.cumsum([0, *(len(row) for row in ids)], dtype=np.int64)
        hidden = self.weights.hidden
        tokens = new_table(folder / "tokens.npy", shape=(int(starts[-1]), hidden))
        width = hidden * len(self.lower)
        pooled = np.empty((len(texts), width), np.float16)

        def run(batch: list[int]) -> None:
            rows, mask = pad([ids[index] for index in batch], pad_id=self.weights.pad_id)
            features, states = self.session.run(["features", "states"], {"ids": rows, "mask": mask})
            pooled[batch] = features
            for index, state in zip(batch, states, strict=True):
                tokens[starts[index] : starts[index + 1]] = state[: len(ids[index])]

        for start in range(0, len(texts), _CHUNK):
            chunk = ids[start : start + _CHUNK]
            batches = [[start + i for i in batch] for batch in by_length(chunk, tokens=_TOKENS_A_BATCH)]
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(run, reversed(batches)))
            tell(start + len(chunk), len(texts))
        tokens.flush()
        np.save(folder / "starts.npy", starts)
        np.save(folder / "pooled.npy", pooled)

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        found: list[list[int]] = []
        for start in range(0, len(texts), _CHUNK):
            chunk = [self.prefix + clean(text)[0] for text in texts[start : start + _CHUNK]]
            found += [item.ids for item in self.tokenizer.encode_batch_fast(chunk)]
        return found


def _load(folder: Path) -> States:
    return States(
        tokens=np.load(folder / "tokens.npy", mmap_mode="r"),
        starts=np.load(folder / "starts.npy"),
        pooled=np.load(folder / "pooled.npy", mmap_mode="r"),
    )


def open_trunk(source: Source, *, max_tokens: int, offline: bool) -> Trunk:
    """Read the source and build the int8 graph of the layers below the fork.

    Args:
        source: of the encoder.
        max_tokens: texts are cut there, special tokens included.
        offline: whether to fetch nothing.

    Raises:
        ModelError: the source cannot be had or read.
    """
    with tempfile.TemporaryDirectory() as scratch:
        weights, vocabulary = source.read(Path(scratch), offline)
    depth = fork_layer(len(weights.layers))
    lower, upper = (
        tuple(layer for layer in feature_layers(len(weights.layers)) if (layer > depth) is above)
        for above in (False, True)
    )
    tokenizer = Tokenizer.from_buffer(vocabulary)
    ranges = measure(weights, calibration_batches(tokenizer, source=source, weights=weights))
    graph = build(
        weights,
        feature_layers=lower,
        fork=depth,
        ranges=ranges[: depth * PRODUCTS_A_LAYER],
    )
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens)
    return Trunk(
        id=f"{source.name}@{source.digest}-{depth}-{'.'.join(map(str, lower))}-{max_tokens}",
        weights=weights,
        depth=depth,
        lower=lower,
        upper=upper,
        prefix=source.prefix,
        tokenizer=tokenizer,
        session=open_session(graph.model.SerializeToString()),
    )


def padded(states: States, rows: Sequence[int]) -> tuple[FloatArray, FloatArray]:
    """States and mask of some texts, float32 ``(rows, longest, hidden)`` and ``(rows, longest)``."""
    lengths = [int(states.starts[row + 1] - states.starts[row]) for row in rows]
    values = np.zeros((len(rows), max(lengths), states.tokens.shape[1]), np.float32)
    mask = np.zeros(values.shape[:2], np.float32)
    for place, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        values[place, :length] = states.tokens[states.starts[row] : states.starts[row + 1]]
        mask[place, :length] = 1
    return values, mask
