from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.translate import open_translator, translate_texts
from tongli.core import ConfigError, Draft, EngineError, InputError, Provenance


class Upper:
    """A translator that shouts; it says nothing about texts that hold "mute"."""

    name = "upper"
    follows = False

    def pairs(self):
        return frozenset({("en", "es")})

    def translate(self, texts, *, source, target, n=1, brief=None):
        made = Provenance(engine=self.name)
        return [
            [] if "mute" in text else [Draft(text=text.upper(), lang=target, provenance=made)]
            for text in texts
        ]


def test_order_and_white_space_are_kept():
    texts = ["  Good day.\n\nHow are you?  ", "", "12 %", "One. Be mute. Two."]
    told = translate_texts(texts, source="en", target="es", engine=Upper())
    assert told == ["  GOOD DAY.\n\nHOW ARE YOU?  ", "", "12 %", "ONE. Be mute. TWO."]


class Same(Upper):
    """A translator that says everything as it is."""

    def __init__(self):
        self.asked = []

    def translate(self, texts, *, source, target, n=1, brief=None):
        self.asked.extend(texts)
        made = Provenance(engine=self.name)
        return [[Draft(text=text, lang=target, provenance=made)] for text in texts]


@given(st.lists(st.text(max_size=60), max_size=4))
def test_an_identity_changes_nothing(texts):
    assert translate_texts(texts, source="en", target="es", engine=Same()) == texts


def test_a_sentence_is_asked_for_once():
    same = Same()
    translate_texts(["Yes. No. Yes.", "No."], source="en", target="es", engine=same)
    assert same.asked == ["Yes.", "No."]


@pytest.mark.parametrize(("source", "target"), [("en", "en"), ("en-GB", "en-GB")])
def test_one_language_is_refused(source, target):
    with pytest.raises(InputError, match=r"translate\.same-language.*tongli adapt"):
        open_translator(None, source=source, target=target)


def test_without_an_engine_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("TONGLI_MT", raising=False)
    with pytest.raises(EngineError, match=r"translate\.no-engine.*apt-get install.*tongli\[mt\].*charge"):
        open_translator(None, source="en", target="es")


def test_an_unknown_engine_is_refused():
    with pytest.raises(ConfigError, match=r"plugin\.unknown.*apertium"):
        open_translator("babelfish", source="en", target="es")
