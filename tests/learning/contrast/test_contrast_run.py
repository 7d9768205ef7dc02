from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tongli.core import ConfigError, InputError, ModelError, Settings
from tongli.emotion.head import Arrays
from tongli.emotion.space import Space, SpaceCard
from tongli.learning.contrast.fit import Lesson, Recipe, fit
from tongli.learning.contrast.retrieval import precision_at
from tongli.learning.contrast.run import Job, contrast
from tongli.learning.data.record import Record, write_records

RECIPE = Recipe(inner=16, size=8, steps=60, batch=128, rate=1e-2)


def lesson(*, seed=0, count=600):
    """Four features: one tells the feeling, two tell the language much more loudly, one is noise."""
    generator = np.random.default_rng(seed)
    joy, spoken = generator.integers(2, size=count), generator.integers(3, size=count)
    noise = generator.normal(size=(count, 4)) * 0.3
    loud = np.stack([joy * 2, spoken * 20, (spoken == 1) * 20, np.zeros(count)], axis=1)
    return Lesson(
        features=(loud + noise).astype(np.float16),
        rows=np.arange(count),
        targets=np.stack([joy, 1 - joy], axis=1).astype(np.float32),
        languages=spoken,
        weights=np.ones(count, np.float32),
    )


def space_of(arrays: Arrays) -> Space:
    return Space(arrays, SpaceCard(encoder="toy", size=8, data=(), languages=()))


def test_training_finds_the_feeling_below_the_language():
    losses = []
    torch.manual_seed(99)
    arrays = fit(lesson(), recipe=RECIPE, step=lambda _, loss: losses.append(loss))
    assert len(losses) == RECIPE.steps
    assert np.mean(losses[-10:]) < np.mean(losses[:10])
    unseen = lesson(seed=1)
    languages = [("en", "de", "ja")[number] for number in unseen.languages]
    vectors = space_of(arrays).vectors(unseen.features)
    assert np.nanmean(precision_at(vectors, unseen.targets, languages=languages)) > 0.95
    raw = np.asarray(unseen.features, np.float32)
    assert np.nanmean(precision_at(raw, unseen.targets, languages=languages)) < 0.95


def test_the_seed_decides_and_rows_choose():
    short = replace(RECIPE, steps=3)
    first, second = (fit(lesson(), recipe=short, step=lambda *_: None) for _ in range(2))
    np.testing.assert_array_equal(first.up, second.up)
    other = fit(lesson(), recipe=replace(short, seed=1), step=lambda *_: None)
    assert not np.array_equal(first.up, other.up)
    whole = lesson()
    padded = replace(
        whole, features=np.vstack([np.full((5, 4), 900, np.float16), whole.features]), rows=whole.rows + 5
    )
    np.testing.assert_array_equal(fit(padded, recipe=short, step=lambda *_: None).up, first.up)


def test_features_that_are_no_numbers_end_the_run():
    broken = lesson()
    broken.features[:] = np.nan
    with pytest.raises(ModelError) as caught:
        fit(broken, recipe=RECIPE, step=lambda *_: None)
    assert caught.value.code == "train.nan"


@pytest.mark.parametrize(
    ("changes", "langs", "kind", "code"),
    [
        ({}, ("pt-BR", "pt-PT"), InputError, "contrast.languages"),
        ({"licence": "CC-BY-NC-4.0"}, ("pt", "ja"), ConfigError, "licence.not-free"),
        ({"labels": {}}, ("pt", "ja"), InputError, "train.empty"),
    ],
)
def test_records_that_cannot_teach_it_are_refused(tmp_path, changes, langs, kind, code):
    records = [
        Record(
            id=str(index),
            text=f"message number {index}",
            lang=langs[index % 2],
            labels={"ekman6": {"joy": float(index % 4 < 2)}},
            licence="CC0-1.0",
        )
        for index in range(40)
    ]
    write_records(tmp_path / "train.jsonl", [replace(record, **changes) for record in records])
    job = Job(out=tmp_path / "out", cache=tmp_path, records=(tmp_path / "train.jsonl",))
    settings = Settings(cache=tmp_path, threads=1, offline=True)
    with pytest.raises(kind) as caught:
        contrast(job, settings=settings, tell=lambda _: None, step=lambda *_: None)
    assert caught.value.code == code
    assert not (tmp_path / "out").exists()


def test_without_data_or_over_a_space_it_does_not_start(tmp_path):
    settings = Settings(cache=tmp_path, threads=1, offline=True)
    job = Job(out=tmp_path, cache=tmp_path)
    with pytest.raises(ConfigError) as caught:
        contrast(job, settings=settings, tell=lambda _: None, step=lambda *_: None)
    assert caught.value.code == "train.data"
    (tmp_path / "space.safetensors").write_bytes(b"something")
    with pytest.raises(ConfigError) as caught:
        contrast(job, settings=settings, tell=lambda _: None, step=lambda *_: None)
    assert caught.value.code == "output.exists"
