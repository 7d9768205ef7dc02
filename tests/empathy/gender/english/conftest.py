from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def rows() -> Callable[[str], list[list[str]]]:
    """Rows of a table beside the tests."""

    def read(name: str) -> list[list[str]]:
        lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
        return [line.split("\t") for line in lines if not line.startswith("#")]

    return read
