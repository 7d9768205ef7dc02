"""Senses of expressions as vectors: what their glosses say, and where they stand in the knowledge graph.

Both are made once and kept in the user's cache, under a name made of the claims' content, the encoder and
this format: other claims or another encoder never meet old vectors.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from tongli.core import FloatArray
from tongli.core.whole_file import write_whole
from tongli.knowledge.graph import Graph
from tongli.knowledge.graph_links import Embedding, Link, relations, train

Encode = Callable[[Sequence[str]], FloatArray]
"""Texts → unit vectors ``(texts, hidden)``, such as :meth:`tongli.Tongli.sentences`."""

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Compared:
    """Scores of candidates ``(candidates,)``, each in standard deviations above their mean.

    ``graph`` is zero throughout where only a gloss is compared.
    """

    sentence: FloatArray
    graph: FloatArray

    def total(self, weight: float) -> FloatArray:
        """The sum, with the graph's part times ``weight``."""
        return np.asarray(self.sentence + np.float32(weight) * self.graph, np.float32)


class Glosses:
    """What glosses of senses say.

    Args:
        senses: their ids.
        vectors: sentence vectors of their glosses ``(senses, hidden)``.
    """

    def __init__(self, senses: Sequence[str], vectors: FloatArray) -> None:
        self.senses = tuple(senses)
        self.vectors = vectors
        self.index = {sense: place for place, sense in enumerate(self.senses)}
        # Vectors of an encoder lie in a narrow cone; around their mean, differences are what counts.
        self._centre = vectors.mean(axis=0)
        self._around = unit(vectors - self._centre)

    def compare(self, vector: FloatArray, candidates: Sequence[str]) -> Compared:
        """The sentence vector ``(hidden,)`` of any gloss against senses."""
        found = self.alike(unit((vector - self._centre)[None])[0], candidates)
        return Compared(found, np.zeros_like(found))

    def of(self, sense: str) -> FloatArray:
        """The vector of a sense, around the mean."""
        found: FloatArray = self._around[self.index[sense]]
        return found

    def alike(self, vector: FloatArray, candidates: Sequence[str]) -> FloatArray:
        """Scores of candidates against a vector around the mean."""
        rows = [self.index[item] for item in candidates]
        return standard(np.asarray(self._around[rows] @ vector, np.float32))


class SenseSpace:
    """Vectors of senses.

    Args:
        senses: their ids.
        glosses: sentence vectors ``(senses, hidden)``.
        embedding: of the senses in the graph.
    """

    def __init__(self, senses: Sequence[str], glosses: FloatArray, embedding: Embedding) -> None:
        self._told = Glosses(senses, glosses)
        self.senses, self.glosses, self.embedding = self._told.senses, glosses, embedding

    def compare(self, sense: str, candidates: Sequence[str]) -> Compared:
        """A sense against others, by gloss and graph."""
        found = self._told.alike(self._told.of(sense), candidates)
        return Compared(found, standard(self.embedding.scores(sense, candidates)))


def make_space(graph: Graph, senses: Sequence[str], encode: Encode) -> SenseSpace:
    """Encode the glosses and train the embedding: seconds to minutes."""
    glosses = encode([graph.nodes[sense].label for sense in senses])
    return SenseSpace(senses, glosses, embed(graph, senses))


def embed(graph: Graph, senses: Sequence[str], *, hidden: Collection[Link] = (), seed: int = 0) -> Embedding:
    """Where senses stand in the graph, as if ``hidden`` links were not known."""
    return train(relations(graph, hidden=hidden), entities=senses, seed=seed).only(senses)


def cached_glosses(
    graph: Graph, senses: Sequence[str], encode: Encode, *, encoder: str, cache: Path | None
) -> Glosses:
    """What the glosses of some senses say, kept under ``cache``: without the graph, in seconds."""
    texts = [graph.nodes[sense].label for sense in senses]
    path = _place(cache, encoder, *texts) if cache is not None else None
    kept = _read(path, ("glosses",), len(senses)) if path is not None else None
    if kept is not None:
        return Glosses(senses, kept["glosses"])
    vectors = encode(texts)
    if path is not None:
        with suppress(OSError):
            _write(path, {"glosses": vectors})
    return Glosses(senses, vectors)


def cached_space(
    graph: Graph, senses: Sequence[str], encode: Encode, *, encoder: str, cache: Path
) -> SenseSpace:
    """:func:`make_space`, kept under ``cache``; without it where the cache cannot be written."""
    path = _place(cache, encoder, graph.content_hash, *senses)
    kept = _read(path, ("glosses", "vectors", "shift"), len(senses))
    if kept is not None:
        index = {sense: place for place, sense in enumerate(senses)}
        return SenseSpace(senses, kept["glosses"], Embedding(index, kept["vectors"], kept["shift"]))
    found = make_space(graph, senses, encode)
    arrays = {"vectors": found.embedding.vectors, "shift": found.embedding.shift}
    with suppress(OSError):
        _write(path, {"glosses": found.glosses, **arrays})
    return found


def _place(cache: Path, *parts: str) -> Path:
    key = "\n".join((str(_FORMAT), *parts))
    return cache / "senses" / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.npz"


def _read(path: Path, names: Sequence[str], senses: int) -> Mapping[str, FloatArray] | None:
    """What was kept; ``None`` where there is nothing, or nothing whole."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as data:
            kept = {name: data[name] for name in names}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    return kept if all(len(kept[name]) == senses for name in names if name != "shift") else None


def _write(path: Path, arrays: Mapping[str, FloatArray]) -> None:
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, file.getvalue())


def unit(vectors: FloatArray) -> FloatArray:
    """Vectors ``(texts, hidden)`` of length one; zero ones stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), np.float32)


def standard(scores: FloatArray) -> FloatArray:
    """Standard deviations above the mean; zero where all are alike."""
    spread = float(scores.std()) if len(scores) else 0.0
    return np.asarray((scores - scores.mean()) / spread if spread > 1e-6 else scores * 0, np.float32)
