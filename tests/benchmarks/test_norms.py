"""What the benchmark of norms computes is right, and it runs on a small world."""

from __future__ import annotations

import gzip
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from tongli.core import Tokens
from tongli.empathy.culture.norm import Norms, shipped

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module", autouse=True)
def _importable() -> Iterator[None]:
    sys.path.insert(0, str(FOLDER))
    yield
    sys.path.remove(str(FOLDER))


@pytest.fixture
def norms() -> ModuleType:
    return importlib.import_module("norms")


def test_macro_f1(norms):
    truth = np.array([0, 0, 1, 2])
    assert norms.macro_f1(truth, truth) == 1
    assert norms.macro_f1(np.array([0, 0, 0, 0]), truth) == pytest.approx((2 / 3) / 3)


def test_intervals_draw_whole_groups(norms):
    truth, found = np.array([0, 1, 2, 0, 1, 2]), np.array([0, 1, 2, 2, 2, 2])
    low, high = norms.interval(found, truth, ["a", "a", "a", "b", "b", "b"])
    assert low < norms.macro_f1(found, truth) < high == 1


def test_the_turns_of_the_other_three_quarters_are_read(norms, tmp_path):
    (tmp_path / "normdial").mkdir()
    turns = [{"text": "B: Eh?", "label": "Not Violated"}, {"text": "A: Hi.", "label": "Adhered"}]
    records = [{"id": f"x-{n}", "culture": "zh-CN", "norm": "Greet.", "turns": turns} for n in range(40)]
    with gzip.open(tmp_path / "normdial" / "dev.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    cases = norms.dialogues(tmp_path, None)
    assert {case.group for case in cases} == {
        f"x-{n}" for n in range(40) if not norms.for_development(f"x-{n}")
    }
    assert 0 < len(cases) < 40
    assert {(case.lang, case.label, case.case.history) for case in cases} == {("zh", 0, ("B: Eh?",))}


def test_our_pairs_are_whole_and_new(norms):
    cases = norms.own_pairs()
    assert {case.label for case in cases} == {0, 1, 2}
    written = "".join(
        (FOLDER / "norms" / name).read_text(encoding="utf-8")
        for name in ("acts.toml", "norms.toml", "talks.txt", "dialogues_en.txt", "dialogues_zh.txt")
    )
    for case in cases:
        assert case.case.text not in written
        assert case.case.norm not in written


def test_it_runs(norms):
    hidden = shipped().text_mean.shape[1]
    row = np.full((1, hidden), hidden**-0.5, np.float32)
    judge = Norms(
        lambda texts: row.repeat(len(texts), axis=0),
        tokens=lambda texts: [Tokens(spans=((0, 1),), states=row, encoder="flat") for _ in texts],
    )
    cases = norms.own_pairs()
    told = norms.figures(cases, norms.judged(cases, judge))
    assert told["en"]["texts"] == 12
    assert 0 <= told["en"]["macro_f1"] <= 1


def test_the_texts_to_fit_on_are_balanced():
    fit = importlib.import_module("norms_fit")
    texts, rules = fit.lines("acts.toml"), fit.lines("norms.toml")
    assert {line.act for line in rules} == {line.act for line in texts} - {fit.OTHER}
    for lang in ("en", "zh"):
        counts = [sum(line.lang == lang and line.good is good for line in rules) for good in (True, False)]
        assert counts[0] == counts[1] > 0
    assert len({line.text for line in texts}) == len(texts)


def test_every_talk_has_both_kinds_of_turns_and_a_speaker_before_each():
    fit = importlib.import_module("norms_fit")
    talks = fit.talks()
    assert {talk.lang for talk in talks} == {"en", "zh"}
    for talk in talks:
        assert len(talk.turns) == len(talk.relevant)
        assert set(talk.relevant) == {True, False}
        assert all(fit.speaker(turn) for turn in talk.turns)


def test_the_dialogues_are_whole_and_a_fifth_is_kept_aside(norms):
    fit = importlib.import_module("norms_fit")
    told = norms.talks("dialogues_*.txt")
    assert {case.group for case in norms.kept_aside()} == {talk.norm for talk in told if talk.held}
    assert len({talk.norm for talk in told}) == len(told)
    for lang in ("en", "zh"):
        own = [talk for talk in told if talk.lang == lang]
        assert 0.1 < sum(talk.held for talk in own) / len(own) < 0.3
        assert 0.4 < sum(talk.good for talk in own) / len(own) < 0.6
    for talk in told:
        assert len(talk.turns) == len(talk.marks) >= 4
        assert set(talk.marks) <= {*"av-"}
        assert set(talk.marks) >= {"-"}
        assert all(fit.speaker(turn) for turn in talk.turns)
