"""Equivalents among a few claims, with an encoder that counts words."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.equivalent_evidence import Explainer
from tongli.applications.equivalent_fit import Fit
from tongli.applications.equivalents import Equivalents, figurative_senses
from tongli.core import InputError
from tongli.knowledge.claim_files import ClaimFiles

FIT = Fit(encoder="words", weight=1.0, both=(2.0, -2.0), gloss=(2.0, -1.0))
SENSES = {
    "become very angry suddenly": ("see-red", "furioso", "rot", ["anger"]),
    "reveal a hidden secret": ("beans", "lengua", "katze", []),
    "cost a great fortune": ("arm-leg", "ojo", "vermoegen", []),
    "die peacefully": ("bucket", "pata", "loeffel", ["sadness"]),
    "work without any pause": ("clock", "tajo", "ranklotzen", []),
    "rain heavily outside": ("cats-dogs", "cantaros", "eimer", []),
}


def encode(texts):
    """Bags of words, hashed."""
    vectors = np.zeros((len(texts), 64), np.float32)
    for row, text in enumerate(texts):
        for word in text.lower().split():
            vectors[row, int(hashlib.sha256(word.encode()).hexdigest(), 16) % 64] += 1
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def claim(name, form, sense, equivalents=(), emotions=(), source="the authors"):
    return {
        "id": name,
        "kind": name.split(".")[1],
        "statement": f"“{form}” is said.",
        "trigger": {"forms": [form]},
        "meaning": {
            "literal": "word for word",
            "sense": sense,
            "literal_use_possible": False,
            "emotions": list(emotions),
            "equivalents": [dict(zip(("lang", "form", "match"), item, strict=True)) for item in equivalents],
        },
        "scope": {"register": ["casual"]},
        "strength": {"level": "common", "confidence": "high"},
        "evidence": [{"source": source, "type": "insider-report"}],
        "counter": [],
        "action": {"detect": "flag", "adapt": "substitute"},
        "status": "draft",
        "review_by": "2028-11",
    }


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    root = tmp_path_factory.mktemp("claims")
    claims = {"en": [], "es": [], "de": []}
    for sense, (english, spanish, german, emotions) in SENSES.items():
        known = [("es", spanish, "same-sense")] if english in {"see-red", "beans"} else []
        named = [("it", "andare fuori di sé", "partial")] if english == "see-red" else []
        claims["en"].append(
            claim(f"en.idiom.{english}", english, sense, known + named, emotions, "a dictionary")
        )
        claims["es"].append(claim(f"es.idiom.{spanish}", spanish, sense, (), emotions))
        claims["de"].append(claim(f"de.idiom.{german}", german, f"{sense} once", (), emotions))
    for lang, found in claims.items():
        folder = root / "languages" / lang
        folder.mkdir(parents=True)
        text = "".join(f"{json.dumps(item, ensure_ascii=False)}\n" for item in found)
        (folder / "idioms.jsonl").write_text(text, encoding="utf-8")
    return ClaimFiles(root)


@pytest.fixture(scope="module")
def finder(files):
    return Equivalents(encode, encoder="words", files=files, fit=FIT)


def test_known_equivalents_come_first_with_their_source(finder):
    found = finder.into(finder.look_up("see-red"), "es", limit=5)
    (known,) = found.known
    assert (known.form, known.match, known.about) == ("furioso", "same-sense", "es.idiom.furioso")
    assert [item.source for item in known.claim.evidence] == ["a dictionary"]
    assert "es.idiom.furioso" not in {item.claim.id for item in found.near}


def test_what_one_side_names_is_known_on_the_other(finder):
    (known,) = finder.into(finder.look_up("furioso", lang="es"), "en").known
    assert (known.form, known.claim.id, known.match) == ("see-red", "en.idiom.see-red", "same-sense")


def test_the_nearest_by_sense_and_why(finder):
    answer = finder.into(finder.look_up("en.idiom.see-red"), "de", limit=1)
    (near,) = answer.near
    assert (near.claim.id, near.form, near.wording) == ("de.idiom.rot", "rot", "near")
    assert near.grounds.emotions == ("anger",)
    assert set(near.grounds.words) <= {"angry", "become", "very", "suddenly"}
    assert near.sentence > 0
    assert not answer.abstained


def test_it_says_nothing_where_nothing_is_sure(files):
    doubtful = replace(FIT, both=(1.0, -50.0), gloss=(1.0, -50.0))
    finder = Equivalents(encode, encoder="words", files=files, fit=doubtful)
    answer = finder.into(finder.look_up("see-red"), "de")
    assert (answer.abstained, answer.near) == (True, ())
    assert finder.of_sense("anything at all", "de").abstained
    assert not finder.into(finder.look_up("see-red"), "es").abstained


def test_a_meaning_instead_of_an_expression(finder):
    (near, *_) = finder.of_sense("rain very heavily", "es").near
    assert near.claim.id == "es.idiom.cantaros"
    assert near.graph == 0
    assert {"rain", "heavily"} <= set(near.grounds.words)


def test_an_expression_that_claims_only_name(finder):
    query = finder.look_up("andare fuori di sé", lang="it")
    assert (query.own, [item.id for item in query.claims]) == (False, ["en.idiom.see-red"])
    (known,) = finder.into(query, "en").known
    assert (known.form, known.match) == ("see-red", "partial")
    assert [item.form for item in finder.into(query, "es").known] == ["furioso"]
    assert finder.into(query, "de").known == ()


def test_what_is_not_known_is_told(finder):
    with pytest.raises(InputError) as caught:
        finder.look_up("qwertz")
    assert caught.value.code == "equivalent.unknown"
    with pytest.raises(InputError) as caught:
        finder.into(finder.look_up("see-red"), "tlh")
    assert caught.value.code == "claims.audience"


def test_answers_are_the_same_every_time(files, finder):
    again = Equivalents(encode, encoder="words", files=files, fit=FIT)
    for name in ("see-red", "beans", "bucket"):
        assert again.into(again.look_up(name), "de") == finder.into(finder.look_up(name), "de")


def test_grounds_are_the_same_both_ways(finder):
    explainer = Explainer(finder.graph, lambda name: name)
    one, other = "sense:en.idiom.see-red", "sense:es.idiom.furioso"
    there, back = explainer.senses(one, other), explainer.senses(other, one)
    assert (there.words, there.emotions) == (back.words, back.emotions)
    assert there.path == back.path[::-1] == ("en.idiom.see-red", "es.idiom.furioso")


def test_the_same_gloss_comes_before_what_is_near(with_table):
    query = with_table.look_up("hit the ceiling")
    (alike,) = with_table.into(query, "es").alike
    assert (alike.form, alike.claim.id, alike.said) == ("rabia", "es.idiom.rabia", "become very angry")
    assert "rabia" not in {item.form for item in with_table.into(query, "es", limit=9).near}
    assert with_table.into(query, "en").alike == ()
    assert [item.form for item in with_table.of_sense("to become very angry!", "en").alike] == [
        "hit the ceiling"
    ]
    assert with_table.of_sense("becoming", "en").alike == ()


def test_the_nearest_alone_may_have_the_same_gloss(finder):
    gloss = "become very angry suddenly"
    assert [item.form for item in finder.of_sense(gloss, "es").alike] == ["furioso"]
    assert [item.form for item in finder.nearest(gloss, "es", limit=1)] == ["furioso"]


def test_what_is_known_is_not_told_again_as_alike(finder):
    answer = finder.into(finder.look_up("see-red"), "es", limit=9)
    assert [item.about for item in answer.known] == ["es.idiom.furioso"]
    assert answer.alike == ()
    assert [item.form for item in finder.into(finder.look_up("bucket"), "es").alike] == ["pata"]


def test_only_figurative_senses_are_compared(finder):
    assert len(figurative_senses(finder.graph)) == 3 * len(SENSES)


def test_no_limit_no_near(finder):
    assert finder.into(finder.look_up("see-red"), "de", limit=0).near == ()


def test_the_fit_that_ships_knows_its_encoder(files):
    finder = Equivalents(encode, encoder="words", files=files)
    assert finder.fit == Fit.shipped()
    assert not finder.calibrated
    assert Equivalents(encode, encoder=finder.fit.encoder, files=files).calibrated
    assert finder.fit.both[0] > 0 < finder.fit.gloss[0]


@given(st.floats(-1e6, 1e6), st.floats(0, 1e3))
def test_a_higher_score_never_sounds_less_sure(score, more):
    order = [None, "loosely", "near"]
    low, high = Fit.chance(score, FIT.both), Fit.chance(score + more, FIT.both)
    assert 0 <= low <= high <= 1
    assert order.index(Fit.wording(low)) <= order.index(Fit.wording(high))


SHARED = {
    "lang": "en",
    "kind": "idiom",
    "scope": {"register": ["casual"]},
    "strength": {"level": "common", "confidence": "medium"},
    "evidence": [{"source": "ours", "type": "llm-generated", "date": "2026-11"}],
    "counter": [],
    "action": {"detect": "flag", "adapt": "gloss"},
    "status": "draft",
    "review_by": "2028-11",
}
TABLE = f"{json.dumps(SHARED)}\nhit the ceiling\tbecome very angry\n"


@pytest.fixture
def with_table(files, tmp_path):
    shutil.copytree(str(files._root), tmp_path / "claims")
    (tmp_path / "claims" / "languages" / "en" / "more.tsv").write_text(TABLE, encoding="utf-8")
    rows = TABLE.replace('"en"', '"es"').replace("hit the ceiling", "rabia")
    (tmp_path / "claims" / "languages" / "es" / "more.tsv").write_text(rows, encoding="utf-8")
    return Equivalents(encode, encoder="words", files=ClaimFiles(tmp_path / "claims"), fit=FIT)


@pytest.mark.parametrize("text", ["hit the ceiling", "en.idiom.hit-the-ceiling"])
def test_a_row_of_a_table_is_compared_by_its_gloss_alone(with_table, finder, text):
    query = with_table.look_up(text)
    assert (query.own, [item.id for item in query.claims]) == (True, ["en.idiom.hit-the-ceiling"])
    answer = with_table.into(query, "de", limit=1)
    assert answer == finder.of_sense("become very angry", "de", limit=1)
    assert [item.form for item in answer.near] == ["rot"]
    assert with_table.into(query, "de", limit=0).near == ()


def test_rows_of_tables_are_no_candidates(with_table, finder):
    assert with_table.graph.content_hash == finder.graph.content_hash
    near = with_table.of_sense("become very angry", "en", limit=9).near
    assert "hit the ceiling" not in [item.form for item in near]
