from __future__ import annotations

import pytest

from tongli.core import ConfigError
from tongli.learning.train.recipe import read_recipe


def test_the_shipped_recipe_reads(pytestconfig):
    recipe = read_recipe(pytestconfig.rootpath / "examples/learn/recipe.toml")
    assert recipe.heads["ekman6"].loss == 3.0
    assert recipe.steps == recipe.examples // recipe.batch


def test_files_are_relative_to_the_recipe(folder):
    recipe = read_recipe(folder / "recipe.toml")
    assert recipe.train == (str(folder / "train.jsonl"),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("batch = ", "recipe.unreadable"),
        ("batch = 8", "recipe.value"),
        ("[heads.mood]", "recipe.key"),
        ("speed = 3\n[heads.ekman6]", "recipe.key"),
        ("[heads.ekman6]\nwidth = 3", "recipe.key"),
        ("batch = 1.5\n[heads.ekman6]", "recipe.value"),
        ("rate = -1\n[heads.ekman6]", "recipe.value"),
        ("rate = nan\n[heads.ekman6]", "recipe.value"),
        ("batch = true\n[heads.ekman6]", "recipe.value"),
        ("train = [1]\n[heads.ekman6]", "recipe.value"),
    ],
)
def test_bad_recipes_have_a_code(tmp_path, text, code):
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_recipe(path)
    assert caught.value.code == code


def test_a_missing_recipe_has_a_code(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read_recipe(tmp_path / "none.toml")
    assert caught.value.code == "recipe.unreadable"
