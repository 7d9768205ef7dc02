"""The lender of a head: which may be named, and that a card keeps it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongli.core import ConfigError
from tongli.learning.train.recipe import read_recipe

RECIPE = """
[heads.ekman6]
lender = "{lender}"
[heads.plutchik8]
[heads.sentiment]
"""


def written(folder: Path, lender: str) -> Path:
    path = folder / "recipe.toml"
    path.write_text(RECIPE.format(lender=lender), encoding="utf-8")
    return path


def test_a_head_that_has_all_labels_may_lend(tmp_path: Path) -> None:
    assert read_recipe(written(tmp_path, "plutchik8")).heads["ekman6"].lender == "plutchik8"


@pytest.mark.parametrize("lender", ["ekman6", "sentiment", "goemotions28", "nobody"])
def test_another_one_is_refused_with_those_that_may(tmp_path: Path, lender: str) -> None:
    with pytest.raises(ConfigError) as caught:
        read_recipe(written(tmp_path, lender))
    assert caught.value.code == "recipe.value"
    assert "plutchik8" in str(caught.value)
