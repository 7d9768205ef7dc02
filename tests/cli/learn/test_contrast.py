"""``tongli learn contrast`` in real processes, with the tiny encoder."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tongli.core import Settings
from tongli.emotion.space import load_space
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
                **{"licence": "CC0-1.0", **changes},
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
    vectors = space.vectors(encoder.features(["splendid en new", "lovely ja new", "horrid de new"]))
    assert vectors.shape == (3, 8)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    np.testing.assert_array_equal(space.card.languages, ["de", "en", "ja"])
    again = run(train)
    assert (again.returncode, b"error[output.exists]" in again.stderr) == (2, True)
    shown = run(train, "--overwrite")
    assert b"held out texts" in shown.stdout
    assert b"learnt from" in shown.stdout


def test_one_language_is_refused(run, tmp_path):
    done = run(write(tmp_path / "train.jsonl", langs=("pt-BR", "pt-PT")))
    assert (done.returncode, b"error[contrast.languages]" in done.stderr) == (2, True)


def test_the_licence_gate_stops_and_nothing_to_learn_from(run, tmp_path):
    done = run(write(tmp_path / "train.jsonl", licence="CC-BY-NC-4.0"))
    assert (done.returncode, b"error[licence.not-free]" in done.stderr) == (2, True)
    done = run()
    assert (done.returncode, b"error[train.data]" in done.stderr) == (2, True)
