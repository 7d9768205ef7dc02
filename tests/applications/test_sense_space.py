"""Vectors of senses: the cache, and what the scores mean."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.applications.sense_space import SenseSpace, cached_glosses, cached_space, make_space, standard
from tongli.knowledge.graph import Graph, Node, Triple

SENSES = tuple(f"sense:{lang}.idiom.{name}" for lang in ("de", "en") for name in "abc")
GRAPH = Graph.of(
    [Node(sense, "sense", f"gloss of {sense[-1]}") for sense in SENSES],
    [Triple("sense:de.idiom.a", "equivalentTo", "sense:en.idiom.a")],
)


class Encoder:
    """One direction for each last letter; counts its calls."""

    def __init__(self):
        self.calls = 0

    def __call__(self, texts):
        self.calls += 1
        return np.array([np.eye(3)["abc".index(text[-1])] for text in texts], np.float32)


def cached(tmp_path, encode, *, graph=GRAPH, encoder="one") -> SenseSpace:
    return cached_space(graph, SENSES, encode, encoder=encoder, cache=tmp_path)


def test_the_second_time_nothing_is_encoded(tmp_path):
    encode = Encoder()
    first, second = cached(tmp_path, encode), cached(tmp_path, encode)
    assert encode.calls == 1
    assert np.array_equal(first.glosses, second.glosses)
    for sense in SENSES:
        one, other = first.compare(sense, SENSES[:3]), second.compare(sense, SENSES[:3])
        assert np.array_equal(one.total(1.0), other.total(1.0))


def test_other_claims_or_another_encoder_are_encoded_again(tmp_path):
    encode = Encoder()
    cached(tmp_path, encode)
    cached(tmp_path, encode, encoder="two")
    nodes = [*GRAPH.nodes.values(), Node("sense:x.idiom.a", "sense", "another gloss of a")]
    cached(tmp_path, encode, graph=Graph.of(nodes, GRAPH.triples))
    assert encode.calls == 3


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut off", b"no archive"])
def test_a_damaged_cache_is_made_again(tmp_path, damage):
    encode = Encoder()
    cached(tmp_path, encode)
    (path,) = (tmp_path / "senses").iterdir()
    path.write_bytes(damage)
    cached(tmp_path, encode)
    assert encode.calls == 2
    cached(tmp_path, encode)
    assert encode.calls == 2


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "senses").write_text("a file")
    assert cached(tmp_path, Encoder()).senses == SENSES


def test_gloss_and_graph_point_the_same_way():
    space = make_space(GRAPH, SENSES, Encoder())
    found = space.compare("sense:de.idiom.a", SENSES[3:])
    assert int(found.sentence.argmax()) == int(found.graph.argmax()) == 0
    assert found.total(0.0).tolist() == found.sentence.tolist()


def test_glosses_of_one_language_are_kept_by_what_they_say(tmp_path):
    encode = Encoder()
    for graph in (GRAPH, Graph.of(GRAPH.nodes.values(), ())):
        told = cached_glosses(graph, SENSES[3:], encode, encoder="one", cache=tmp_path)
    assert encode.calls == 1
    found = told.compare(Encoder()(["b"])[0], SENSES[3:])
    assert int(found.sentence.argmax()) == 1
    assert not found.graph.any()
    cached_glosses(GRAPH, SENSES[:3], encode, encoder="one", cache=None)
    assert encode.calls == 2


def test_standard_scores():
    assert standard(np.array([1, 1, 1], np.float32)).tolist() == [0, 0, 0]
    found = standard(np.array([1, 2, 3], np.float32))
    assert found.mean() == pytest.approx(0, abs=1e-6)
    assert found.std() == pytest.approx(1, abs=1e-6)
    assert standard(np.array([5], np.float32)).tolist() == [0]
