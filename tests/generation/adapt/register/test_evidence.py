"""Evidence that a form addresses."""

from __future__ import annotations

from tongli.generation.adapt.register import evidence, shift


def test_probability_grows_with_the_weights(monkeypatch):
    monkeypatch.setattr(evidence, "weights", lambda _: {"bias": -1.0, "a": 3.0, "b": -3.0})
    assert evidence.probability("es", ["b"]) < evidence.probability("es", []) < 0.5
    assert evidence.probability("es", ["a"]) > 0.5


def test_what_is_unlikely_is_left_and_what_is_unclear_is_asked(monkeypatch):
    for likely, edits, questions in ((0.1, 0, 0), (0.5, 0, 1), (0.9, 1, 0)):
        monkeypatch.setattr("tongli.generation.adapt.register.romance.probability", lambda *_, p=likely: p)
        found = shift("Tiene tiempo.", lang="es", to="informal")
        assert (len(found.edits), len(found.questions)) == (edits, questions)


def test_the_pronoun_settles_its_verb():
    (verb, pronoun) = shift("¿Tiene usted tiempo?", lang="es", to="informal").edits
    assert (verb.after, pronoun.after) == ("Tienes", "tú")
