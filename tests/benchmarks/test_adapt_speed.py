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
    yield importlib.import_module("adapt_speed")
    sys.path.remove(str(FOLDER))


def test_help():
    done = subprocess.run(
        [sys.executable, FOLDER / "adapt_speed.py", "--help"], capture_output=True, text=True, check=True
    )
    assert "How fast tongli adapt works" in done.stdout.replace("`", "")


def test_the_measured_text_holds_what_is_measured(script):
    edits = script.pipeline("zh")(script.text("zh", 6000, rng=random.Random(0)))
    assert len({edit.kind for edit in edits}) > 1
