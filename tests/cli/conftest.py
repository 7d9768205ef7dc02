"""The command line in real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

REAL = [sys.executable, "-m", "tongli"]
FAKE = [sys.executable, str(Path(__file__).with_name("fake_tongli.py"))]


def environment(**changes: str) -> dict[str, str]:
    """This environment with a fixed width and without what changes the look of the output."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"NO_COLOR", "FORCE_COLOR", "TONGLI_DEBUG", "LINES"}
    }
    return {**kept, "COLUMNS": "80", "PYTHONUTF8": "1", **changes}


def _runner(command: list[str]) -> Run:
    def run(
        *arguments: str | Path, stdin: bytes = b"", cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*command, *map(str, arguments)],
            input=stdin,
            cwd=cwd,
            env=environment(**env),
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def real() -> Run:
    """``tongli`` itself."""
    return _runner(REAL)


@pytest.fixture
def fake() -> Run:
    """``tongli`` with a stand-in for the pipeline: everything but the models."""
    return _runner(FAKE)


@pytest.fixture
def fake_command() -> list[str]:
    return FAKE


@pytest.fixture
def plain_environment() -> dict[str, str]:
    return environment()
