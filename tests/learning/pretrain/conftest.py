"""Unlabelled records that the tests write, in two languages, and a recipe for the tiny encoder."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from tongli.learning.data.record import Record, write_records
from tongli.learning.pretrain.recipe import PretrainRecipe, read_recipe

# Who does what decides the verb, so that there is something to learn from the words around.
ENGLISH = (("the fox", "runs"), ("a bird", "sings"), ("my aunt", "paints"), ("the rain", "falls"))
SPANISH = (("el zorro", "corre"), ("un pájaro", "canta"), ("mi tía", "pinta"), ("la lluvia", "cae"))
WHERE = {"en": ("by the river", "in the garden"), "es": ("junto al río", "en el jardín")}

RECIPE = """
texts = ["texts.jsonl"]
model = "{model}"
max_tokens = 32
steps = 90
batch_tokens = 512
head_steps = 30
rate = 3e-3
head_rate = 1e-2
dropout = 0.0
held_out = 0.2
evaluate_every = 15
patience = 50
"""


def make_texts(count: int, *, licence: str = "CC0-1.0") -> list[Record]:
    chance = random.Random(7)
    records = []
    for index in range(count):
        lang = ("en", "es")[index % 3 == 0]
        who, does = chance.choice(ENGLISH if lang == "en" else SPANISH)
        text = f"{who} {does} {chance.choice(WHERE[lang])}, {chance.randrange(100)} {who} {does}"
        records.append(Record(id=str(index), text=text, lang=lang, source="authored", licence=licence))
    return records


@pytest.fixture(scope="session")
def unlabelled():
    """The maker of records."""
    return make_texts


@pytest.fixture(scope="session")
def pretrain_folder(tmp_path_factory, tiny_model) -> Path:
    """Records and a recipe."""
    folder = tmp_path_factory.mktemp("pretrain")
    write_records(folder / "texts.jsonl", make_texts(300))
    (folder / "pretrain.toml").write_text(RECIPE.format(model=tiny_model.as_posix()), encoding="utf-8")
    return folder


@pytest.fixture
def recipe(pretrain_folder) -> PretrainRecipe:
    return read_recipe(pretrain_folder / "pretrain.toml")


@pytest.fixture(scope="session")
def bare_settings(tiny_settings):
    """Settings without heads: the encoder is read as it is."""
    return replace(tiny_settings, heads=None)
