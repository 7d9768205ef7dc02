"""The graph of a few claims: what is in it, that it is always the same, and what leads where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.knowledge.claim_files import ClaimFiles
from tongli.knowledge.graph import MEANINGFUL, Graph, Node, Triple, sense_language
from tongli.knowledge.graph_build import Resolver, build, expression_id, figurative_claims


def equivalent(lang, form, match="same-sense"):
    return {"lang": lang, "form": form, "match": match}


def meaning(sense, *equivalents, emotions=()):
    return {
        "literal": "word for word",
        "sense": sense,
        "literal_use_possible": False,
        "emotions": list(emotions),
        "equivalents": list(equivalents),
    }


@pytest.fixture
def files(claim_data, write_claims):
    """English, Spanish and Mexican claims; two of them name one German expression."""
    write_claims(
        "languages/en/idioms",
        claim_data(
            "en.idiom.see-red",
            "see|sees|saw red",
            statement="“See red” is said of sudden anger.",
            meaning=meaning(
                "become angry",
                equivalent("es", "ponerse hecho una furia"),
                equivalent("de", "rotsehen"),
                emotions=["anger"],
            ),
        ),
        claim_data("en.norm.greet", "good morning", meaning=meaning("a greeting")),
    )
    write_claims(
        "languages/es/idioms",
        claim_data(
            "es.idiom.hecho-una-furia",
            "hecho|hecha una furia",
            statement="“Hecho una furia” means (“made a fury”) very angry.",
            meaning=meaning("very angry", equivalent("de", "Rotsehen!", "partial"), emotions=["anger"]),
        ),
    )
    return ClaimFiles(
        write_claims(
            "cultures/es-MX/slang",
            claim_data("es-mx.slang.chido", "chido|chida", meaning=meaning("good", equivalent("en", "cool"))),
        )
    )


def test_what_a_graph_holds(files):
    graph = build(files)
    triples = set(graph.triples)
    assert {
        Triple("claim:en.idiom.see-red", "ofKind", "kind:idiom"),
        Triple("claim:en.idiom.see-red", "means", "sense:en.idiom.see-red"),
        Triple("claim:en.idiom.see-red", "holdsIn", "language:en"),
        Triple("claim:es-mx.slang.chido", "holdsIn", "audience:es-MX"),
        Triple("audience:es-MX", "inherits", "language:es"),
        Triple("sense:en.idiom.see-red", "carries", "emotion:anger"),
        Triple("expression:en:see red", "formOf", "claim:en.idiom.see-red"),
        Triple("sense:es.idiom.hecho-una-furia", "partial", "expression:de:rotsehen"),
        Triple("sense:en.idiom.see-red", "equivalentTo", "sense:es.idiom.hecho-una-furia"),
    } <= triples
    assert graph.nodes["sense:en.idiom.see-red"] == Node("sense:en.idiom.see-red", "sense", "become angry")
    assert graph.objects("claim:en.idiom.see-red", "hasRegister") == ("register:casual",)
    assert graph.subjects("emotion:anger") == ("sense:en.idiom.see-red", "sense:es.idiom.hecho-una-furia")


def test_every_end_of_a_triple_is_a_node(files):
    graph = build(files)
    assert {end for item in graph.triples for end in (item.subject, item.object)} <= set(graph.nodes)


def test_the_same_claims_give_the_same_graph(files):
    first, second = build(files), build(files)
    assert first == second
    assert first.content_hash == second.content_hash


def test_another_gloss_gives_another_hash(files, claim_data, write_claims):
    before = build(files).content_hash
    changed = claim_data("es-mx.slang.chido", "chido", meaning=meaning("very good"))
    assert build(ClaimFiles(write_claims("cultures/es-MX/slang", changed))).content_hash != before


def test_statistics_count_all(files):
    graph = build(files)
    told = graph.statistics()
    assert sum(told["nodes"].values()) == len(graph.nodes)
    assert sum(told["triples"].values()) == len(graph.triples)
    assert told["expressions"]["de"] == 1
    assert told["senses"] == {"en": 2, "es": 1, "es-mx": 1}


def test_labels_are_the_quoted_expression_not_the_gloss(files):
    found = figurative_claims(files)
    label = Resolver(files).label
    assert label(*found["es.idiom.hecho-una-furia"]) == "Hecho una furia"
    assert label(*found["es-mx.slang.chido"]) == "chido"
    assert "en.norm.greet" not in found


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("to see red", "en.idiom.see-red"),
        ("saw red", "en.idiom.see-red"),
        ("see red whenever somebody parks there", None),
        ("", None),
    ],
)
def test_an_expression_is_a_claim_when_half_of_it_is(files, text, claim):
    found = Resolver(files).resolve(text, "en-GB")
    assert (found.id if found else None) == claim
    assert Resolver(files).resolve(text, "is") is None


def test_expressions_are_compared_without_case_width_and_stop():
    assert expression_id("To  see RED.", "en-US") == "expression:en:see red"
    assert expression_id("ＡＢＣ！", "ja") == expression_id("abc", "ja")
    assert expression_id("Rot", "de") != expression_id("rot", "nl")


def test_a_path_of_meaning(files):
    graph = build(files)
    one, other = "sense:en.idiom.see-red", "sense:es.idiom.hecho-una-furia"
    assert graph.path(one, other) == (Triple(one, "equivalentTo", other),)
    assert graph.path(one, "sense:es-mx.slang.chido") == ()
    assert graph.path(one, one) == ()
    assert graph.path(one, other, longest=0) == ()


edges = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(sorted(MEANINGFUL)), st.sampled_from("abcdef"))
)


@given(edges)
def test_paths_are_as_long_both_ways_and_hang_together(found):
    graph = Graph.of((Node(name, "sense", name) for name in "abcdef"), (Triple(*item) for item in found))
    there, back = graph.path("a", "f"), graph.path("f", "a")
    assert len(there) == len(back) <= 4
    here = "a"
    for triple in there:
        assert here in {triple.subject, triple.object}
        here = triple.object if triple.subject == here else triple.subject
    assert not there or here == "f"


@given(edges, st.randoms())
def test_a_graph_does_not_depend_on_order(found, random):
    triples = [Triple(*item) for item in found]
    nodes = [Node(name, "sense", name) for name in "abcdef"]
    first = Graph.of(nodes, triples)
    random.shuffle(triples)
    random.shuffle(nodes)
    assert Graph.of(nodes, triples).content_hash == first.content_hash


def test_the_language_of_a_sense():
    assert sense_language("sense:es-mx.slang.chido") == "es"
