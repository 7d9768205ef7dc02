"""The faults planted in translations are what they say, and do not go out."""

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
BY_RULE = ("number", "mark", "made up", "left out", "untranslated", "away")


@pytest.fixture(scope="module")
def planted() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("planted_translations")
    sys.path.remove(str(FOLDER))


def test_every_translation_has_every_fault_of_a_rule_once(planted):
    kinds = Counter(case.kind for case in planted.cases())
    assert {kinds[kind] for kind in (None, "negated", *BY_RULE)} == {35}
    assert kinds["name"] == 28
    assert set(kinds) == {None, "name", *BY_RULE, *planted.WRITTEN}


def test_a_fault_differs_from_the_translation(planted):
    good = ""
    for case in planted.cases():
        good = case.draft if case.kind is None else good
        assert (case.draft == good) == (case.kind is None), case


@pytest.mark.models
@pytest.mark.parametrize("lang", ["de", "zh"])
def test_good_translations_go_out_and_faults_do_not(planted, lang):
    tongli = Tongli()
    first = [case for case in planted.cases() if case.lang == lang][: 2 + len(BY_RULE) + 2]
    went = {case.kind: not planted.stopped(case, planted.translated(case, tongli)) for case in first}
    assert went.pop(None)
    assert not any(went.values()), [kind for kind, out in went.items() if out]
