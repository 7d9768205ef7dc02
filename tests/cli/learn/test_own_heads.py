"""Heads of one's own, from a table of messages to ``tongli read``, in real processes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tongli.core import Settings

ASKED = {
    "refund": ("I want my money back for", "please refund", "how do I get a refund for"),
    "delivery": ("where is the parcel with", "when will you deliver", "the courier never brought"),
    "thanks": ("thank you so much for", "many thanks for", "I am grateful for"),
}
THINGS = (
    "the lamp",
    "my shoes",
    "a kettle",
    "the blue coat",
    "her bicycle",
    "our tickets",
    "the garden chair",
)
THINGS += ("the camera", "his violin", "a winter jacket", "the old radio", "two pillows", "that novel")

DECLARED = """
[schemes.intent]
labels = ["refund", "delivery", "thanks"]

[schemes.toxicity]
kind = "binary"
labels = ["toxic"]
"""
MAPPING = """
[fields]
text = "message"
[constants]
licence = "CC0-1.0"
source = "desk"
lang = "en"
[labels]
intent = "asked"
toxicity = "rude"
"""
RECIPE = """
train = ["train.jsonl"]
dev = ["dev.jsonl"]
model = "{model}"
max_tokens = 32
examples = 2400
batch = 16
rate = 1e-3
head_rate = 1e-2
dropout = 0.0
head_dropout = 0.0
average = 0.9
held_out = 0.2
evaluate_every = 20
patience = 50
[heads.intent]
inner = 16
words = 4.0
[heads.toxicity]
inner = 8
"""


def table(path: Path, things: tuple[str, ...]) -> Path:
    """Every opening with every thing, half of the messages with an insult."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["message", "asked", "rude"])
        for asked, openings in ASKED.items():
            for opening in openings:
                for place, thing in enumerate(things):
                    rude = place % 2
                    rows.writerow([f"{opening} {thing}{', you stupid idiot' * rude}", asked, rude])
    return path


@pytest.mark.slow
def test_from_a_table_to_a_reading(
    real: Any, tmp_path: Path, tiny_model: Path, tiny_settings: Settings
) -> None:
    env = {"TONGLI_CACHE": str(tmp_path / "cache"), "TONGLI_OFFLINE": "1", "OMP_NUM_THREADS": "1"}

    def run(*words: str | Path, status: int = 0) -> bytes:
        done = real(*words, **env)
        assert done.returncode == status, done.stderr.decode()
        return bytes(done.stdout + done.stderr)

    mapping, recipe = tmp_path / "mapping.toml", tmp_path / "recipe.toml"
    mapping.write_text(MAPPING + DECLARED, encoding="utf-8")
    recipe.write_text(RECIPE.format(model=tiny_model) + DECLARED, encoding="utf-8")
    for name, things in (("train", THINGS[:10]), ("dev", THINGS[10:])):
        source = table(tmp_path / f"{name}.csv", things)
        run("learn", "import", source, "-o", tmp_path / f"{name}.jsonl", "--mapping", mapping)
    assert b"record.head" in run("learn", "check", tmp_path / "dev.jsonl", status=3)
    assert b"intent" in run("learn", "check", tmp_path / "dev.jsonl", "--schemes", recipe)

    told = run("learn", "train", recipe, "-o", tmp_path / "w", "--threads", "1", "--json")
    figures = json.loads(told.splitlines()[0])
    assert figures["intent"]["dev"]["accuracy_mean"] > 0.6  # of three; the encoder's weights are random
    assert figures["toxicity"]["dev"]["accuracy_mean"] > 0.8
    run("learn", "export", tmp_path / "w", "--model", tiny_model, "-o", tmp_path / "desk")
    run("models", "install", tmp_path / "desk")

    message = "I want my money back for the lamp, you stupid idiot"
    read = ["read", message, "--lang", "en", "--no-evidence", "--model", "desk"]
    scores = json.loads(run(*read, "--json").splitlines()[0])["scores"]
    assert list(scores) == ["intent", "toxicity"]
    assert max(scores["intent"], key=scores["intent"].get) == "refund"
    assert sum(scores["intent"].values()) == pytest.approx(1, abs=0.01)
    assert scores["toxicity"] > 0.5
    assert b"toxicity" in run(*read)
    assert b"heads.unknown" in run(*read, "--heads", "ekman6,intents", status=2)
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "1", "text": message, "lang": "en"}) + "\n")
    run(
        "annotate",
        tmp_path / "in.jsonl",
        "-o",
        tmp_path / "out.jsonl",
        "--model",
        "desk",
        "--heads",
        "intent",
    )
    assert list(json.loads((tmp_path / "out.jsonl").read_text())["scores"]) == ["intent"]

    words = [
        "learn",
        "evaluate",
        tmp_path / "dev.jsonl",
        "-o",
        tmp_path / "report",
        "--model",
        "desk",
        "--draws",
        "9",
    ]
    report = json.loads(run(*words, "--json").splitlines()[0])  # the cards of the model declare its heads
    assert {found["head"] for found in report["heads"]} == {"intent", "toxicity"}
    run("annotate", tmp_path / "dev.jsonl", "-o", tmp_path / "said.jsonl", "--model", "desk")
    compared = [*words[:4], tmp_path / "compared", *words[5:]]
    said = ["--predictions", tmp_path / "said.jsonl", "--against", tmp_path / "said.jsonl"]
    report = json.loads(run(*compared, *said, "--json").splitlines()[0])
    assert set(report["differences"]) == {"intent", "toxicity"}
    assert b"heads.unknown" in run(*words, "--heads", "mood", status=2)

    queue = [
        "learn",
        "annotate",
        "queue",
        tmp_path / "in.jsonl",
        "-o",
        tmp_path / "next.jsonl",
        "--count",
        "1",
    ]
    assert b"1 records" in run(*queue, "--heads", "intent", "--model", "desk")

    recipe.write_text(recipe.read_text().replace('"thanks"]', '"praise"]'), encoding="utf-8")
    assert b"record.label" in run("learn", "train", recipe, "-o", tmp_path / "other", status=2)
