"""The lender and the adviser of a head: which may be named, and that a card keeps the lender."""

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


@pytest.mark.parametrize(("head", "adviser"), [("ekman6", "plutchik8"), ("sentiment", "goemotions28")])
def test_only_goemotions_advises_and_only_ekmans_head(tmp_path: Path, head: str, adviser: str) -> None:
    path = tmp_path / "recipe.toml"
    heads = "".join(f"[heads.{name}]\n" for name in ("plutchik8", "goemotions28"))
    path.write_text(f'[heads.{head}]\nadviser = "{adviser}"\n{heads}', encoding="utf-8")
    with pytest.raises(ConfigError, match="goemotions28"):
        read_recipe(path)


def test_an_adviser_of_the_recipe_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('[heads.ekman6]\nadviser = "goemotions28"\n[heads.goemotions28]\n', encoding="utf-8")
    assert read_recipe(path).heads["ekman6"].adviser == "goemotions28"
