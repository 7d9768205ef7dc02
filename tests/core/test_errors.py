"""Codes are an interface: every code raised in the sources is documented, and every documented one exists."""

from __future__ import annotations

import re
from pathlib import Path

import tongli
from tongli.core import InputError, shorten

SOURCES = Path(tongli.__file__).parent
RAISED = re.compile(r"""(?:Error|_bad\w*|_error|_refuse\w*|_fail\w*)\(\s*f?"([a-z0-9]+(?:\.[a-z0-9-]+)+)\"""")


def test_an_error_says_what_was_received_allowed_and_to_do():
    error = InputError("input.test", received="a", allowed="b", fix="Do c.")
    assert str(error) == "[input.test] received a; allowed: b. Do c."
    assert error.to_dict() == {"code": "input.test", "received": "a", "allowed": "b", "fix": "Do c."}
    assert error.exit_status == 2


def test_long_values_are_cut():
    assert len(shorten("x" * 500)) == 60


def test_every_code_is_documented():
    documented = set(re.findall(r"^\| `([a-z0-9.-]+)` \|", _page(), flags=re.MULTILINE))
    raised = {code for path in SOURCES.rglob("*.py") for code in RAISED.findall(path.read_text("utf-8"))}
    assert raised - documented == set()


def _page() -> str:
    return (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
