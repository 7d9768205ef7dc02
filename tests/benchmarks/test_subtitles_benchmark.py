from __future__ import annotations

import importlib
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tongli.applications.subtitles.cue import Cue
from tongli.applications.subtitles.limits import limits
from tongli.applications.subtitles.words import TimedWord

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("subtitles")
    sys.path.remove(str(FOLDER))


def test_help():
    done = subprocess.run(
        [sys.executable, FOLDER / "subtitles.py", "--help"], capture_output=True, text=True, check=True
    )
    assert "Subtitles from timed words" in done.stdout


def test_a_talk_has_its_rate_and_length(script):
    words = script.talk("en", minutes=3, pace=1.0, rng=random.Random(1))
    assert words[-1].end > 180_000
    speaking = sum(word.end - word.start for word in words) / 0.95 / 1000
    assert sum(len(word.text) + 1 for word in words) / speaking == pytest.approx(14.5, rel=0.15)


def test_what_is_late_and_what_is_lost_is_seen(script):
    words = [TimedWord(text="yes", start=0, end=500), TimedWord(text="no", start=3000, end=3500)]
    cues = [Cue(start=0, end=900, text="yes"), Cue(start=3126, end=4000, text="no")]
    assert script.late(cues, words, limits("en")) == 1
    assert script.letters(iter(["- a b\u200f", "c"])) == "abc"


def test_a_talk_is_judged(script):
    row = script.measured("ja", talks=2, minutes=0.5, pace=1.0)
    assert row["cues"] > 5
    assert (row["hard"], row["lost"]) == (0, 0)
