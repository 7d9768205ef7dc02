"""Wordings from outside of claims: near equivalents, language models, translators; what is let through."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tongli.applications import wordings as module
from tongli.applications.equivalent_evidence import Grounds
from tongli.applications.equivalents import Answer, Known, Near
from tongli.applications.wordings import Nearest, Phrased, Says, Translated, open_wordings
from tongli.core import ConfigError, Draft, Provenance
from tongli.core.edit import apply_edits, inverse
from tongli.generation.adapt import adapt
from tongli.knowledge.claim import Meaning
from tongli.knowledge.claim_files import claims

TEXT = "Er hat gestern das Handtuch geworfen."
SAID, ONE = "Wir sind am längeren Hebel", "de.idiom.am-langeren-hebel"


class Engine:
    """Answers what it is told, and keeps what it was asked."""

    name = "fake"

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = answers, []

    def complete(self, turns: list[dict[str, str]], *, prompt: str, lang: str, **_: Any) -> list[Draft]:
        self.asked.append(json.loads(turns[-1]["content"]))
        made = Provenance(engine="fake", model="m", prompt=prompt)
        return [Draft(text=text, lang=lang, provenance=made) for text in self.answers]


def judge(found: Any, text: str, *, lang: str) -> list[Any]:
    return [SimpleNamespace(use="idiomatic") for _ in found]


def adapted(text: str, wordings: Any, *, to: str = "ja-JP", lang: str = "de") -> Any:
    return adapt(text, to=to, lang=lang, kinds=("idiom",), judge=judge, wordings=wordings)


def always(*_: object) -> bool:
    return True


def test_a_model_words_the_place_and_nothing_else() -> None:
    engine = Engine("aufgegeben")
    phrased = Phrased(engine, always)
    done = adapted(TEXT, phrased)
    assert done.text == "Er hat gestern aufgegeben."
    (edit,) = done.edits
    assert edit.source == "de.idiom.das-handtuch-werfen; fake m plain.v1"
    assert apply_edits(done.text, inverse(done.edits)) == TEXT
    assert adapted(done.text, phrased).edits == ()
    (asked,) = engine.asked
    assert (asked["before"], asked["expression"], asked["after"]) == (
        "Er hat gestern ",
        "das Handtuch geworfen",
        ".",
    )


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "die Flinte ins Korn geworfen",
        "2 Mal aufgegeben",
        "сдался",
        "aufgegeben (endlich)",
        "`aufgegeben`",
        "a" * 200,
    ],
)
def test_what_a_model_may_not_write(answer: str) -> None:
    done = adapted(TEXT, Phrased(Engine(answer), always))
    assert not any(edit.before for edit in done.edits)
    assert TEXT[:-1] in done.text


def test_the_second_answer_stands_in_for_the_first() -> None:
    assert adapted(TEXT, Phrased(Engine("12", "aufgegeben"), always)).text == "Er hat gestern aufgegeben."


def test_the_same_place_is_asked_about_once() -> None:
    engine = Engine("die Flinte ins Korn geworfen")
    phrased = Phrased(engine, always)
    adapted(TEXT, phrased), adapted(TEXT, phrased)
    assert len(engine.asked) == 1


def test_words_must_say_what_the_expression_means() -> None:
    table = {"sense": (1, 0, 0), "literal": (0, 1, 0), "good": (0.9, 0.1, 0.2), "wordy": (0.1, 0.9, 0.2)}

    def encode(texts: list[str]) -> np.ndarray:
        return np.array([table.get(text, (0, 0, 1)) for text in texts], np.float32)

    says = Says(encode)
    meaning = Meaning(literal="literal", sense="sense", literal_use_possible=False)
    assert says("good", meaning)
    assert not says("wordy", meaning)
    assert not says("something else", meaning)


def test_a_translated_sense_stands_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Provenance(engine="apertium")

    class Translator:
        name = "apertium"

        def translate(self, texts: list[str], *, source: str, target: str) -> list[list[Draft]]:
            assert (source, target) == ("en", "de")
            return [[Draft(text="aufgeben", lang="de", provenance=made)] for _ in texts]

    monkeypatch.setattr(module, "open_translator", lambda name, **_: Translator())
    done = adapted(TEXT, Translated("apertium", always))
    assert done.text == "Er hat gestern das Handtuch geworfen (aufgeben)."
    assert adapted(done.text, Translated("apertium", always)).edits == ()
    assert (
        "(aufgeben)"
        not in adapted("They threw in the towel.", Translated("apertium", always), lang="en").text
    )


class Finder:
    """Knows one near equivalent, and what else another claim names."""

    def __init__(self, chance: float, *known: Known) -> None:
        self.chance, self.known = chance, known

    def look_up(self, text: str) -> str:
        return text

    def into(self, query: str, lang: str, *, limit: int) -> Answer:
        return Answer(lang=lang, known=self.known, near=())

    def nearest(self, gloss: str, lang: str, *, limit: int) -> tuple[Near, ...]:
        near = Near(
            form="uña y carne",
            claim=claims("de")[ONE],
            wording="near",
            chance=self.chance,
            sentence=9.0,
            graph=0.0,
            grounds=Grounds(words=("close",)),
        )
        return (near,)


def nearest(finder: Finder) -> Nearest:
    found = Nearest(SimpleNamespace())
    found.__dict__["_finder"] = finder
    return found


@pytest.mark.parametrize(("chance", "added"), [(0.97, " (≈ “uña y carne”)"), (0.9, "")])
def test_a_near_equivalent_is_added_where_it_is_sure(chance: float, added: str) -> None:
    done = adapted(f"{SAID}.", nearest(Finder(chance)), to="es-ES")
    assert done.text == f"{SAID}{added}."
    assert bool(done.questions) is not bool(added)


@pytest.mark.parametrize("match", ["same-sense", "partial"])
def test_what_a_claim_names_comes_first_if_it_means_the_same(match: Any) -> None:
    known = Known(form="a partir un piñón", match=match, claim=claims("de")[ONE])
    done = adapted(f"{SAID}.", nearest(Finder(0.5, known)), to="es-ES")
    assert done.text == (f"{SAID} (≈ “a partir un piñón”)." if match == "same-sense" else f"{SAID}.")


def test_readers_of_english_get_the_sense_and_no_guess() -> None:
    assert adapted(f"{SAID}.", nearest(Finder(0.99)), to="en-US").text.startswith(f"{SAID} (")


def test_engines_are_named() -> None:
    with pytest.raises(ConfigError) as caught:
        open_wordings(SimpleNamespace(sentences=None), "poet")
    assert caught.value.code == "adapt.engine"
    assert isinstance(open_wordings(SimpleNamespace(sentences=None)), Nearest)
