"""A small corpus of records that the tests write: two feelings, two languages, three heads."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tongli.learning.data.record import Record, write_records

GOOD = ("splendid", "lovely", "wonderful", "delightful")
BAD = ("dreadful", "awful", "horrid", "ghastly")
THINGS = ("day", "trip", "meal", "song", "letter", "game", "story", "walk")


def make_records(count: int, *, split: str, licence: str = "CC0-1.0") -> list[Record]:
    chance = random.Random(split)
    records = []
    for index in range(count):
        joy = index % 2 == 0
        word, thing = chance.choice(GOOD if joy else BAD), chance.choice(THINGS)
        labels = {
            "ekman6": {"joy": float(joy), "anger": float(not joy), "fear": 0.0},
            "intensity": {"joy": 2.0 * joy, "anger": 1.0 * (not joy)},
            "sentiment": {"positive": float(joy), "negative": float(not joy)},
        }
        if index % 5 == 0:
            del labels["intensity"]
        records.append(
            Record(
                id=f"{split}-{index}",
                text=f"what a {word} {thing} number {index} {split}",
                lang=("en", "de")[index // 2 % 2],
                labels=labels,
                source="authored",
                licence=licence,
            )
        )
    return records


RECIPE = """
train = ["train.jsonl"]
dev = ["dev.jsonl"]
model = "{model}"
max_tokens = 32
examples = {examples}
batch = 16
rate = 1e-3
head_rate = 1e-2
dropout = 0.0
head_dropout = 0.0
average = 0.9
held_out = 0.2
evaluate_every = 20
patience = 50

[heads.ekman6]
inner = 16
[heads.intensity]
inner = 16
[heads.sentiment]
inner = 16
"""


@pytest.fixture(scope="session")
def recorded():
    """The maker of records."""
    return make_records


@pytest.fixture(scope="module")
def folder(tmp_path_factory, tiny_model) -> Path:
    """Records and a recipe."""
    found = tmp_path_factory.mktemp("run")
    write_records(found / "train.jsonl", make_records(300, split="train"))
    write_records(found / "dev.jsonl", make_records(80, split="dev"))
    (found / "recipe.toml").write_text(RECIPE.format(model=tiny_model, examples=1600), encoding="utf-8")
    return found
