"""E for text: tokenise, window, batch by length, run, pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tongli.core import Encoding, FloatArray, IntArray, Message, Settings, Tokens
from tongli.core.text import clean, require_text
from tongli.encoders import language
from tongli.encoders.batches import by_length, pad
from tongli.encoders.impersonal import impersonal
from tongli.encoders.segment import windows as cut
from tongli.encoders.store import Prepared, Progress, prepare
from tongli.encoders.tokens import read_tokens

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from tongli.encoders.forked import Forked, Inputs

_OVERLAP = 32
"""Tokens that neighbouring windows of a long text share, so that no sentence loses its context."""


@dataclass(frozen=True)
class _Runtime:
    """What loading yields."""

    prepared: Prepared
    tokenizer: Tokenizer
    graphs: Forked
    prefix_tokens: int


class TextEncoder:
    """A BERT-family encoder in int8.

    What heads read (features and pieces) is of texts without persons, see :mod:`tongli.encoders.impersonal`;
    languages, sentence vectors and tokens are of texts as written.

    Args:
        model: ``embedded``, an installed model, a folder, or ``hf:NAME``.
        settings: cache, threads, limits; ``None`` reads the environment.
        progress: told about long steps.
    """

    def __init__(
        self,
        *,
        model: str = "embedded",
        settings: Settings | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.model = model
        self.settings = settings or Settings.from_env()
        self._progress = progress
        self._runtime: _Runtime | None = None

    @property
    def id(self) -> str:
        """Name and content hash; heads are tied to it."""
        return self._loaded().prepared.manifest.encoder

    def load(self) -> None:
        """Prepare the model if need be and read it; raises ``ModelError``."""
        if self._runtime is None:
            with ThreadPoolExecutor(1) as beside:
                ready = beside.submit(language.load)
                self._runtime = _load(prepare(self.model, self.settings, progress=self._progress))
                ready.result()

    def encode(self, messages: Sequence[Message]) -> list[Encoding]:
        """Encode, keeping the order.

        Raises:
            InputError: ``input.*`` for a text that cannot be read.
        """
        limit = self.settings.max_chars
        texts = [clean(require_text(message.text, max_chars=limit))[0] for message in messages]
        declared = [message.lang for message in messages]
        ids = self._ids(map(impersonal, texts))
        if len(texts) == 1:  # a thread takes longer than it saves
            languages = language.identify_many(texts, declared=declared)
            pooled, windows = self._pool(ids)
        else:
            with ThreadPoolExecutor(1) as beside:  # the encoder leaves the interpreter free
                identified = beside.submit(language.identify_many, texts, declared=declared)
                pooled, windows = self._pool(ids)
                languages = identified.result()
        manifest = self._loaded().prepared.manifest
        return [
            Encoding(
                message=message,
                language=found,
                features=features,
                pieces=pieces,
                windows=count,
                encoder=manifest.encoder,
            )
            for message, found, features, pieces, count in zip(
                messages, languages, pooled, self._bodies(ids), windows, strict=True
            )
        ]

    def features(self, texts: Sequence[str], *, as_written: bool = False) -> FloatArray:
        """Features ``(texts, layers * hidden)`` of raw strings, empty ones included; no checks.

        Args:
            texts: to read.
            as_written: with the persons in them, as no head reads a text.
        """
        return self._pool(self._ids(texts if as_written else map(impersonal, texts)))[0]

    def pieces(self, texts: Sequence[str]) -> list[IntArray]:
        """Vocabulary ids of the pieces of raw strings; no checks."""
        return self._bodies(self._ids(map(impersonal, texts)))

    def read(self, texts: Sequence[str]) -> tuple[FloatArray, list[IntArray]]:
        """:meth:`features` and :meth:`pieces` of raw strings; no checks."""
        ids = self._ids(map(impersonal, texts))
        return self._pool(ids)[0], self._bodies(ids)

    def sentences(self, texts: Sequence[str]) -> FloatArray:
        """Sentence vectors ``(texts, hidden)`` of unit length: the pretrained encoder's, for meaning."""
        runtime = self._loaded()
        pieces = _windows(runtime, self._ids([clean(text)[0] for text in texts]))
        rows = [ids for _, ids in pieces]
        vectors = self._run(rows, runtime.graphs.sentences, width=runtime.prepared.manifest.hidden)
        merged = _merge(pieces, vectors, texts=len(texts))[0]
        norms = np.linalg.norm(merged, axis=1, keepdims=True)
        return np.asarray(merged / np.maximum(norms, 1e-12), np.float32)

    def tokens(self, texts: Sequence[str]) -> list[Tokens]:
        """States of every token of raw strings, with their places in the texts; no checks."""
        runtime = self._loaded()
        return read_tokens(
            [clean(text)[0] for text in texts],
            tokenizer=runtime.tokenizer,
            run=runtime.graphs.states,
            manifest=runtime.prepared.manifest,
            overlap=_OVERLAP,
        )

    def _ids(self, texts: Iterable[str]) -> list[list[int]]:
        """Token ids of each text, with prefix and special tokens."""
        runtime = self._loaded()
        prefix = runtime.prepared.manifest.prefix
        return [item.ids for item in runtime.tokenizer.encode_batch_fast([prefix + text for text in texts])]

    def _bodies(self, rows: Sequence[Sequence[int]]) -> list[IntArray]:
        """Token ids without prefix and special tokens."""
        start = 1 + self._loaded().prefix_tokens
        return [np.asarray(ids[start:-1], np.int32) for ids in rows]

    def _pool(self, rows: Sequence[list[int]]) -> tuple[FloatArray, list[int]]:
        """Features of each text, given as its token ids, and how many windows it took."""
        runtime = self._loaded()
        manifest = runtime.prepared.manifest
        pieces = _windows(runtime, rows)
        width = len(manifest.feature_layers) * manifest.hidden
        features = self._run([ids for _, ids in pieces], runtime.graphs.features, width=width)
        return _merge(pieces, features, texts=len(rows))

    def _run(
        self, rows: Sequence[Sequence[int]], function: Callable[[Inputs], FloatArray], *, width: int
    ) -> FloatArray:
        """What the function makes of the rows, ``(rows, width)``; one batch a thread at a time."""
        pad_id = self._loaded().prepared.manifest.pad_id
        found = np.empty((len(rows), width), np.float32)

        def run(batch: list[int]) -> None:
            ids, mask = pad([rows[index] for index in batch], pad_id=pad_id)
            found[batch] = function({"ids": ids, "mask": mask})

        batches = list(by_length(rows))
        if len(batches) < 2 or self.settings.threads == 1:
            for batch in batches:
                run(batch)
        else:
            # Longest first, so that no thread is left alone with a long batch at the end.
            with ThreadPoolExecutor(self.settings.threads) as pool:
                list(pool.map(run, reversed(batches)))
        return found

    def _loaded(self) -> _Runtime:
        if self._runtime is None:
            self.load()
        assert self._runtime is not None  # noqa: S101 - load() either sets it or raises
        return self._runtime


