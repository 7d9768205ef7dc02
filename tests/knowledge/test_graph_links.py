"""Links between senses: what may be seen when some are hidden, shared neighbours, and TransE."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.knowledge.graph import Graph, Node, Triple
from tongli.knowledge.graph_links import Neighbours, links, relations, train

A, B, C, D = (f"sense:{lang}.idiom.x" for lang in ("en", "es", "de", "fr"))
PIVOT, OWN, LONELY = "expression:it:p", "expression:es:b", "expression:it:alone"
GRAPH = Graph.of(
    [
        *(Node(name, "sense", name) for name in (A, B, C, D)),
        *(Node(name, "expression", name) for name in (PIVOT, OWN, LONELY)),
    ],
    [
        Triple(A, "sameSense", OWN),
        Triple(OWN, "formOf", "claim:es.idiom.x"),
        Triple(A, "equivalentTo", B),
        Triple(B, "equivalentTo", A),
        Triple(C, "equivalentTo", B),
        Triple(A, "sameSense", PIVOT),
        Triple(D, "partial", PIVOT),
        Triple(D, "plain", LONELY),
        Triple(A, "carries", "emotion:anger"),
    ],
)


def test_links_are_pairs_without_direction():
    assert sorted(map(sorted, links(GRAPH))) == [sorted([C, B]), sorted([A, B])]


def test_relations_go_both_ways_and_leave_out_what_stands_for_a_link():
    found = relations(GRAPH)
    assert {(A, "equivalent", B), (B, "equivalent", A), (C, "equivalent", B), (B, "equivalent", C)} <= set(
        found
    )
    assert {(A, "named", PIVOT), (D, "partial", PIVOT), (A, "carries", "emotion:anger")} <= set(found)
    assert not any(end in {OWN, LONELY} for item in found for end in item)


def test_nothing_of_a_hidden_link_is_seen():
    found = relations(GRAPH, hidden=[frozenset({A, B})])
    assert not any({item[0], item[2]} == {A, B} for item in found)
    assert not any(OWN in item for item in found)
    assert (B, "equivalent", C) in found


def test_shared_neighbours():
    around = Neighbours(relations(GRAPH, hidden=[frozenset({A, B})]))
    assert around.shared(A, D) == (PIVOT,)
    assert around.shared(A, D) == around.shared(D, A)
    assert around.scores(A, [D, C]).tolist() == [pytest.approx(1 / np.log(3)), 0]


def cliques(number: int) -> list[tuple[str, str, str]]:
    """Groups of four senses, all equivalent but for one pair of each."""
    found = []
    for group in range(number):
        names = [f"{group}{letter}" for letter in "abcd"]
        pairs = [(one, other) for one in names for other in names if one != other]
        found += [(one, "equivalent", other) for one, other in pairs if {one[-1], other[-1]} != {"a", "d"}]
    return found


def test_what_is_linked_over_a_third_comes_near():
    found = train(cliques(12), dim=16, epochs=80, seed=1)
    others = [f"{group}d" for group in range(12)]
    places = [int(found.scores(f"{group}a", others).argmax()) == group for group in range(12)]
    assert sum(places) >= 10


def test_scores_are_symmetric_and_the_seed_decides():
    triples = cliques(4)
    one, same, other = (train(triples, dim=8, epochs=5, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(one.vectors, same.vectors)
    assert not np.array_equal(one.vectors, other.vectors)
    assert one.scores("0a", ["1b"])[0] == pytest.approx(one.scores("1b", ["0a"])[0], abs=1e-5)
    assert (one.scores("0a", list(one.index)) <= 0).all()


def test_entities_without_triples_have_a_vector():
    found = train((), entities=["x", "y"], dim=4)
    assert found.only(["y"]).vectors.shape == (1, 4)
    assert found.only(["y"]).scores("y", ["y"]).tolist() == [0]
