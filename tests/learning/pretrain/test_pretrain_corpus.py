from __future__ import annotations

import json

import numpy as np
import pytest

from tongli.core import InputError
from tongli.learning.data.record import Record, write_records
from tongli.learning.pretrain.corpus import gather


def write(path, *texts, **fields):
    write_records(path, [Record(id=str(i), text=text, **fields) for i, text in enumerate(texts)])
    return str(path)


def test_copies_count_once_and_excluded_texts_not_at_all(tmp_path):
    first = write(tmp_path / "a.jsonl", "One  day", "two", "three", lang="en", licence="CC0-1.0")
    second = write(tmp_path / "b.jsonl", "one day", "vier", lang="de", licence="MIT")
    dev = write(tmp_path / "dev.jsonl", "TWO")
    corpus = gather([first, second], exclude=[dev], held_out=0.0)
    assert dict(zip(corpus.texts, corpus.langs, strict=True)) == {
        "One  day": "en",
        "three": "en",
        "vier": "de",
    }
    assert not corpus.held_out.any()


def test_the_verdict_knows_every_licence(tmp_path):
    name = write(tmp_path / "a.jsonl", "one", source="shop", licence="CC-BY-NC-4.0")
    verdict = gather([name], held_out=0.0).verdict
    assert not verdict.releasable
    assert [(item.source, item.kind) for item in verdict.sources] == [("shop", "non-commercial")]


def test_a_text_never_changes_sides(tmp_path):
    texts = [f"text number {index}" for index in range(400)]
    few = gather([write(tmp_path / "a.jsonl", *texts[:200])], held_out=0.25)
    many = gather([write(tmp_path / "b.jsonl", *reversed(texts))], held_out=0.25)
    assert 0.15 < few.held_out.mean() < 0.35
    sides = dict(zip(many.texts, many.held_out, strict=True))
    assert all(sides[text] == side for text, side in zip(few.texts, few.held_out, strict=True))


def test_so_many_texts_are_held_out_at_most(tmp_path, monkeypatch):
    monkeypatch.setattr("tongli.learning.pretrain.corpus._MOST_HELD_OUT", 7)
    name = write(tmp_path / "a.jsonl", *(f"text {index}" for index in range(200)))
    assert np.count_nonzero(gather([name], held_out=0.5).held_out) == 7


def test_nothing_to_learn_from_is_a_coded_error(tmp_path):
    name = write(tmp_path / "a.jsonl", "one")
    with pytest.raises(InputError) as caught:
        gather([name], exclude=[name], held_out=0.0)
    assert caught.value.code == "train.empty"


def test_labels_of_any_head_are_passed_over(tmp_path):
    labels = {"desk": {"refund": 1.0}}  # nobody declares it here
    lines = [{"id": str(n), "text": f"message {n} of many", "labels": labels} for n in range(40)]
    path = tmp_path / "desk.jsonl"
    path.write_text("".join(json.dumps({**line, "licence": "MIT"}) + "\n" for line in lines), "utf-8")
    assert len(gather([str(path)], held_out=0.1).texts) == 40
