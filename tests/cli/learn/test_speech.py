"""``tongli learn speech`` in real processes; the parts are tested in tests/learning/speech."""

from __future__ import annotations

import json
import wave

import numpy as np
import pytest

from tongli.emotion.speech.head import load_head

pytest.importorskip("av")

RATE = 16_000
HERTZ = {"anger": 260, "sadness": 110}


def save(path, hertz):
    """Half a second of a hummed tone with its overtones."""
    at = np.arange(RATE // 2) / RATE
    sound = sum(np.sin(2 * np.pi * hertz * n * at) / n for n in range(1, 8)) * 6000
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes(sound.astype("<i2").tobytes())


@pytest.fixture
def manifest(tmp_path):
    lines = []
    for number in range(20):
        emotion = list(HERTZ)[number % 2]
        save(tmp_path / f"{number}.wav", HERTZ[emotion] + number)
        clip = {"id": number, "path": f"{number}.wav", "speaker": number // 2 % 2, "emotion": emotion}
        lines.append(json.dumps({**clip, "lang": "en"}))
    path = tmp_path / "manifest.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.models
def test_clips_to_a_head(real, manifest, tmp_path):
    words = ["learn", "speech", manifest, "-o", tmp_path / "out", "--copies", "0", "--licence", "CC0-1.0"]
    env = {"OMP_NUM_THREADS": "1"}
    done = real(*words, "--cache", tmp_path / "kept", "--json", **env)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert (found["labels"], found["releasable"], found["speakers"]) == (["angry", "sad"], True, 2)
    assert found["speakers_left_out_plain"]["clips"] == 20
    assert load_head(tmp_path / "out").card.labels == ("angry", "sad")
    assert len(list((tmp_path / "kept").iterdir())) == 1
    again = real(*words, **env)
    assert (again.returncode, b"error[output.exists]" in again.stderr) == (2, True)


def test_data_that_is_not_free_is_refused(real, manifest, tmp_path):
    done = real("learn", "speech", manifest, "-o", tmp_path / "out", "--licence", "CC-BY-NC-4.0")
    assert (done.returncode, b"error[licence.not-free]" in done.stderr) == (2, True)
    assert not (tmp_path / "out").exists()


def test_a_manifest_of_another_form(real, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"path": "x.wav"}\n')
    done = real("learn", "speech", tmp_path / "bad.jsonl", "-o", tmp_path / "out")
    assert (done.returncode, b"error[speech.manifest]" in done.stderr) == (2, True)
