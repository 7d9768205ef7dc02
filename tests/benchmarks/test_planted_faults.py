"""The planted faults are what they say, and the checks see them."""

from __future__ import annotations

import importlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tongli import Tongli

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def planted() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("planted_faults")
    sys.path.remove(str(FOLDER))


def test_every_reply_has_every_fault_once(planted):
    kinds = Counter(case.kind for case in planted.cases())
    assert kinds == Counter(dict.fromkeys([None, *planted.MEANT], 40))


def test_a_fault_differs_from_the_reply_and_from_the_other_faults(planted):
    found = list(planted.cases())
    for start in range(0, len(found), 1 + len(planted.MEANT)):
        drafts = [case.draft for case in found[start : start + 1 + len(planted.MEANT)]]
        assert len(set(drafts)) == len(drafts)
        assert found[start].keep[0] in found[start].draft


@pytest.mark.models
@pytest.mark.parametrize("lang", ["en", "es", "zh"])
def test_good_replies_pass_and_faults_do_not(planted, lang):
    tongli = Tongli()
    chosen = [case for case in planted.cases() if case.lang == lang][: 1 + len(planted.MEANT)]
    verdicts = {case.kind: planted._judged(case, tongli).passed for case in chosen}
    assert verdicts.pop(None)
    assert not any(verdicts.values()), [kind for kind, passed in verdicts.items() if passed]
