"""A tiny corpus and a search over a recipe for it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import optuna
import pytest

from tongli.learning.data.record import Record, write_records
from tongli.learning.search.reading import read_space
from tongli.learning.train.run import open_corpus, prepare

RECIPE = """
train = ["train.jsonl"]
dev = ["dev.jsonl"]
model = "{model}"
max_tokens = 32
examples = 480
batch = 16
rate = 1e-3
head_rate = 1e-2
dropout = 0.0
head_dropout = 0.0
average = 0.9
held_out = 0.3
evaluate_every = 10
patience = 50

[heads.ekman6]
inner = 8
loss = 3.0
[heads.sentiment]
inner = 8
"""

SPACE = """
recipe = "recipe.toml"
seed = 3

[search]
head_rate = { low = 1e-4, high = 1e-1, log = true }
batch = [8, 16]
heads.ekman6.inner = { low = 4, high = 12 }
"""


def records(count: int, *, split: str) -> list[Record]:
    chance = random.Random(split)
    found = []
    for index in range(count):
        joy = index % 2 == 0
        word = chance.choice(("splendid", "lovely") if joy else ("dreadful", "awful"))
        found.append(
            Record(
                id=f"{split}-{index}",
                text=f"what a {word} {chance.choice(('day', 'trip', 'meal'))} number {index} {split}",
                lang="en",
                labels={
                    "ekman6": {"joy": float(joy), "anger": float(not joy)},
                    "sentiment": {"positive": float(joy), "negative": float(not joy)},
                },
                source="authored",
                licence="CC0-1.0",
            )
        )
    return found


@pytest.fixture(autouse=True)
def _quiet():
    before = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    yield
    optuna.logging.set_verbosity(before)


@pytest.fixture(scope="session")
def bench(tmp_path_factory, tiny_model) -> Path:
    """Records, a recipe and a search."""
    found = tmp_path_factory.mktemp("search")
    write_records(found / "train.jsonl", records(160, split="train"))
    write_records(found / "dev.jsonl", records(20, split="dev"))
    (found / "recipe.toml").write_text(RECIPE.format(model=tiny_model), encoding="utf-8")
    (found / "space.toml").write_text(SPACE, encoding="utf-8")
    return found


@pytest.fixture(scope="session")
def space(bench):
    return read_space(bench / "space.toml")


class Sealed:
    """A development example whose answer may not be looked at."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __getattr__(self, name: str):
        raise AssertionError(f"the search looked at {name} of a development text")


@pytest.fixture(scope="session")
def prepared(bench, space, tiny_settings):
    """The data, with sealed development sets."""
    recipe = space.trial_of({})
    corpus = open_corpus(recipe, data=None, research_only=False)
    sealed = {head: [Sealed(item.text) for item in items] for head, items in corpus.dev.items()}
    corpus = replace(corpus, dev=sealed)
    settings = replace(tiny_settings, heads=None)
    return prepare(recipe, corpus, cache=bench / "cache", settings=settings, tell=lambda _: None)
