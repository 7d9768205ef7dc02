from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("face_speed")
    sys.path.remove(str(FOLDER))


def test_help():
    done = subprocess.run(
        [sys.executable, FOLDER / "face_speed.py", "--help"], capture_output=True, text=True, check=True
    )
    assert "How fast faces are read" in done.stdout


def test_rates(script):
    rate = script.per_second(script.spread([2.0, 4.0, 5.0]), 20)
    assert (rate.low, rate.median, rate.high, rate.runs) == (4, 5, 10, 3)


def test_the_video_is_as_long_as_it_is_said_to_be(script, tmp_path):
    pytest.importorskip("av")
    from tongli.encoders.video.frames import read_video, video_info

    script.write_video(tmp_path / "a.mp4", np.full((512, 512, 3), 200, np.uint8), seconds=1)
    assert video_info(tmp_path / "a.mp4").seconds == pytest.approx(1, abs=0.05)
    assert next(read_video(tmp_path / "a.mp4")).pixels.shape == (720, 1280, 3)


@pytest.mark.models
def test_what_is_measured(script, portrait_file):
    encoder = script.FaceEncoder()
    face = script.read_image(portrait_file)
    assert script.read_faces(encoder.encode(script.group(face))).details["faces"] == 30
    assert script.read_faces(encoder.encode(script.noise())).reason == "no face was found"
