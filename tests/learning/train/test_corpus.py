from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.core import ConfigError, InputError
from tongli.learning.data.record import Record, write_records
from tongli.learning.train.corpus import from_records


def test_absent_labels_are_masked_but_one_choice_is_whole(folder):
    corpus = from_records(
        ("ekman6", "sentiment"),
        train=[folder / "train.jsonl"],
        dev=[folder / "dev.jsonl"],
        research_only=False,
    )
    first = corpus.train["ekman6"][0]
    np.testing.assert_array_equal(first.target, np.array([0, np.nan, 0, 1, np.nan, np.nan], np.float32))
    np.testing.assert_array_equal(corpus.train["sentiment"][0].target, [0, 0, 1])
    assert len(corpus.dev["sentiment"]) == 80
    assert corpus.verdict.releasable


def test_a_head_without_labels_or_contrast_is_refused(folder, tmp_path):
    with pytest.raises(InputError) as caught:
        from_records(("politeness",), train=[folder / "train.jsonl"], dev=[], research_only=False)
    assert caught.value.code == "train.empty"
    path = tmp_path / "same.jsonl"
    alike = Record(id="1", text="hello", labels={"ekman6": {"joy": 1.0}}, licence="CC0-1.0")
    write_records(path, [alike, replace(alike, id="2", text="hi")])
    with pytest.raises(InputError) as caught:
        from_records(("ekman6",), train=[path], dev=[], research_only=False)
    assert caught.value.code == "train.one-class"


def test_the_licence_gate_stops_or_marks(tmp_path, recorded):
    path = tmp_path / "nc.jsonl"
    write_records(path, recorded(40, split="nc", licence="CC-BY-NC-4.0"))
    with pytest.raises(ConfigError) as caught:
        from_records(("ekman6",), train=[path], dev=[], research_only=False)
    assert caught.value.code == "licence.not-free"
    assert not from_records(("ekman6",), train=[path], dev=[], research_only=True).verdict.releasable
