from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import FloatArray
from tongli.empathy.figurative import FEATURES, HOLE, Figurative, Fitted, Place, place, shipped
from tongli.knowledge.claim_matcher import matcher

AXES = {"money": 0, "farm": 1, "secret": 2}
"""Words of a small world, each a direction of its own."""


def embed(texts: Sequence[str]) -> FloatArray:
    """Counts of the world's words, and a common part, of unit length."""
    rows = np.array([[*(text.lower().count(word) for word in AXES), 1.0] for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def fitted(*, margin: float = 0.05, **weights: float) -> Fitted:
    zeros = np.zeros(len(FEATURES), np.float32)
    return Fitted(
        mean=zeros,
        scale=zeros + 1,
        weights=np.array([weights.get(name, 0.0) for name in FEATURES], np.float32),
        bias=0.0,
        margin=margin,
        references={"en": ["…"], "de": ["…"]},
    )


def marked(text: str, *, lang: str = "en", **glosses: str) -> Place:
    start, end = text.index("["), text.index("]") - 1
    return Place(text=text.replace("[", "").replace("]", ""), span=(start, end), lang=lang, **glosses)


def feature(item: Place, name: str) -> float:
    return float(Figurative(embed, fitted=fitted()).features([item])[0, FEATURES.index(name)])


def test_words_that_fit_their_sentence_are_literal() -> None:
    reader = Figurative(embed, fitted=fitted(whole=-20))
    fits, jars = marked("The farm sold [farm eggs]."), marked("Money, money: [farm eggs].")
    literal, idiomatic = reader.decide([fits, jars])
    assert (literal.use, literal.why) == ("literal", None)
    assert idiomatic.score > literal.score


def test_a_sense_that_fits_is_a_sign_of_the_idiom() -> None:
    glosses = {"sense": "a secret", "literal": "a farm"}
    told = marked("Our secret is out: he [spilled it].", **glosses)
    farm = marked("At the farm he [spilled it].", **glosses)
    assert feature(told, "sense") > 0 > feature(farm, "sense")
    assert feature(marked("At the farm he [spilled it]."), "sense") == 0


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Tickets for [Cold Feet] are gone.", "en", 1),
        ("He got [cold feet].", "en", 0),
        ("[Cold feet] again!", "en", 0),
        ("Er geht auf dem [Holzweg].", "de", 0),
    ],
)
def test_names(text: str, lang: str, expected: int) -> None:
    assert feature(marked(text, lang=lang), "name") == expected


def test_what_is_usual_in_a_language_is_left_out() -> None:
    """A sentence that says nothing of the world is no nearer to one word than to another."""
    assert feature(marked("Hm, [farm]."), "whole") == pytest.approx(0, abs=1e-6)


def test_abstentions_say_why() -> None:
    reader = Figurative(embed, fitted=fitted())
    places = [marked("[cold feet]!"), marked("他说[背黑锅]了", lang="zh"), marked("I got [cold feet].")]
    assert [(item.use, item.why) for item in reader.decide(places)] == [
        (None, "alone"),
        (None, "language"),
        (None, "unsure"),
    ]


def test_only_claims_with_a_literal_reading_are_weighed() -> None:
    calls: list[Sequence[str]] = []

    def counting(texts: Sequence[str]) -> FloatArray:
        calls.append(texts)
        return embed(texts)

    text = "He flew off the handle."
    found = matcher("en").find(text)
    assert [match.claim.meaning.literal_use_possible for match in found] == [False]
    (decision,) = Figurative(counting).judge(found, text, lang="en")
    assert (decision.use, decision.score, calls) == ("idiomatic", 1.0, [])


def test_decisions_keep_their_order() -> None:
    text = "We were over the moon and then he spilled the beans."
    found = matcher("en").find(text)
    assert len(Figurative(embed).judge(found, text, lang="en")) == len(found) == 2


def test_a_match_brings_its_glosses() -> None:
    text = "He spilled the beans."
    (match,) = matcher("en").find(text)
    item = place(match, text, lang="en")
    assert item.rest == f"He {HOLE}."
    assert (item.words, item.sense) == ("spilled the beans", match.claim.meaning.sense)


def test_every_text_is_embedded_once() -> None:
    calls: list[Sequence[str]] = []

    def counting(texts: Sequence[str]) -> FloatArray:
        calls.append(texts)
        return embed(texts)

    item = marked("He got [cold feet].")
    reader = Figurative(counting, fitted=fitted())
    reader.features([item, item])
    reader.features([item])
    assert [sorted(texts) for texts in calls if texts != ["…"]] == [
        ["He got ….", "cold", "cold feet", "feet"]
    ] * 2
    assert calls.count(["…"]) == 1


def test_nothing_to_decide() -> None:
    assert Figurative(embed).decide([]) == []


def test_what_ships_is_whole() -> None:
    found = shipped()
    assert len(found.mean) == len(found.scale) == len(found.weights) == len(FEATURES)
    assert (found.scale > 0).all()
    assert set(found.references) == set(found.usual) == {"de", "en", "es", "pt"}
    assert all(HOLE in text for texts in found.references.values() for text in texts)
    by_name = dict(zip(FEATURES, found.weights, strict=True))
    assert by_name["whole"] < 0
    assert by_name["name"] < 0
    assert by_name["sense"] > 0


@given(
    st.text(max_size=40), st.integers(0, 40), st.integers(1, 10), st.sampled_from(["en", "de", "pt-BR", "zh"])
)
def test_any_place_is_answered(text: str, start: int, length: int, lang: str) -> None:
    start = min(start, len(text))
    item = Place(text=text, span=(start, min(len(text), start + length)), lang=lang)
    (decision,) = Figurative(embed).decide([item])
    assert 0 <= decision.score <= 1
    assert (decision.use is None) == (decision.why is not None)


def test_a_mean_that_is_known_saves_reading_the_references() -> None:
    asked: list[str] = []

    def counting(texts: Sequence[str]) -> FloatArray:
        asked.extend(texts)
        return embed(texts)

    item = marked("The farm sold [farm eggs].")
    plain = fitted(whole=-20)
    (expected,) = Figurative(counting, fitted=plain).decide([item])
    assert "…" in asked
    asked.clear()
    known = replace(plain, usual={"en": embed(["…"])[0]})
    assert Figurative(counting, fitted=known).decide([item]) == [expected]
    assert "…" not in asked
    other = replace(plain, usual={"en": np.zeros(9, np.float32)})
    assert Figurative(counting, fitted=other).decide([item]) == [expected]
