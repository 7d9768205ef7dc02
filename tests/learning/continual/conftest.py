"""Weights of a tiny encoder that read English and German, and records of a language with false friends."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tongli.emotion.head import load_head
from tongli.learning.continual.run import Job
from tongli.learning.data.record import Record, write_records
from tongli.learning.train.finish import finish
from tongli.learning.train.head import Finish
from tongli.learning.train.loop import Trainer
from tongli.learning.train.recipe import HeadRecipe, Recipe
from tongli.learning.train.run import open_corpus, prepare
from tongli.learning.words import fit_words

GOOD = ("splendid", "lovely", "wonderful", "delightful")
BAD = ("dreadful", "awful", "horrid", "ghastly")
THINGS = ("day", "trip", "meal", "song", "letter", "game", "story", "walk")


def old_records(
    count: int, *, split: str, heads: tuple[str, ...] = ("ekman6", "intensity", "sentiment")
) -> list[Record]:
    chance = random.Random(split)
    records = []
    for index in range(count):
        joy = index % 2 == 0
        word, thing = chance.choice(GOOD if joy else BAD), chance.choice(THINGS)
        labels = {
            "ekman6": {"joy": float(joy), "anger": float(not joy)},
            "intensity": {"joy": 2.0 * joy, "anger": 1.0 * (not joy)},
            "sentiment": {"positive": float(joy), "negative": float(not joy)},
        }
        records.append(
            Record(
                id=f"{split}-{index}",
                text=f"what a {word} {thing} number {index} {split}",
                lang=("en", "de")[index // 2 % 2],
                labels={head: labels[head] for head in heads},
                source="authored",
                licence="CC0-1.0",
            )
        )
    return records


def new_records(count: int, *, split: str = "new") -> list[Record]:
    """A language with words of its own, and with false friends: some good words are bad in it."""
    chance = random.Random(split)
    records = []
    for index in range(count):
        joy = index % 2 == 0
        words = ("bonega", "ĉarma", "awful", "horrid") if joy else ("terura", "fia", "lovely", "splendid")
        word, thing = chance.choice(words), chance.choice(THINGS)
        records.append(
            Record(
                id=f"{split}-{index}",
                text=f"kia {word} {thing}! numero {index} {split}",
                lang="eo",
                labels={
                    "ekman6": {"joy": float(joy), "anger": float(not joy)},
                    "sentiment": {"positive": float(joy), "negative": float(not joy)},
                },
                source="letters",
                licence="CC-BY-4.0",
            )
        )
    return records


def quiet(*_):
    """Tells nobody."""


@pytest.fixture(scope="session")
def settings(tiny_settings):
    return replace(tiny_settings, heads=None)


@pytest.fixture(scope="session")
def usual(tiny_model) -> Recipe:
    """Rates that change a tiny network within a few steps."""
    return Recipe(
        model=str(tiny_model),
        max_tokens=32,
        examples=1600,
        batch=16,
        rate=1e-3,
        head_rate=1e-2,
        weight_decay=0.0,
        dropout=0.0,
        head_dropout=0.0,
        average=0.9,
        held_out=0.25,
        evaluate_every=20,
        patience=50,
    )


@pytest.fixture(scope="session")
def base(tmp_path_factory, settings, usual) -> Path:
    """A folder of weights, and beside it old.jsonl and new.jsonl."""
    home = tmp_path_factory.mktemp("continual")
    write_records(home / "train.jsonl", old_records(300, split="train"))
    write_records(home / "old.jsonl", old_records(240, split="replayed"))
    write_records(home / "new.jsonl", new_records(240))
    heads = {name: HeadRecipe(inner=16) for name in ("ekman6", "intensity", "sentiment")}
    recipe = replace(usual, train=(str(home / "train.jsonl"),), heads=heads)
    corpus = open_corpus(recipe, data=None, research_only=False)
    prepared = prepare(recipe, corpus, cache=home / "cache", settings=settings, tell=quiet)
    trainer = Trainer(
        prepared.network,
        pool=prepared.pool,
        states=prepared.states,
        recipe=recipe,
        folder=home / "run",
        tell=quiet,
        log=quiet,
    )
    where = Finish(out=home / "base", cache=home / "cache", settings=settings, tell=quiet)
    finish(prepared, trainer.run(), recipe=recipe, where=where)
    _give_words(home / "base", "ekman6")
    return home / "base"


def _give_words(folder: Path, name: str) -> None:
    """Words that say next to nothing, since the blend has no need of any in so easy a language."""
    head = load_head(folder, name)
    words = fit_words(
        [np.array([index % 20], np.int32) for index in range(200)],
        np.tile([0.0, 1.0], (200, 3)).astype(np.float32),
        languages=["de"] * 100 + ["en"] * 100,
        kind="multilabel",
        strength=1.0,
    )
    assert words is not None
    words = replace(words.scaled(0.01), slope=0.0 * words.slope)
    head.arrays.save(folder / f"{name}.safetensors", words=words)
    replace(head.card, words=words.languages).save(folder / f"{name}.json")


@pytest.fixture(scope="session")
def make_job(base, usual):
    """A job on those weights and records."""

    def make(out: Path, **changes) -> Job:
        home = base.parent
        job = Job(
            base=str(base),
            new=home / "new.jsonl",
            out=out,
            cache=home / "cache",
            replay=home / "old.jsonl",
            recipe=usual,
        )
        return replace(job, **changes)

    return make
