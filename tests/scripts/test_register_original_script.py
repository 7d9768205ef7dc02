"""The fit of what originals tell, on examples that the test writes."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "scripts"


@pytest.fixture(scope="module")
def script():
    pytest.importorskip("sklearn")
    sys.path.insert(0, str(FOLDER))
    yield importlib.import_module("register_original")
    sys.path.remove(str(FOLDER))


def test_an_original_with_you_speaks_for_the_person_addressed(script):
    found = [
        script.Example(
            lang="es",
            kind="verb",
            features=[],
            marked=who == "You",
            gold=True,
            text="Tiene tiempo.",
            index=0,
            group=f"{who} said {number}.",
        )
        for who in ("You", "She")
        for number in range(20)
    ]
    rows = script.described(found, np.zeros(len(found)), None)
    vectors, model = script.fitted(rows, [example.marked for example in found])
    learnt = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    assert learnt["verb you"] > 0 > learnt["verb third"]
    assert script.in_folds(rows, found).all()
