"""``tongli learn search`` in real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tongli.learning.data.record import Record, write_records

RECIPE = """
train = ["train.jsonl"]
model = "{model}"
examples = 160
batch = 16
held_out = 0.4
evaluate_every = 5
[heads.sentiment]
inner = 4
"""
SPACE = (
    'recipe = "recipe.toml"\n[search]\nbatch = [8, 16]\nhead_rate = {low = 1e-4, high = 1e-2, log = true}\n'
)


@pytest.fixture
def space(tmp_path, tiny_model) -> Path:
    labels = ({"positive": 1.0}, {"negative": 1.0})
    records = [
        Record(
            id=str(index),
            text=f"{('fine', 'poor')[index % 2]} thing {index}",
            lang="en",
            labels={"sentiment": labels[index % 2]},
            source="authored",
            licence="CC0-1.0",
        )
        for index in range(120)
    ]
    write_records(tmp_path / "train.jsonl", records)
    (tmp_path / "recipe.toml").write_text(RECIPE.format(model=tiny_model), encoding="utf-8")
    (tmp_path / "space.toml").write_text(SPACE, encoding="utf-8")
    return tmp_path / "space.toml"


@pytest.mark.slow
def test_a_search_is_shown_and_goes_on_as_json(real, space, tmp_path):
    where = ["-o", tmp_path / "out", "--threads", "1"]
    env = {"TONGLI_CACHE": str(tmp_path / "cache"), "TONGLI_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    done = real("learn", "search", space, *where, "--trials", "2", **env)
    assert done.returncode == 0, done.stderr.decode()
    shown, told = done.stdout.decode(), done.stderr.decode()
    assert "0 (the recipe)" in shown
    assert "best.toml" in shown
    assert "trial 1 finished" in told
    assert "optuna" not in told.lower()
    done = real("learn", "search", space, *where, "--trials", "3", "--json", **env)
    outcome = json.loads(done.stdout)
    assert [trial["number"] for trial in outcome["trials"]] == [0, 1, 2]
    assert "trial 0" not in done.stderr.decode().replace("best: trial 0", "")


def test_a_bad_range_is_a_coded_error(real, space, tmp_path):
    space.write_text(SPACE.replace("[8, 16]", "[]"), encoding="utf-8")
    done = real("learn", "search", space, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert b"space.range" in done.stderr
    assert b"Traceback" not in done.stderr
