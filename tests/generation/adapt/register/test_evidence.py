"""Evidence that a form addresses."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import ModelError, Tokens
from tongli.generation.adapt.register import evidence, shift
from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.original import Original
from tongli.knowledge.register import StateWeights, original_weights, state_weights


def test_probability_grows_with_the_weights(monkeypatch):
    monkeypatch.setattr(evidence, "weights", lambda _: {"bias": -1.0, "a": 3.0, "b": -3.0})
    assert evidence.probability("es", ["b"]) < evidence.probability("es", []) < 0.5
    assert evidence.probability("es", ["a"]) > 0.5


def test_what_is_unlikely_is_left_and_what_is_unclear_is_asked(monkeypatch):
    for likely, edits, questions in ((0.1, 0, 0), (0.4, 0, 1), (0.9, 1, 0)):
        monkeypatch.setattr(
            "tongli.generation.adapt.register.romance.probability", lambda *_, p=likely, **__: p
        )
        found = shift("Tiene tiempo.", lang="es", to="informal")
        assert (len(found.edits), len(found.questions)) == (edits, questions)


def test_the_pronoun_settles_its_verb():
    (verb, pronoun) = shift("¿Tiene usted tiempo?", lang="es", to="informal").edits
    assert (verb.after, pronoun.after) == ("Tienes", "tú")


def _tokens(texts, *, encoder, value=1.0):
    """One token a word, all with the same state of two numbers."""
    return [
        Tokens(
            spans=tuple((word.start, word.end) for word in Draft(text).words),
            states=np.full((len(Draft(text).words), 2), value, np.float32),
            encoder=encoder,
        )
        for text in texts
    ]


@pytest.fixture
def learnt(monkeypatch):
    """Weights of states of an encoder of two numbers, which outweigh all else."""
    found = StateWeights(encoder="small", vector=np.array([20.0, 20.0], np.float32), scale=1.0, offset=0.0)
    monkeypatch.setattr(evidence, "state_weights", lambda: found)


def test_an_encoder_s_state_is_evidence(learnt):
    for value, after in ((1.0, ["Tienes"]), (-1.0, [])):
        found = shift(
            "Tiene tiempo.",
            lang="es",
            to="informal",
            tokens=lambda texts, value=value: _tokens(texts, encoder="small", value=value),
        )
        assert [edit.after for edit in found.edits] == after


def test_states_of_another_encoder_are_not_used(learnt):
    text = "Su hermana tiene tiempo."
    other = shift(text, lang="es", to="informal", tokens=lambda texts: _tokens(texts, encoder="other"))
    assert other == shift(text, lang="es", to="informal")


def test_without_weights_the_words_alone_tell():
    def missing(_):
        raise ModelError("model.missing", received="nothing", allowed="a model", fix="Fetch it.")

    text = "¿Tiene usted tiempo para su perro?"
    found = shift(text, lang="es", to="informal", tokens=missing)
    assert found == shift(text, lang="es", to="informal")
    assert found.edits


def test_the_encoder_is_not_asked_where_nothing_is_open():
    def never(_):
        raise AssertionError

    assert shift("Haben Sie Zeit?", lang="de", to="informal", tokens=never).edits
    assert shift("¿Tienes tiempo?", lang="es", to="formal", tokens=never).edits


@pytest.mark.parametrize(
    ("lang", "text", "yours", "hers"),
    [
        ("es", "Tiene tiempo.", "You have time.", "She has time."),
        ("it", "Parla bene.", "You speak well.", "He speaks well."),
        ("pt", "Mora na cidade.", "You live in the city.", "She lives in the city."),
    ],
)
def test_the_original_tells_who_is_meant(lang, text, yours, hers):
    assert shift(text, lang=lang, to="informal", original=yours).edits
    assert not shift(text, lang=lang, to="informal", original=hers).edits


@pytest.mark.parametrize("original", ["", "  ", "?!"])
def test_an_original_without_words_tells_nothing(original):
    text = "Su hermana tiene tiempo."
    assert shift(text, lang="es", to="informal", original=original) == shift(text, lang="es", to="informal")


def test_the_original_changes_nothing_that_is_certain():
    text = "¿Tiene usted tiempo?"
    assert shift(text, lang="es", to="informal", original="She has no time.") == shift(
        text, lang="es", to="informal"
    )


def test_states_tell_which_word_of_the_original_a_form_translates():
    states = {"Tiene": [1.0, 0.0], "Canta": [0.0, 1.0], "You": [0.9, -0.1], "She": [-0.1, 0.9]}

    def read(texts):
        found = []
        for text in texts:
            words = Draft(text).words
            vectors = [states.get(word.text, [0.5, 0.5]) for word in words]
            spans = tuple((word.start, word.end) for word in words)
            found.append(Tokens(spans=spans, states=np.array(vectors, np.float32), encoder="small"))
        return found

    draft, original = Draft("Tiene. Canta.", tokens=read), Original(Draft("You. She.", tokens=read))
    shown = [original.features(draft, index, kind="verb", before=0.5) for index in (0, 1)]
    assert [each["verb is you"] > 0.9 for each in shown] == [True, False]
    assert [each["verb is third"] > 0.9 for each in shown] == [False, True]


def test_weights_of_originals_are_finite_and_name_every_kind():
    for name in ("words", "states"):
        learnt = original_weights(name)
        assert {"verb you", "possessive your", "clitic bias", "odds"} <= learnt.keys()
        assert all(abs(weight) < 20 for weight in learnt.values())


def test_a_word_has_the_mean_state_of_its_tokens():
    states = np.array([[1.0], [2.0], [4.0]], np.float32)
    tokens = Tokens(spans=((0, 2), (3, 5), (5, 8)), states=states, encoder="small")
    draft = Draft("tu cantas", tokens=lambda _: [tokens])
    assert draft.state(0) == 1.0
    assert draft.state(1) == 3.0
    assert Draft("tu cantas").state(0) is None


def test_shipped_weights_are_for_states_of_the_embedded_encoder():
    assert state_weights().vector.shape == (384,)
    assert state_weights().encoder.startswith("multilingual-e5-small@")
