from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

pytest.importorskip("nicegui", reason="the extra studio is not installed")

from tongli.knowledge.schemes import SCHEMES
from tongli.serving import studio
from tongli.serving.studio.words import TAGS, preferred, words

SOURCE = Path(studio.__file__).parent
_CALL = re.compile(r"""words_?\(\s*f?"([a-z_]+\.[a-z_0-9]+)\"""")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("tag", TAGS)
def test_every_catalogue_has_every_key_with_the_same_values(tag):
    english, own = words("en").entries, words(tag).entries
    assert own.keys() == english.keys()
    assert {key for key in own if fields(own[key]) != fields(english[key])} == set()
    assert [key for key, text in own.items() if not text.strip()] == []


@pytest.mark.parametrize("tag", ["zh", "es", "ar"])
def test_catalogues_are_translated(tag):
    english, own = words("en").entries, words(tag).entries
    same = [key for key in own if own[key] == english[key] and not key.startswith("sample.")]
    assert len(same) < len(own) / 20


def test_every_key_in_the_source_is_there():
    used = {key for file in SOURCE.rglob("*.py") for key in _CALL.findall(file.read_text("utf-8"))}
    assert len(used) > 100
    assert used - words("en").entries.keys() == set()


def test_every_label_of_emotions_has_a_name():
    labels = {
        label for scheme in SCHEMES.values() if scheme.dimension == "emotion" for label in scheme.labels
    }
    for tag in TAGS:
        assert {label for label in labels if f"emotion.{label}" not in words(tag).entries} == set()


def test_an_unknown_label_is_told_as_it_is():
    assert words("en").name("emotion", "awe_struck") == "awe struck"


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("", "en"),
        ("fr", "en"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.2, ar-EG;q=0.9", "ar"),
        ("zh-TW", "zh"),
        ("es;q=nonsense", "en"),
    ],
)
def test_the_browser_says_which_language(accepted, tag):
    assert preferred(accepted) == tag


def test_direction():
    assert {tag: words(tag).direction for tag in TAGS} == {"en": "ltr", "zh": "ltr", "es": "ltr", "ar": "rtl"}
