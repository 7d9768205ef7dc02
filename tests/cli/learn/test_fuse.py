"""``tongli learn fuse`` in real processes; the parts are tested in tests/learning/fusion."""

from __future__ import annotations

import gzip
import json
import wave

import numpy as np
import pytest

from tongli.emotion.fusion import Fusion

pytest.importorskip("av")
pytest.importorskip("torch")

RATE = 16_000
HERTZ = {"anger": 260, "sadness": 110}
TEXTS = {"anger": "I am furious about invoice", "sadness": "I cried all night over letter"}


def write(path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def save(path, hertz):
    """Half a second of a hummed tone with its overtones."""
    at = np.arange(RATE // 2) / RATE
    sound = sum(np.sin(2 * np.pi * hertz * n * at) / n for n in range(1, 8)) * 6000
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(sound.astype("<i2").tobytes())


@pytest.fixture
def data(tmp_path):
    """A folder laid out as the public sets."""
    folder = tmp_path / "data"
    for source in ("goemotions", "brighter"):
        texts = [
            {"id": f"{name}{number}", "text": f"{text} {number}", "lang": "en", "labels": [name]}
            for name, text in TEXTS.items()
            for number in range(20)
        ]
        write(folder / source / "dev.jsonl.gz", texts)
    clips = []
    for number in range(32):
        emotion = list(HERTZ)[number % 2]
        clip = {"id": str(number), "path": f"{number}.wav", "speaker": str(number // 2 % 3), "lang": "de"}
        clips.append({**clip, "emotion": emotion, "split": "train"})
    write(folder / "emodb7_2s" / "manifest.jsonl.gz", clips)
    for number, clip in enumerate(clips):
        save(folder / "emodb7_2s" / clip["path"], HERTZ[clip["emotion"]] + number)
    return folder


@pytest.mark.models
def test_sets_to_weights(real, data, tmp_path):
    words = ["learn", "fuse", "-o", tmp_path / "out", "--data", data, "--cache", tmp_path / "kept"]
    done = real(*words, "--threads", "1", "--json", OMP_NUM_THREADS="1")
    assert done.returncode == 0, done.stderr.decode()
    assert {"text", "speech", "text+speech"} <= set(json.loads(done.stdout)["learnt_from"])
    assert Fusion(folder=tmp_path / "out").weights.card.data
    again = real(*words)
    assert (again.returncode, b"error[output.exists]" in again.stderr) == (2, True)


def test_sets_that_are_not_there(real, tmp_path):
    done = real("learn", "fuse", "-o", tmp_path / "out", "--data", tmp_path)
    assert (done.returncode != 0, b"error[data.missing]" in done.stderr) == (True, True)
