"""The example in the README's spirit runs as a user would run it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "answer.py"


@pytest.mark.models
def test_the_example_answers_in_german_with_the_reference_and_the_declared_form():
    done = subprocess.run([sys.executable, EXAMPLE], capture_output=True, text=True, check=True, timeout=120)
    feelings, reply = done.stdout.split("\n", 1)
    assert "from:" in feelings
    assert "A-1042" in reply
    assert "Frau Weber" in reply
    assert "Ihnen" in reply or "Sie" in reply
