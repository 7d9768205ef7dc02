from __future__ import annotations

import numpy as np
import pytest

from tongli.learning.augment.neighbours import find_neighbours
from tongli.learning.augment.synonyms import Synonyms
from tongli.learning.augment.wordnet import synonyms, wordnet_folder
from tongli.learning.data.record import Record

# Lines as wndb(5WN) lays them out: lemma, part, senses, pointers, senses, tagged senses, offsets.
INDEX = {
    "adj": [
        "huge a 1 0 1 1 00000001",
        "vast a 1 0 1 1 00000001",
        "enorm a 1 0 1 0 00000001",
        "upset a 1 0 1 1 00000001",
        "said a 1 0 1 1 00000002",
        "aforesaid a 1 0 1 1 00000002",
        "unfair a 1 0 1 1 00000003",
        "wrongful a 1 0 1 1 00000003",
    ],
    "noun": ["upset n 1 0 1 1 00000009"],
    "verb": [],
    "adv": [],
}


@pytest.fixture
def wordnet(tmp_path):
    for part, lines in INDEX.items():
        text = "\n".join(["  1 a licence", *lines, ""])
        (tmp_path / f"index.{part}").write_text(text, encoding="utf-8")
    (tmp_path / "verb.exc").write_text("said say\n", encoding="utf-8")
    return tmp_path


def test_common_adjectives_of_one_sense_only(wordnet):
    assert synonyms(wordnet) == {
        "huge": ("vast",),
        "vast": ("huge",),
        "unfair": ("wrongful",),
        "wrongful": ("unfair",),
    }


def test_the_folder_may_be_named(wordnet, monkeypatch, tmp_path):
    monkeypatch.setenv("WNSEARCHDIR", str(wordnet))
    assert wordnet_folder() == wordnet
    monkeypatch.setenv("WNSEARCHDIR", str(tmp_path / "nowhere"))
    assert wordnet_folder() is None


def proposals(text, wordnet):
    method = Synonyms([], sentences=lambda _texts: np.ones((1, 2), np.float32), wordnet=wordnet)
    return [item.text for item in method.propose([Record(id="1", text=text, lang="en")], count=1, seed=0)[0]]


def test_casing_and_articles_are_kept(wordnet):
    assert proposals("HUGE waves", wordnet) == ["VAST waves"]
    assert proposals("a huge wave", wordnet) == ["a vast wave"]
    assert proposals("It was an unfair game", wordnet) == []  # an wrongful
    assert proposals("Mr Huge and #huge", wordnet) == []


WORDS = {
    "grand": (1, 0, 0),
    "great": (0.99, 0.1, 0),
    "awful": (0.98, -0.1, 0.1),
    "train": (0, 1, 0),
    "ship": (0, 0, 1),
}


def vectors(texts):
    rows = np.array([WORDS.get(text, (0, 0.6, 0.8)) for text in texts], np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def labelled(word, joy):
    return [
        Record(id=f"{word}{n}", text=f"{word} x{n}", lang="xx", labels={"ekman6": {"joy": joy}})
        for n in range(3)
    ]


def test_neighbours_are_labelled_alike():
    records = [
        *labelled("grand", 1.0),
        *labelled("great", 1.0),
        *labelled("awful", 0.0),
        *labelled("train", 0.5),
    ]
    records += labelled("ship", 0.5)
    found = find_neighbours(records, sentences=vectors)["xx"]
    assert found == {"grand": ("great",), "great": ("grand",)}  # "awful" is as near, and not as happy


def test_rare_and_unlabelled_words_have_no_neighbours():
    bare = [Record(id=record.id, text=record.text, lang="xx") for record in labelled("grand", 1.0)]
    assert find_neighbours([*bare, *labelled("great", 1.0)[:2]], sentences=vectors)["xx"] == {}


def test_synonyms_take_neighbours_without_a_wordnet():
    records = [
        *labelled("grand", 1.0),
        *labelled("great", 1.0),
        *labelled("train", 0.5),
        *labelled("ship", 0.5),
    ]
    method = Synonyms(records, sentences=vectors)
    (found,) = method.propose([Record(id="n", text="A grand day", lang="xx")], count=2, seed=0)
    assert [(item.text, item.detail) for item in found] == [("A great day", "neighbours")]
