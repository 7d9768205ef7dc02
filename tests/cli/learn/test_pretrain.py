"""``tongli learn pretrain`` in real processes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tongli.learning.data.record import Record, write_records

RECIPE = """
texts = ["texts.jsonl"]
model = "{model}"
max_tokens = 32
steps = 6
batch_tokens = 256
head_steps = 2
held_out = 0.3
evaluate_every = 3
"""


@pytest.fixture
def plan(tmp_path, tiny_model) -> Path:
    records = [
        Record(id=str(i), text=f"{('fine', 'poor')[i % 2]} thing {i}", lang="en", licence="CC0-1.0")
        for i in range(60)
    ]
    write_records(tmp_path / "texts.jsonl", records)
    (tmp_path / "plan.toml").write_text(RECIPE.format(model=tiny_model.as_posix()), encoding="utf-8")
    return tmp_path / "plan.toml"


@pytest.mark.slow
def test_a_run_is_shown_and_goes_on_as_json(real, plan, tmp_path):
    out = tmp_path / "adapted"
    env = {"TONGLI_CACHE": str(tmp_path / "cache"), "TONGLI_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    done = real("learn", "pretrain", plan, "-o", out, "--threads", "1", **env)
    assert done.returncode == 0, done.stderr.decode()
    shown = done.stdout.decode()
    assert "English (en)" in shown
    assert "new head alone" in shown
    assert str(out) in shown.replace("\n", "")
    assert "step 6: held-out perplexity" in done.stderr.decode()
    assert list((out / "run" / "log").glob("events.*"))
    done = real("learn", "pretrain", plan, "-o", out, "--threads", "1", "--json", **env)
    assert "going on from step 6" in done.stderr.decode()
    card = json.loads(done.stdout)
    assert card == json.loads((out / "pretrain.json").read_text("utf-8"))
    assert card["perplexity"]["start"]["step"] == 0


def test_a_bad_recipe_is_a_coded_error(real, plan, tmp_path):
    plan.write_text(plan.read_text("utf-8") + "speed = 3\n", encoding="utf-8")
    done = real("learn", "pretrain", plan, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert b"recipe.key" in done.stderr
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
