"""``tongli learn contrast`` in a real process, with the tiny encoder, and what it shows."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tongli.cli.learn.contrast_view import show
from tongli.core import Settings
from tongli.emotion.card import Source
from tongli.emotion.space import SpaceCard, load_space
from tongli.encoders.text import TextEncoder
from tongli.learning.data.record import Record, write_records

WORDS = {"joy": ("splendid", "lovely", "delightful"), "anger": ("dreadful", "horrid", "awful")}


def write(
    path: Path, *, count: int = 120, langs: tuple[str, ...] = ("en", "de", "ja"), **changes: str
) -> Path:
    records = []
    for index in range(count):
        label = ("joy", "anger")[index % 2]
        text = f"{WORDS[label][index % 3]} {langs[index // 2 % len(langs)]} {path.stem} {index}"
        every = dict.fromkeys(("anger", "disgust", "fear", "joy", "sadness", "surprise"), 0.0)
        records.append(
            Record(
                id=str(index),
                text=text,
                lang=langs[index // 2 % len(langs)],
                labels={"ekman6": {**every, label: 1.0}},
                source="authored",
                licence="CC0-1.0",
            )
        )
    write_records(path, records)
    return path


@pytest.fixture
def run(real, tmp_path, tiny_model):
    def start(*words, **env):
        common = ["-o", tmp_path / "out", "--model", tiny_model, "--steps", "60", "--threads", "1"]
        env = {"TONGLI_CACHE": str(tmp_path / "cache"), "TONGLI_OFFLINE": "1", "OMP_NUM_THREADS": "1", **env}
        return real("learn", "contrast", *words, *common, **env)

    return start


@pytest.mark.slow
def test_a_space_is_trained_measured_and_read(run, tmp_path, tiny_model):
    train, dev = write(tmp_path / "train.jsonl"), write(tmp_path / "dev.jsonl", count=60)
    done = run(train, "--dev", dev, "--json", "--size", "8")
    assert done.returncode == 0, done.stderr.decode()
    figures = json.loads(done.stdout)["dev"]["precision_at_10"]
    assert figures["emotion"]["queries"] == 60
    assert figures["neutral"] == {**figures["neutral"], "queries": 0, "by_language": {}}
    assert figures["emotion"]["chance"]["value"] == 0.5
    assert figures["emotion"]["space"]["value"] > 0.75
    assert set(figures["emotion"]["by_language"]) == {"en", "de", "ja"}
    encoder = TextEncoder(
        model=str(tiny_model), settings=Settings(cache=tmp_path / "cache", threads=1, offline=True)
    )
    space = load_space(tmp_path / "out", encoder=encoder.id)
    vectors = space.vectors(
        encoder.features(["splendid en dev 0", "delightful de dev 2", "dreadful de dev 3"])
    )
    assert vectors.shape == (3, 8)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    np.testing.assert_array_equal(space.card.languages, ["de", "en", "ja"])
    again = run(train)
    assert (again.returncode, b"error[output.exists]" in again.stderr) == (2, True)


def test_what_is_shown(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    one = {"value": 0.5, "interval_95": [0.4, 0.6]}
    names = ("space", "sentences", "standardised", "chance", "gain")
    tags = [f"x{letter}" for letter in "abcdefghijkl"]
    emotion = {
        "queries": 1234,
        **dict.fromkeys(names, one),
        "by_language": {tag: {"space": place / 20, "sentences": 0.1} for place, tag in enumerate(tags)},
    }
    neutral = {"queries": 0, **{key: {"value": None, "interval_95": [None, None]} for key in names}}
    figures = {
        "texts": 2000,
        "precision_at_10": {"emotion": emotion, "neutral": {**neutral, "by_language": {}}},
        "valence": 0.61,
        "arousal": None,
        "layout": {"r": 0.5, "p": 0.02},
    }
    card = SpaceCard(
        encoder="toy@1",
        size=3,
        data=(Source(name="toy", licence="CC-BY-NC-4.0", examples=7),),
        languages=("en", "ja"),
        metrics={"held_out": figures},
        releasable=False,
    )
    show(card, out=Path("out"))
    shown = capsys.readouterr().out
    for told in (
        "2,000 held out texts",
        "1,234",
        "0.40..0.60",
        "best: xl 0.55 from 0.10",
        "worst: xe 0.20",
    ):
        assert told in shown
    assert "neutral" not in shown
    assert "arousal" not in shown
    assert "not releasable" in shown
