"""RDF of a small graph, parsed again."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from tongli.core import ConfigError, StorageError
from tongli.knowledge.graph import NODE_TYPES, PREDICATES, Graph, Node, Triple
from tongli.knowledge.graph_rdf import iri, term, write_rdf

rdflib = pytest.importorskip("rdflib")  # another implementation reads what is written
pytest.importorskip("pyoxigraph")
READ = {".ttl": "turtle", ".jsonld": "json-ld", ".nt": "nt"}

CLAIM, SENSE, SAID = "claim:ja.idiom.x", "sense:ja.idiom.x", 'expression:ja:頭に"来る" <a:b>'
GRAPH = Graph.of(
    [
        Node(CLAIM, "claim", "A “statement”\nwith a line break."),
        Node(SENSE, "sense", "to get angry"),
        Node(SAID, "expression", '頭に"来る" <a:b>', "ja"),
        Node("emotion:anger", "emotion", "anger"),
        Node("language:ja", "language", "ja"),
        Node("source:1", "source", "somebody (insider-report)"),
    ],
    [
        Triple(CLAIM, "means", SENSE),
        Triple(SAID, "formOf", CLAIM),
        Triple(SAID, "inLanguage", "language:ja"),
        Triple(SENSE, "carries", "emotion:anger"),
        Triple(CLAIM, "hasSource", "source:1"),
    ],
)


@pytest.fixture
def read(tmp_path):
    def read(graph, ending=".nt"):
        path = tmp_path / f"read{ending}"
        write_rdf(graph, path)
        return rdflib.Graph().parse(path, format=READ[ending])

    return read


@pytest.mark.filterwarnings("ignore:.*ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("ending", READ)
def test_all_formats_say_the_same(ending, read, tmp_path):
    path = tmp_path / f"graph{ending}"
    number = write_rdf(GRAPH, path)
    again = read(GRAPH, ending)
    assert set(again) == set(read(GRAPH))
    assert len(again) == number == 24
    first = path.read_bytes()
    write_rdf(GRAPH, path)
    assert path.read_bytes() == first


def test_terms_of_ontolex_and_skos(read):
    found = read(GRAPH)
    evokes, said = rdflib.URIRef(term("ontolex:evokes")), rdflib.URIRef(iri(SAID))
    assert list(found.objects(said, evokes)) == [rdflib.URIRef(iri(SENSE))]
    form = found.value(said, rdflib.URIRef(term("ontolex:canonicalForm")))
    written = found.value(form, rdflib.URIRef(term("ontolex:writtenRep")))
    assert (str(written), written.language) == ('頭に"来る" <a:b>', "ja")
    gloss = found.value(rdflib.URIRef(iri(SENSE)), rdflib.SKOS.definition)
    assert (str(gloss), gloss.language) == ("to get angry", "en")
    assert (rdflib.URIRef(iri("emotion:anger")), rdflib.RDF.type, rdflib.SKOS.Concept) in found


def test_a_query_finds_the_gloss_of_an_expression(read):
    (row,) = read(GRAPH, ".ttl").query(
        "SELECT ?gloss { ?said ontolex:canonicalForm/ontolex:writtenRep ?form; ontolex:evokes ?sense . "
        "?sense skos:definition ?gloss FILTER(lang(?form) = 'ja') }"
    )
    assert str(row.gloss) == "to get angry"


def test_every_type_and_predicate_has_a_term(read):
    node = Graph.of([Node(f"{name}:x", name, "x") for name in NODE_TYPES], [])
    assert len({str(kind) for kind in read(node).objects(None, rdflib.RDF.type)}) > len(NODE_TYPES)
    triples = [Triple("claim:x", name, "sense:x") for name in PREDICATES]
    assert len(set(read(Graph.of([], triples)).predicates())) == len(PREDICATES)


def test_names_that_are_no_format(tmp_path):
    with pytest.raises(ConfigError) as caught:
        write_rdf(GRAPH, tmp_path / "graph.csv")
    assert caught.value.code == "graph.format"
    assert ".ttl" in caught.value.allowed


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(StorageError) as caught:
        write_rdf(GRAPH, tmp_path / "none" / "graph.nt")
    assert caught.value.code == "graph.write"


def test_without_the_package(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyoxigraph", None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ConfigError) as caught:
        write_rdf(GRAPH, tmp_path / "graph.nt")
    assert caught.value.code == "graph.package"
