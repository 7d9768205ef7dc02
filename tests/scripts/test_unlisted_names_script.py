"""The script that builds what tells names on no list, over texts that the test writes."""

from __future__ import annotations

import importlib.util
import random
import sys
import tomllib
from pathlib import Path

import pytest

from tongli.encoders.impersonal.unlisted import BUCKETS, Unlisted

SCRIPTS = Path(__file__).parents[2] / "scripts"
TEXTS = [
    ("we sang all day and Olga sang with us", "en"),
    ("I think that she sang well today", "en"),
    ("Singing is what we do all day", "en"),
    ("singing and swimming, swimming and singing", "en"),
    ("我今天很累，他没有来。", "zh"),
]


@pytest.fixture(scope="module")
def script():
    for name in ("name_list", "unlisted_names"):
        spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def ours():
    return tomllib.loads((SCRIPTS / "unlisted_names.toml").read_text(encoding="utf-8"))


@pytest.fixture
def words(script):
    counts = sys.modules["name_list"].Counts({"der"})
    for text, tag in TEXTS:
        counts.add(text, tag)
    return script.Words(TEXTS, ["▁garden", "▁Olga", "今天"], counts, {"lisbon"})


def test_ordinary_words_come_from_texts_vocabulary_and_places(words):
    assert {"singing", "swimming", "garden", "今天", "lisbon"} <= words.ordinary
    assert not {"olga", "today"} & words.ordinary, "a name; written once"


def test_the_filter_knows_words_and_their_other_forms(script, words, ours):
    model = Unlisted(script.ordinary_filter(words, ours["inflected"]), memoryview(bytes(BUCKETS)).cast("b"))
    assert model.is_ordinary("swimming")
    assert model.is_like_ordinary("swimmin")
    assert not model.is_like_ordinary("quorban")


def test_examples_are_of_names_in_the_place_of_names_and_pronouns(script, words, ours):
    found = script.examples(words, ours, random.Random(0))
    assert sum(found.names) >= 2
    assert 0 in found.names, "Singing opens a sentence and is written small elsewhere"
    again = script.examples(words, ours, random.Random(0))
    assert (found.rows, found.names) == (again.rows, again.names)


def test_chinese_examples_have_one_length_right(script, words, ours):
    found = script.Examples()
    script.chinese(words, ours["chinese"], random.Random(0), found)
    assert 0 < sum(found.names) < len(found.names)
