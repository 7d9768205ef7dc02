"""Records that the tests write, and the scripted endpoint of the engines' tests."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from tongli.learning.data.record import Record

_ENGINES = Path(__file__).parents[2] / "generation" / "engines" / "conftest.py"
_spec = importlib.util.spec_from_file_location("engines_conftest", _ENGINES)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
endpoint = _module.endpoint
reply = _module.reply


def polite_records(words, *, lang="en", prefix="r", turned=False):
    """One record a word; a word is polite unless it starts with n."""
    return [
        Record(
            id=f"{prefix}{place}",
            text=f"{word} {prefix}{place}",
            lang=lang,
            source="authored",
            licence="CC0-1.0",
            labels={"politeness": {"polite": float(word.startswith("n") == turned)}},
        )
        for place, word in enumerate(words)
    ]


def word_features(texts, words):
    """Which of the words a text has, ``(texts, words)``."""
    return np.asarray([[float(word in text.split()) for word in words] for text in texts], np.float32)


@pytest.fixture(scope="session")
def polite():
    return polite_records


@pytest.fixture(scope="session")
def has_words():
    return word_features


class ScriptedChat:
    """Answers by a function of the prompt's text."""

    name = "scripted"
    longest = 2000
    parallel = 2

    def __init__(self, answer):
        self.answer = answer
        self.turns = []

    def ask(self, turns, schema):
        self.turns.append(turns)
        return self.answer(turns)


@pytest.fixture
def scripted():
    return ScriptedChat
