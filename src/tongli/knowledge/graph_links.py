"""Which senses belong together, as the graph has it: known links, shared neighbours, and TransE over both.

Only senses of idioms, proverbs and slang are linked: when one names an expression of the other as its
equivalent. They are neighbours of the expressions that they name, too.

References:
    Adamic & Adar (2003), "Friends and neighbors on the Web", Social Networks 25(3).
    Bordes et al. (2013), "Translating embeddings for modeling multi-relational data", NeurIPS.
    Sun et al. (2019), "RotatE", ICLR: the self-adversarial loss used here.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tongli.knowledge.graph import EQUIVALENCES, Graph

FloatArray = npt.NDArray[np.float32]
Link = frozenset[str]
"""Two senses that mean the same in two languages, in no order."""

_DIM, _EPOCHS, _BATCH, _NEGATIVES, _MARGIN, _RATE = 48, 60, 1024, 8, 4.0, 0.1
_PARTIAL = "partial"


def links(graph: Graph) -> tuple[Link, ...]:
    """Pairs of senses known as equivalents, each once, in order."""
    found = {
        frozenset((item.subject, item.object)) for item in graph.triples if item.predicate == "equivalentTo"
    }
    return tuple(sorted(found, key=sorted))


def relations(graph: Graph, *, hidden: Collection[Link] = ()) -> tuple[tuple[str, str, str], ...]:
    """Triples about senses alone, for training: links, shared equivalents, emotions, kind and register.

    An expression that is a form of a claim is left out, as ``equivalentTo`` stands for it: so nothing of a
    hidden link remains.
    """
    return tuple(sorted(set(_relations(graph, set(hidden)))))


def _relations(graph: Graph, hidden: set[Link]) -> Iterator[tuple[str, str, str]]:
    for item in graph.triples:
        if item.predicate == "equivalentTo":
            if frozenset((item.subject, item.object)) not in hidden:
                yield item.subject, "equivalent", item.object
                yield item.object, "equivalent", item.subject
        elif item.predicate in EQUIVALENCES:
            if not graph.objects(item.object, "formOf") and len(_naming(graph, item.object)) > 1:
                name = _PARTIAL if item.predicate == _PARTIAL else "named"
                yield item.subject, name, item.object
        elif item.predicate == "carries":
            yield item.subject, "carries", item.object
        elif item.predicate == "means":
            for predicate in ("ofKind", "hasRegister"):
                for value in graph.objects(item.subject, predicate):
                    yield item.object, predicate, value


def _naming(graph: Graph, expression: str) -> set[str]:
    return set(graph.subjects(expression, *EQUIVALENCES))


class Neighbours:
    """Senses and equivalents that two senses share; rarer ones count more (Adamic & Adar)."""

    def __init__(self, triples: Iterable[tuple[str, str, str]]) -> None:
        self._around: dict[str, set[str]] = {}
        for subject, name, object_ in triples:
            if name in {"equivalent", "named", _PARTIAL}:
                self._around.setdefault(subject, set()).add(object_)
                self._around.setdefault(object_, set()).add(subject)

    def shared(self, one: str, other: str) -> tuple[str, ...]:
        """Ids of the nodes next to both, in order."""
        return tuple(sorted(self._around.get(one, set()) & self._around.get(other, set())))

    def scores(self, sense: str, candidates: Sequence[str]) -> FloatArray:
        """One score per candidate, 0 where nothing is shared."""
        return np.array(
            [sum(self._weight(node) for node in self.shared(sense, other)) for other in candidates],
            np.float32,
        )

    def _weight(self, node: str) -> float:
        return 1 / math.log(1 + len(self._around[node]))


@dataclass(frozen=True, slots=True)
class Embedding:
    """Vectors of entities ``(entities, dim)`` by TransE, and the shift ``(dim,)`` between equivalents."""

    index: Mapping[str, int]
    vectors: FloatArray
    shift: FloatArray

    def scores(self, sense: str, candidates: Sequence[str]) -> FloatArray:
        """How near each candidate is, the same both ways: minus the mean distance, at most 0."""
        here = self.vectors[self.index[sense]]
        there = self.vectors[[self.index[item] for item in candidates]]
        forth = np.linalg.norm(here + self.shift - there, axis=1)
        back = np.linalg.norm(there + self.shift - here, axis=1)
        return np.asarray(-(forth + back) / 2, np.float32)

    def only(self, entities: Sequence[str]) -> Embedding:
        """The same for some of the entities, in their order."""
        rows = [self.index[item] for item in entities]
        places = {item: place for place, item in enumerate(entities)}
        return Embedding(places, self.vectors[rows], self.shift)


def train(
    triples: Sequence[tuple[str, str, str]],
    *,
    entities: Iterable[str] = (),
    dim: int = _DIM,
    epochs: int = _EPOCHS,
    seed: int = 0,
) -> Embedding:
    """TransE by Adagrad over the self-adversarial loss; the same seed gives the same vectors.

    Args:
        triples: subject, relation, object.
        entities: others that need a vector although no triple names them.
        dim: width of the vectors.
        epochs: passes over the triples.
        seed: of start, order and negatives.
    """
    names = sorted({*entities, *(item[0] for item in triples), *(item[2] for item in triples)})
    index = {name: place for place, name in enumerate(names)}
    kinds = {name: place for place, name in enumerate(sorted({item[1] for item in triples}))}
    ids = np.array([(index[s], kinds[r], index[o]) for s, r, o in triples], np.int64).reshape(-1, 3)
    rng = np.random.default_rng(seed)
    model = _TransE(rng, entities=len(names), relations=len(kinds), dim=dim)
    for _ in range(epochs):
        order = rng.permutation(len(ids))
        for start in range(0, len(order), _BATCH):
            model.step(ids[order[start : start + _BATCH]])
    shift = model.shifts[kinds["equivalent"]] if "equivalent" in kinds else np.zeros(dim, np.float32)
    return Embedding(index, model.vectors, shift)


class _TransE:
    def __init__(self, rng: np.random.Generator, *, entities: int, relations: int, dim: int) -> None:
        self._rng = rng
        bound = 6 / math.sqrt(dim)
        self.vectors: FloatArray = rng.uniform(-bound, bound, (entities, dim)).astype(np.float32)
        self.shifts: FloatArray = (rng.uniform(-bound, bound, (relations, dim)) / 4).astype(np.float32)
        self._seen = np.full_like(self.vectors, 1e-6), np.full_like(self.shifts, 1e-6)

    def step(self, batch: npt.NDArray[np.int64]) -> None:
        """One batch: the triples, and each with its subject or its object replaced ``_NEGATIVES`` times."""
        false = np.repeat(batch, _NEGATIVES, axis=0)
        side = np.where(self._rng.random(len(false)) < 0.5, 0, 2)
        false[np.arange(len(false)), side] = self._rng.integers(len(self.vectors), size=len(false))
        gap, distance = self._gap(batch)
        weight = -_sigmoid(distance - _MARGIN)  # falls as a true triple is pulled below the margin
        false_gap, false_distance = self._gap(false)
        hard = np.exp(_MARGIN - false_distance).reshape(-1, _NEGATIVES)
        share = (hard / (1e-9 + hard.sum(axis=1, keepdims=True))).reshape(-1)
        push = share * _sigmoid(_MARGIN - false_distance)
        self._descend(
            np.concatenate([batch, false]),
            np.concatenate([-weight[:, None] * gap, -push[:, None] * false_gap]),
        )

    def _gap(self, ids: npt.NDArray[np.int64]) -> tuple[FloatArray, FloatArray]:
        """The unit vector from object to shifted subject, and their distance."""
        found = self.vectors[ids[:, 0]] + self.shifts[ids[:, 1]] - self.vectors[ids[:, 2]]
        distance = np.linalg.norm(found, axis=1)
        return found / np.maximum(distance, 1e-9)[:, None], distance

    def _descend(self, ids: npt.NDArray[np.int64], slope: FloatArray) -> None:
        vectors, shifts = np.zeros_like(self.vectors), np.zeros_like(self.shifts)
        np.add.at(vectors, ids[:, 0], slope)
        np.add.at(vectors, ids[:, 2], -slope)
        np.add.at(shifts, ids[:, 1], slope)
        _adagrad(self.vectors, self._seen[0], vectors)
        _adagrad(self.shifts, self._seen[1], shifts)


def _adagrad(table: FloatArray, seen: FloatArray, slope: FloatArray) -> None:
    seen += slope**2
    table -= _RATE * slope / np.sqrt(seen)


def _sigmoid(values: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-values)), np.float32)
