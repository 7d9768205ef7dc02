from __future__ import annotations

import re
from pathlib import Path

import tongli
from tongli.core.environment import REMOTE, VARIABLES, set_variables

SOURCE = Path(tongli.__file__).parent


def test_the_list_has_every_variable_that_the_sources_name():
    sources = [path for path in SOURCE.rglob("*.py") if path.name != "environment.py"]
    named = {name for path in sources for name in re.findall(r"\bTONGLI_[A-Z_]+\b", path.read_text("utf-8"))}
    assert len(named) > 15
    assert set(VARIABLES) == named
    assert len(VARIABLES) == len(set(VARIABLES))


def test_values_are_never_told():
    found = set_variables({"TONGLI_PEOPLE_KEY": "secret", "TONGLI_MT": "", "OTHER": "1"})
    assert tuple(found) == VARIABLES
    assert {name for name, on in found.items() if on} == {"TONGLI_PEOPLE_KEY"}


def test_what_may_send_texts_away_comes_first():
    assert VARIABLES[: len(REMOTE)] == REMOTE
