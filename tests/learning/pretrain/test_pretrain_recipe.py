from __future__ import annotations

from dataclasses import replace

import pytest

from tongli.core import ConfigError
from tongli.learning.pretrain.recipe import PretrainRecipe, read_recipe


def test_the_shipped_example_reads_and_names_every_key(pytestconfig):
    path = pytestconfig.rootpath / "examples/learn/pretrain.toml"
    recipe = read_recipe(path)
    assert recipe.texts == (str(path.parent / "texts.jsonl"),)
    assert replace(recipe, texts=()) == PretrainRecipe()
    text = path.read_text(encoding="utf-8")
    assert [name for name in PretrainRecipe.__dataclass_fields__ if f"{name} = " not in text] == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("steps = ", "recipe.unreadable"),
        ("", "recipe.value"),
        ("texts = []", "recipe.value"),
        ('texts = "a.jsonl"', "recipe.value"),
        ("speed = 3", "recipe.key"),
        ("steps = 0", "recipe.value"),
        ("steps = 300", "recipe.value"),  # all of them for the head
        ("steps = 1.5", "recipe.value"),
        ("rate = -1", "recipe.value"),
        ("rate = nan", "recipe.value"),
        ("rate = inf", "recipe.value"),
        ("mask = 0", "recipe.value"),
        ("mask = 1.0", "recipe.value"),
        ("whole_words = 1", "recipe.value"),
        ("max_tokens = 8000", "recipe.value"),
        ("max_tokens = 2", "recipe.value"),
        ('precision = "float8"', "recipe.value"),
        ('schedule = "step"', "recipe.value"),
        ("held_out = 1", "recipe.value"),
    ],
)
def test_bad_recipes_have_a_code(tmp_path, text, code):
    path = tmp_path / "pretrain.toml"
    path.write_text(text if "texts" in text or not text else f'texts = ["a.jsonl"]\n{text}', "utf-8")
    with pytest.raises(ConfigError) as caught:
        read_recipe(path)
    assert caught.value.code == code


def test_a_missing_recipe_has_a_code(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read_recipe(tmp_path / "none.toml")
    assert caught.value.code == "recipe.unreadable"
