"""Why two senses are taken to be near: words of both glosses, emotions of both, a path in the graph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from tongli.knowledge.graph import Graph

_COMMON = 0.03
"""A word in more glosses than this share says nothing about what two have in common."""
_FEW = 5
_WORD = re.compile("[a-z]{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What speaks for a candidate.

    Attributes:
        words: that both glosses have and few others.
        emotions: that both carry.
        path: expressions from one to the other, both included; empty if nothing joins them.
    """

    words: tuple[str, ...] = ()
    emotions: tuple[str, ...] = ()
    path: tuple[str, ...] = ()


class Explainer:
    """Finds grounds in a graph.

    Args:
        graph: the knowledge graph.
        label: id of a claim → its expression and language in words; ``None`` if it is not compared.
    """

    def __init__(self, graph: Graph, label: Callable[[str], str | None]) -> None:
        self._graph, self._label = graph, label

    def senses(self, one: str, other: str) -> Grounds:
        """Grounds between two senses, by their ids."""
        nodes = self._graph.nodes
        both = set(self._graph.objects(one, "carries")) & set(self._graph.objects(other, "carries"))
        return Grounds(
            words=self._words(nodes[one].label, nodes[other].label),
            emotions=tuple(sorted(nodes[item].label for item in both)),
            path=self._path(one, other),
        )

    def gloss(self, gloss: str, sense: str) -> Grounds:
        """Grounds between a meaning told in English and a sense."""
        return Grounds(words=self._words(gloss, self._graph.nodes[sense].label))

    def _words(self, one: str, other: str) -> tuple[str, ...]:
        most = max(_FEW, _COMMON * self._seen.total_glosses)
        return tuple(sorted(word for word in _words(one) & _words(other) if self._seen.words[word] <= most))

    @cached_property
    def _seen(self) -> _Seen:
        glosses = [node.label for node in self._graph.nodes.values() if node.type == "sense"]
        return _Seen(len(glosses), Counter(word for gloss in glosses for word in _words(gloss)))

    def _path(self, one: str, other: str) -> tuple[str, ...]:
        steps = [one]
        for triple in self._graph.path(one, other):
            steps.append(triple.object if triple.subject == steps[-1] else triple.subject)
        told = [self._told(step) for step in steps if not step.startswith("claim:")]
        return tuple(told) if len(steps) > 1 else ()

    def _told(self, node: str) -> str:
        """A step in words: an expression and its language."""
        found = self._graph.nodes[node]
        return self._label(node.removeprefix("sense:")) or f"{found.label} ({found.lang})"


@dataclass(frozen=True, slots=True)
class _Seen:
    """How many glosses there are, and in how many each word stands."""

    total_glosses: int
    words: Counter[str]


def _words(gloss: str) -> set[str]:
    return set(_WORD.findall(gloss.lower()))
