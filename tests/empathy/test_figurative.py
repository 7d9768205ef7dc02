from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli import Tongli
from tongli.core import FloatArray, Tokens
from tongli.empathy.figurative import Figurative, Fitted, Place, features, read, shipped
from tongli.knowledge.claim_matcher import matcher

AXES = {"money": 0, "farm": 1, "secret": 2}
"""Words of a small world, each a direction of its own."""
HIDDEN = len(AXES)
HERE, ALONE, NEAR_ALONE, NEAR_AROUND, NAME = 0, HIDDEN, 2 * HIDDEN, 2 * HIDDEN + 1, 2 * HIDDEN + 2


def tokens(texts: Sequence[str]) -> list[Tokens]:
    """A token a word, with a state that says which word of the world it holds."""
    return [_tokens(text) for text in texts]


def _tokens(text: str) -> Tokens:
    spans, states, at = [], [], 0
    for word in text.split():
        at = text.index(word, at)
        spans.append((at, at + len(word)))
        states.append([float(axis in word.lower()) for axis in AXES])
        at += len(word)
    array = np.array(states, np.float32).reshape(len(spans), HIDDEN)
    return Tokens(spans=tuple(spans), states=array, encoder="toy")


def fitted(*, margin: float = 0.05, **weights: float) -> Fitted:
    columns = {"farm_here": HERE + 1, "near_around": NEAR_AROUND, "name": NAME}
    row = np.zeros(2 * HIDDEN + 3, np.float32)
    for name, weight in weights.items():
        row[columns[name]] = weight
    return Fitted(weights=row, bias=0.0, margin=margin, encoder="toy", languages=frozenset({"en", "de"}))


def marked(text: str, *, lang: str = "en") -> Place:
    start, end = text.index("["), text.index("]") - 1
    return Place(text=text.replace("[", "").replace("]", ""), span=(start, end), lang=lang)


def row_of(item: Place) -> FloatArray:
    return features([item], read([item], tokens))[0]


def test_words_that_fit_their_sentence_are_literal() -> None:
    reader = Figurative(tokens, fitted=fitted(near_around=-20))
    fits, jars = marked("The farm sold [farm eggs]."), marked("Money, money: [farm eggs].")
    literal, idiomatic = reader.decide([fits, jars])
    assert (literal.use, literal.why) == ("literal", None)
    assert idiomatic.score > literal.score


def test_what_is_read_of_a_place() -> None:
    row = row_of(marked("Money for a [farm secret] on a farm"))
    assert row[HERE : HERE + HIDDEN].tolist() == [0, 0.5, 0.5]
    assert row[ALONE : ALONE + HIDDEN].tolist() == [0, 0.5, 0.5]
    assert row[NEAR_ALONE] == pytest.approx(1)
    assert row[NEAR_AROUND] == pytest.approx(0.5)
    assert row[NAME] == 0


def test_tokens_that_reach_into_the_expression_belong_to_it() -> None:
    item = Place(text="the farmhouse secret", span=(4, 8), lang="en")
    assert row_of(item)[HERE : HERE + HIDDEN].tolist() == [0, 1, 0]


def test_what_is_missing_is_zero() -> None:
    assert row_of(Place(text="money", span=(0, 5), lang="en"))[NEAR_AROUND] == 0
    assert not row_of(Place(text="money", span=(2, 2), lang="en"))[ALONE : ALONE + HIDDEN].any()


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
    assert row_of(marked(text, lang=lang))[NAME] == expected


def test_abstentions_say_why() -> None:
    reader = Figurative(tokens, fitted=fitted())
    places = [
        marked("[cold feet]!"),
        marked("Hij kreeg [koude voeten]", lang="nl"),
        marked("I got [cold feet]."),
    ]
    assert [(item.use, item.why) for item in reader.decide(places)] == [
        (None, "alone"),
        (None, "language"),
        (None, "unsure"),
    ]


def test_states_of_another_encoder_are_not_judged() -> None:
    reader = Figurative(tokens, fitted=replace(fitted(), encoder="other"))
    (decision,) = reader.decide([marked("I got [cold feet].")])
    assert (decision.use, decision.score, decision.why) == (None, 0.5, "model")


def test_only_claims_with_a_literal_reading_are_weighed() -> None:
    calls: list[Sequence[str]] = []

    def counting(texts: Sequence[str]) -> list[Tokens]:
        calls.append(texts)
        return tokens(texts)

    text = "He flew off the handle."
    found = matcher("en").find(text)
    assert [match.claim.meaning.literal_use_possible for match in found] == [False]
    (decision,) = Figurative(counting).judge(found, text, lang="en")
    assert (decision.use, decision.score, calls) == ("idiomatic", 1.0, [])


def test_decisions_keep_their_order() -> None:
    text = "He flew off the handle and then he spilled the beans."
    found = matcher("en").find(text)
    told = Figurative(tokens, fitted=fitted()).judge(found, text, lang="en")
    assert [item.score for item in told] == [1.0, 0.5]


def test_every_text_is_read_once() -> None:
    calls: list[Sequence[str]] = []

    def counting(texts: Sequence[str]) -> list[Tokens]:
        calls.append(texts)
        return tokens(texts)

    item = marked("He got [Cold feet].")
    Figurative(counting, fitted=fitted()).decide([item, item])
    assert [list(texts) for texts in calls] == [["He got Cold feet.", "cold feet"]]


def test_nothing_to_decide() -> None:
    assert Figurative(tokens).decide([]) == []


def test_what_ships_is_whole() -> None:
    found = shipped()
    assert len(found.weights) == 2 * 384 + 3
    assert np.isfinite(found.weights).all()
    assert found.languages == {"ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "zh"}
    assert found.weights[-1] < 0, "names are not idioms"


@given(
    st.text(max_size=40),
    st.integers(0, 40),
    st.integers(1, 10),
    st.sampled_from(["en", "de-AT", "pt-BR", "zh"]),
)
def test_any_place_is_answered(text: str, start: int, length: int, lang: str) -> None:
    start = min(start, len(text))
    item = Place(text=text, span=(start, min(len(text), start + length)), lang=lang)
    (decision,) = Figurative(tokens, fitted=fitted()).decide([item])
    assert 0 <= decision.score <= 1
    assert (decision.use is None) == (decision.why is not None)


@pytest.mark.models
def test_what_ships_tells_unseen_uses_apart() -> None:
    reader = Figurative(Tongli().encoder.tokens)
    places = [
        marked("After the scandal the mayor was left [holding the baby]."),
        marked("The nurse came out [holding the baby] in a yellow blanket."),
    ]
    idiomatic, literal = reader.decide(places)
    assert idiomatic.score > literal.score
    assert literal.why != "model"
