"""The claims as a graph: what is said, what it means, where it holds, who says so, and how others say it.

Nodes are named by their type and content (``sense:ja.idiom.hara-ga-tatsu``, ``expression:en:see red``), so
the same claims give the same graph on every machine. :mod:`tongli.knowledge.graph_build` makes it from
claims, :mod:`tongli.knowledge.graph_rdf` writes it as RDF.
"""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Literal, get_args

NodeType = Literal[
    "claim", "sense", "expression", "language", "audience", "kind", "emotion", "register", "source"
]
Predicate = Literal[
    "ofKind",
    "holdsIn",
    "hasRegister",
    "hasSource",
    "means",
    "formOf",
    "inLanguage",
    "inherits",
    "carries",
    "sameImage",
    "sameSense",
    "partial",
    "plain",
    "equivalentTo",
]
NODE_TYPES: tuple[NodeType, ...] = get_args(NodeType)
PREDICATES: tuple[Predicate, ...] = get_args(Predicate)

EQUIVALENCES: tuple[Predicate, ...] = ("sameImage", "sameSense", "partial", "plain")
"""How close an expression of another language comes to a sense, the closest first."""
MEANINGFUL: frozenset[Predicate] = frozenset({*EQUIVALENCES, "equivalentTo", "formOf", "means"})
"""What a path of meaning goes along; kinds, languages and sources would join everything with everything."""


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A thing in the graph: its id, its type, words for people, and their language (BCP-47)."""

    id: str
    type: NodeType
    label: str
    lang: str = "en"


@dataclass(frozen=True, slots=True, order=True)
class Triple:
    """Subject and object are ids of nodes."""

    subject: str
    predicate: Predicate
    object: str


@dataclass(frozen=True)
class Graph:
    """Nodes by id and the triples between them, both in order.

    Attributes:
        nodes: id → node.
        triples: each once, sorted.
    """

    nodes: Mapping[str, Node]
    triples: tuple[Triple, ...]

    @classmethod
    def of(cls, nodes: Iterable[Node], triples: Iterable[Triple]) -> Graph:
        """A graph; of two nodes with one id the first is kept."""
        found: dict[str, Node] = {}
        for node in nodes:
            found.setdefault(node.id, node)
        return cls(
            dict(sorted(found.items())),
            tuple(sorted(set(triples), key=attrgetter("subject", "predicate", "object"))),
        )

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over every node and triple, hexadecimal."""
        digest = hashlib.sha256()
        for node in self.nodes.values():
            digest.update(f"{node.id}\t{node.label}\t{node.lang}\n".encode())
        for triple in self.triples:
            digest.update(f"{triple.subject}\t{triple.predicate}\t{triple.object}\n".encode())
        return digest.hexdigest()

    def leaving(self, subject: str) -> tuple[Triple, ...]:
        """Triples of a subject."""
        return self._leaving.get(subject, ())

    def objects(self, subject: str, *predicates: Predicate) -> tuple[str, ...]:
        """Objects of a subject, of any predicate if none is named."""
        return tuple(
            item.object for item in self.leaving(subject) if not predicates or item.predicate in predicates
        )

    def subjects(self, object_: str, *predicates: Predicate) -> tuple[str, ...]:
        """Subjects of an object, of any predicate if none is named."""
        found = self._entering.get(object_, ())
        return tuple(item.subject for item in found if not predicates or item.predicate in predicates)

    def path(self, start: str, end: str, *, longest: int = 4) -> tuple[Triple, ...]:
        """The shortest path of meaning in either direction of the arrows; empty if there is none.

        Args:
            start: id of a node.
            end: id of another.
            longest: triples at most.
        """
        came: dict[str, Triple | None] = {start: None}
        ahead = deque([(start, 0)])
        while ahead and end not in came:
            here, steps = ahead.popleft()
            for triple, there in self._around(here) if steps < longest else ():
                if there not in came:
                    came[there] = triple
                    ahead.append((there, steps + 1))
        return tuple(reversed(list(_back(end, came)))) if end in came else ()

    def statistics(self) -> dict[str, Any]:
        """Numbers of nodes by type, triples by predicate, expressions and senses by language."""
        types = Counter(node.type for node in self.nodes.values())
        predicates = Counter(triple.predicate for triple in self.triples)
        spoken = Counter(
            node.lang.partition("-")[0] for node in self.nodes.values() if node.type == "expression"
        )
        meant = Counter(
            node.id.partition(":")[2].partition(".")[0]
            for node in self.nodes.values()
            if node.type == "sense"
        )
        return {
            "nodes": {name: types[name] for name in NODE_TYPES if types[name]},
            "triples": {name: predicates[name] for name in PREDICATES if predicates[name]},
            "expressions": dict(sorted(spoken.items())),
            "senses": dict(sorted(meant.items())),
            "hash": self.content_hash,
        }

    def _around(self, node: str) -> Iterator[tuple[Triple, str]]:
        for triple in self.leaving(node):
            if triple.predicate in MEANINGFUL:
                yield triple, triple.object
        for triple in self._entering.get(node, ()):
            if triple.predicate in MEANINGFUL:
                yield triple, triple.subject

    @cached_property
    def _leaving(self) -> Mapping[str, tuple[Triple, ...]]:
        return _grouped((triple.subject, triple) for triple in self.triples)

    @cached_property
    def _entering(self) -> Mapping[str, tuple[Triple, ...]]:
        return _grouped((triple.object, triple) for triple in self.triples)


def sense_language(sense: str) -> str:
    """The language of a sense by its id, without region: ``sense:es-mx.slang.x`` is es."""
    return sense.partition(":")[2].partition(".")[0].partition("-")[0]


def _grouped(pairs: Iterable[tuple[str, Triple]]) -> dict[str, tuple[Triple, ...]]:
    found: dict[str, list[Triple]] = {}
    for key, triple in pairs:
        found.setdefault(key, []).append(triple)
    return {key: tuple(triples) for key, triples in found.items()}


def _back(end: str, came: Mapping[str, Triple | None]) -> Iterator[Triple]:
    here = end
    while (triple := came[here]) is not None:
        yield triple
        here = triple.subject if triple.object == here else triple.object