def _load(prepared: Prepared) -> _Runtime:
    from tokenizers import Tokenizer

    from tongli.encoders.forked import Forked

    with ThreadPoolExecutor(1) as beside:
        graphs = beside.submit(Forked.open, prepared.folder)
        tokenizer = Tokenizer.from_file(str(prepared.folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return _Runtime(
        prepared=prepared,
        tokenizer=tokenizer,
        graphs=graphs.result(),
        prefix_tokens=len(tokenizer.encode(prepared.manifest.prefix.strip(), add_special_tokens=False)),
    )


def _windows(runtime: _Runtime, rows: Sequence[list[int]]) -> list[tuple[int, list[int]]]:
    """(index of the text, token ids) of every window, in order; each keeps the prefix and specials."""
    manifest = runtime.prepared.manifest
    pieces: list[tuple[int, list[int]]] = []
    for index, ids in enumerate(rows):
        if len(ids) <= manifest.max_tokens:
            pieces.append((index, ids))
            continue
        start = 1 + runtime.prefix_tokens
        head, body, tail = ids[:start], ids[start:-1], ids[-1:]
        size = manifest.max_tokens - len(head) - len(tail)
        for low, high in cut(len(body), size=size, stride=size - _OVERLAP):
            pieces.append((index, [*head, *body[low:high], *tail]))
    return pieces


def _merge(
    pieces: Sequence[tuple[int, list[int]]], states: FloatArray, *, texts: int
) -> tuple[FloatArray, list[int]]:
    """Average windows of the same text, weighted by their tokens; and how many there were."""
    owners = np.array([index for index, _ in pieces], np.intp)
    counts = np.bincount(owners, minlength=texts)
    if len(pieces) == texts:
        return states, counts.tolist()
    weights = np.array([len(ids) for _, ids in pieces], np.float32)
    totals = np.bincount(owners, weights=weights, minlength=texts).astype(np.float32)
    merged = np.zeros((texts, states.shape[1]), np.float32)
    np.add.at(merged, owners, states * (weights / totals[owners])[:, None])
    return merged, counts.tolist()
