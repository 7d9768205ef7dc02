from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tongli.core import ConfigError, Draft, EngineError, Provenance
from tongli.generation.engines.translating import PromptTranslator
from tongli.learning.augment.methods import Setting, make_methods
from tongli.learning.augment.translation import BackTranslation
from tongli.learning.data.record import Record


class Upside:
    """A translator that marks the way."""

    name = "upside"

    def pairs(self):
        return frozenset({("en", "es"), ("es", "en"), ("en", "fr"), ("fr", "en"), ("en", "ca")})

    follows = False

    def translate(self, texts, *, source, target, n=1, brief=None):
        made = Provenance(engine=self.name)
        return [
            [Draft(text=f"{text} {source}>{target}", lang=target, provenance=made)] if len(text) < 50 else []
            for text in texts
        ]


def test_there_and_back_for_each_language_that_has_a_way():
    records = [
        Record(id=str(n), text=f"t{n}", lang=lang) for n, lang in enumerate(["en-GB", "ja", "es", "en"])
    ]
    found = BackTranslation(Upside()).propose(records, count=5, seed=0)
    assert [[item.text for item in row] for row in found] == [
        ["t0 en>es es>en", "t0 en>fr fr>en"],
        [],
        ["t2 es>en en>es"],
        ["t3 en>es es>en", "t3 en>fr fr>en"],
    ]
    assert found[0][0].detail == "upside:en-es"


def test_pivots_are_taken_in_the_order_given():
    method = BackTranslation(Upside(), pivots=["fr", "es"])
    (found,) = method.propose([Record(id="1", text="t", lang="en")], count=1, seed=0)
    assert [item.text for item in found] == ["t en>fr fr>en"]


def test_a_pivot_without_a_way_back_is_refused():
    with pytest.raises(ConfigError, match=r"augment\.pivot.*en, es, fr"):
        BackTranslation(Upside(), pivots=["ca"])


class Parrot:
    """A language model that answers with the text, marked with the language that is asked for."""

    def complete(self, turns, *, prompt, lang, max_chars, seed, n=1):
        asked = json.loads(turns[-1]["content"])
        made = Provenance(engine="parrot")
        return [Draft(text=f"{asked['text']} ({lang})", lang=lang, provenance=made)]


def test_a_language_model_goes_through_the_pivots_that_are_named():
    records = [Record(id=str(n), text="t", lang=lang) for n, lang in enumerate(["en", "es", "und", "fi"])]
    found = BackTranslation(PromptTranslator(Parrot()), pivots=["es", "fr"]).propose(records, count=1, seed=0)
    assert [[item.text for item in row] for row in found] == [
        ["t (es) (en)"],
        ["t (fr) (es)"],
        [],
        ["t (es) (fi)"],
    ]


def test_a_language_model_needs_a_pivot():
    setting = Setting(records=[], sentences=lambda _: None, translator="gguf:model.gguf")
    with pytest.raises(ConfigError, match=r"augment\.pivot.*gguf"):
        make_methods(["back-translation"], setting)
    named = replace(setting, through=("es",))
    method = make_methods(["back-translation"], named)["back-translation"]
    assert method.translator.name == "gguf"
    with pytest.raises(EngineError, match=r"engine\."):
        method.propose([Record(id="1", text="t", lang="en")], count=1, seed=0)
