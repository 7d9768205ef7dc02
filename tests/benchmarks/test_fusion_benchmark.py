"""Parts of benchmarks/fusion.py and benchmarks/meld.py, on toys."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")

from tongli.core import ChannelReading
from tongli.emotion.fusion import LABELS

FOLDER = Path(__file__).parents[2] / "benchmarks"


def loaded(name, monkeypatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)
    return module


def test_messages_pair_what_shows_the_same_and_each_channel_is_judged_by_itself(monkeypatch):
    script = loaded("fusion", monkeypatch)
    names = [label for label in LABELS if label != "surprise"]
    parts = [
        [
            ChannelReading(
                channel=channel,
                scores={name: 0.7 if name == label else 0.05 for name in LABELS},
                label=label,
                reliability=1.0,
            )
            for label in names * 2
        ]
        for channel in ("text", "speech", "face")
    ]
    tables = [script.table(part, names * 2) for part in parts]
    messages = script.paired(*tables, repeats=3, rng=np.random.default_rng(0))
    assert len(messages.truth) == 2 * 3 * len(names)
    own = [script.first_labels(part) for part in parts]
    found = script.measure(script.Fusion(), messages, own, samples=5, seed=0)
    assert found["single"] == {"text": 1.0, "speech": 1.0, "face": 1.0}
    assert len(found["joined"]) == 7
    told = script.conflict(parts[0], names * 2, parts[1], names * 2)
    assert told == {"joy_in_anger": 1.0, "agreeing": 0.0}


def test_turns_before_are_of_the_same_dialogue_and_speaker(monkeypatch):
    script = loaded("meld", monkeypatch)
    said = [("train", 0, "Ann"), ("train", 0, "Bo"), ("train", 0, "Ann"), ("dev", 0, "Ann")]
    dialogues = script.Dialogues(
        rows=[{"split": split, "dialogue": number, "speaker": who} for split, number, who in said]
    )
    last, own = dialogues.before
    assert last.tolist() == [-1, 0, 1, -1]
    assert own.tolist() == [-1, -1, 0, -1]
    assert dialogues.numbers.tolist() == [0, 0, 0, 1]
    turns = script.faded(np.array([[1.0], [3.0], [9.0], [9.0]], np.float32), dialogues)
    assert turns[:, 0].tolist() == pytest.approx([0, 1, (3 + 0.6) / 1.6, 0])


def test_folds_keep_dialogues_whole(monkeypatch):
    script = loaded("meld", monkeypatch)
    rows = [{"split": "train", "dialogue": n // 3, "speaker": "x"} for n in range(30)]
    dialogues = script.Dialogues(rows=rows)
    parts = list(script.splits(dialogues, dialogues.of("train"), dialogues.of("dev"), folds=4, seed=0))
    assert sorted(np.concatenate([rest for _, rest in parts]).tolist()) == list(range(30))
    for fit, rest in parts:
        assert not set(dialogues.numbers[fit]) & set(dialogues.numbers[rest])
