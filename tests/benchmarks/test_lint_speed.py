from __future__ import annotations

import importlib
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("lint_speed")
    sys.path.remove(str(FOLDER))


def test_help():
    done = subprocess.run(
        [sys.executable, FOLDER / "lint_speed.py", "--help"], capture_output=True, text=True, check=True
    )
    assert "How fast tongli lint reads" in done.stdout.replace("`", "")


def test_the_measured_text_holds_what_is_measured(script):
    text = script.text("en", 600, rng=random.Random(0))
    assert text.count("tongli: ignore") > 0
    entries = {"ja-JP": script.catalogue("en", "ja-JP")}
    assert script.pipeline(script.Linter("en", entries), "en")(text)
