"""Which texts the fusion learns from."""

from __future__ import annotations

import gzip
import json

from tongli.emotion.fusion.card import LABELS
from tongli.learning.fusion.texts import LabelledText, labelled_texts


def written(folder, name, *records):
    (folder / name).mkdir()
    with gzip.open(folder / name / "dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


def test_texts_of_one_label(tmp_path):
    written(
        tmp_path,
        "goemotions",
        {"text": "a", "lang": "en", "labels": ["annoyance", "anger"]},
        {"text": "b", "lang": "en", "labels": ["joy", "anger"]},
        {"text": "c", "lang": "en", "labels": ["neutral"]},
    )
    written(
        tmp_path,
        "brighter",
        {"text": "d", "lang": "sw", "labels": []},
        {"text": "e", "lang": "sw", "labels": [], "not_annotated": ["surprise"]},
        {"text": " ", "lang": "sw", "labels": ["fear"]},
    )
    found = labelled_texts(tmp_path)
    assert [(item.text, item.label) for item in found] == [("a", "anger"), ("c", "neutral"), ("d", "neutral")]


def test_one_half_is_learnt_from_and_a_text_is_always_on_the_same_side():
    texts = [LabelledText(text=str(n), lang="en", label=LABELS[0], source="x") for n in range(2000)]
    assert 0.45 < sum(item.learnt for item in texts) / len(texts) < 0.55
    again = LabelledText(text="7", lang="de", label=LABELS[1], source="y")
    assert again.learnt == texts[7].learnt
