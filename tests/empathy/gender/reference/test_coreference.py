"""Whom a mention points to, and that names and pronoun sets have no say in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, Tokens
from tongli.empathy.gender.reference import resolve
from tongli.empathy.gender.reference.network import load
from tongli.empathy.gender.reference.surface import look

TEXT = "{a} phoned the garage because {b} had left a note. Later {s} drove {d} old van home, and {b} waved."
SETS = {
    "she": ("she", "her"),
    "he": ("he", "his"),
    "they": ("they", "their"),
    "xe": ("xe", "xyr"),
    "fae": ("fae", "faer"),
}
NAMES = st.text("abdeilmnorstu", min_size=2, max_size=9).map(str.capitalize)
DISTINCT = st.lists(NAMES, min_size=2, max_size=2, unique=True).filter(
    lambda two: not {name.lower() for name in two} & {word.lower().strip(".,") for word in TEXT.split()}
)


def _asked(a: str, b: str, pronouns: str = "she", slot: int = 0):
    text = TEXT.format(a=a, b=b, s=SETS[pronouns][0], d=SETS[pronouns][1])
    word = SETS[pronouns][slot]
    start = text.index(f" {word} ") + 1
    return resolve(text, mention=(start, start + len(word)), candidates=[a, b])


@given(names=DISTINCT)
def test_renaming_everybody_changes_no_answer(names):
    assert _asked(*names) == _asked("Alma", "Bert")


def test_the_same_question_is_looked_at_once():
    first = _asked("Alma", "Bert")
    looked = look.cache_info().misses
    assert _asked("Alma", "Bert") == first
    assert look.cache_info().misses == looked


@pytest.mark.parametrize("pronouns", SETS)
@pytest.mark.parametrize("slot", [0, 1])
def test_any_set_of_pronouns_is_answered_alike(pronouns, slot):
    assert _asked("Alma", "Bert", pronouns, slot) == _asked("Alma", "Bert", "she", slot)


def test_the_order_of_the_candidates_does_not_matter():
    text = "Ona met Ulf at the station. She had missed the train."
    one = resolve(text, mention=(28, 31), candidates=["Ona", "Ulf"])
    other = resolve(text, mention=(28, 31), candidates=["Ulf", "Ona"])
    assert one.score == other.score
    assert {one.referent, other.referent} == {0, 1}


def test_places_and_names_are_answered_alike():
    text = "Ona praised Ulf, who had kept his word."
    mention = (text.index("his"), text.index("his") + 3)
    by_name = resolve(text, mention=mention, candidates=["Ona", "Ulf"])
    assert by_name == resolve(text, mention=mention, candidates=[(0, 3), (12, 15)])
    assert by_name.referent == 1


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("After Ona had eaten, she called Ulf.", "she", "Ona"),
        ("Ulf lost his keys while Ona was away.", "his", "Ulf"),
        ("Ona hurt herself when Ulf was out.", "herself", "Ona"),
    ],
)
def test_plain_cases(text, word, expected):
    start = text.index(word)
    names = ["Ona", "Ulf"]
    found = resolve(text, mention=(start, start + len(word)), candidates=names)
    assert found.referent == names.index(expected)


def test_a_part_of_a_name_is_the_person():
    text = "Ona Berg and Ulf Dahl spoke. Berg left first."
    found = resolve(text, mention=(29, 33), candidates=["Ona Berg", "Ulf Dahl"])
    assert (found.referent, found.score, found.reason) == (0, 1.0, "name")


def test_a_title_goes_with_the_name_after_it():
    text = "Ulf saw Dr. Ona Berg, and Ms Ona Berg gave him Ulf Berg's map."
    names = ["Ulf", "Ona Berg"]
    for title in ("Dr", "Ms"):
        start = text.index(title)
        assert resolve(text, mention=(start, start + 2), candidates=names).referent == 1
    start = text.index("him")
    assert resolve(text, mention=(start, start + 3), candidates=names).reason == "context"


def test_a_score_that_is_too_low_is_an_abstention():
    text = "Ona praised Ulf, who had kept his word."
    mention = (text.index("his"), text.index("his") + 3)
    assert resolve(text, mention=mention, candidates=["Ona", "Ulf"], least=1.0).referent is None


def test_nobody_is_named():
    found = resolve("She left.", mention=(0, 3), candidates=["Ona"])
    assert (found.referent, found.score) == (None, 0.0)


def test_without_a_model_only_a_lone_candidate_is_taken():
    text = "Ona llegó tarde. Ella no dijo nada, y Ulf se fue. Ella rió."
    first, second = text.index("Ella"), text.rindex("Ella")
    names = ["Ona", "Ulf"]
    assert resolve(text, mention=(first, first + 4), candidates=names, lang="es").referent == 0
    assert resolve(text, mention=(second, second + 4), candidates=names, lang="es").referent is None


@pytest.mark.parametrize(
    ("mention", "candidates", "code"),
    [
        ((3, 3), ["Ona"], "reference.mention"),
        ((0, 99), ["Ona"], "reference.mention"),
        ((0, 3), [], "reference.candidates"),
        ((0, 3), [" "], "reference.candidates"),
    ],
)
def test_bad_input(mention, candidates, code):
    with pytest.raises(InputError) as caught:
        resolve("She saw Ona.", mention=mention, candidates=candidates)
    assert caught.value.code == code


@given(text=st.text(max_size=60), start=st.integers(0, 60), size=st.integers(1, 9), name=st.text(max_size=4))
def test_any_text_is_answered_or_refused(text, start, size, name):
    try:
        found = resolve(text, mention=(start, start + size), candidates=[name, "Ona"])
    except InputError:
        return
    assert 0 <= found.score <= 1
    assert found.reason


def test_states_are_read_only_from_the_encoder_they_were_fitted_on():
    text = "Ona praised Ulf, who had kept his word."
    mention = (text.index("his"), text.index("his") + 3)

    def read(texts, encoder):
        states = np.ones((1, 384), np.float32)
        return [Tokens(spans=((0, len(item)),), states=states, encoder=encoder) for item in texts]

    plain = resolve(text, mention=mention, candidates=["Ona", "Ulf"])
    for encoder, same in (("another", True), (load("states").encoder, False)):
        found = resolve(
            text, mention=mention, candidates=["Ona", "Ulf"], read=lambda texts, e=encoder: read(texts, e)
        )
        assert (found.score == plain.score) is same


def test_probabilities_sum_to_one():
    features = np.zeros((3, 128), np.float32)
    assert load("surface").probabilities(features).sum() == pytest.approx(1, abs=1e-5)


def test_a_name_that_holds_a_pronoun_is_nobody():
    text = "The clerk said that he may come.\nHe or she said: fine."
    found = resolve(text, mention=(20, 22), candidates=["He or she said"])
    assert (found.referent, found.reason) == (None, "no candidate is named near by")
