"""``tongli learn continue`` in a real process; the parts are tested in tests/learning/continual."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tongli.core import Settings
from tongli.learning.data.record import Record, write_records

RECIPE = """
model = "{model}"
examples = 160
batch = 16
held_out = 0.4
evaluate_every = 5
[heads.sentiment]
loss = 1.0
"""


def records(path: Path, lang: str, *words: str) -> Path:
    labels = ({"positive": 1.0}, {"negative": 1.0})
    found = [
        Record(
            id=f"{lang}-{index}",
            text=f"{words[index % 2]} letter {index}",
            lang=lang,
            labels={"sentiment": labels[index % 2]},
            source="authored",
            licence="CC0-1.0",
        )
        for index in range(90)
    ]
    write_records(path, found)
    return path


@pytest.mark.slow
def test_a_language_is_added(real: Any, tmp_path: Path, tiny_model: Path, tiny_settings: Settings) -> None:
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(RECIPE.format(model=tiny_model), encoding="utf-8")
    new = records(tmp_path / "new.jsonl", "eo", "bona", "fia")
    old = records(tmp_path / "old.jsonl", "en", "fine", "poor")
    env = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    base = tmp_path / "base"
    base.mkdir()
    for path in (path for head in ("ekman6", "sentiment") for path in tiny_settings.heads.glob(f"{head}.*")):
        shutil.copyfile(path, base / path.name)
    words = ["learn", "continue", base, new, "-o", tmp_path / "out", "--recipe", recipe]
    words += ["--replay", old, "--max-forgetting", "100", "--threads", "1"]
    done = real(*words, "--json", **env)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found == json.loads((tmp_path / "out" / "continued.json").read_text())
    assert (found["measured"], found["penalty"]) == (True, "ewc")
    assert {change["head"]: change["stand_in"] for change in found["old"]} == {
        "ekman6": True,
        "sentiment": False,
    }
    assert {change["lang"] for change in found["new"]} == {"all", "eo"}
    assert b"importance of the weights" in done.stderr
