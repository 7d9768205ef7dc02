from __future__ import annotations

import pytest

from tongli.core import ConfigError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.train.recipe import HeadRecipe, Recipe, read_recipe


def test_the_shipped_recipe_reads(pytestconfig):
    recipe = read_recipe(pytestconfig.rootpath / "examples/learn/recipe.toml")
    assert recipe.heads["ekman6"].loss == 3.0
    assert recipe.steps == recipe.examples // recipe.batch


def test_a_recipe_may_begin_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_bytes(b"\xef\xbb\xbfbatch = 8\r\n[heads.ekman6]\r\n")
    assert read_recipe(path).batch == 8


def test_files_are_relative_to_the_recipe(folder):
    recipe = read_recipe(folder / "recipe.toml")
    assert recipe.train == (str(folder / "train.jsonl"),)


def test_what_a_recipe_does_not_say_is_off():
    recipe, head = Recipe(), HeadRecipe()
    assert (recipe.r_drop, recipe.adversarial, recipe.device) == (0.0, "none", "auto")
    assert (head.objective, head.label_smoothing) == ("bce", 0.0)


def test_robust_and_regularised_training_is_read(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text(
        'r_drop = 1\nadversarial = "freelb"\nadversarial_radius = 0.1\ndevice = "cuda:1"\n'
        '[heads.ekman6]\nobjective = "asymmetric"\ngamma_negative = 2\nlabel_smoothing = 0.1\n'
        "[heads.sentiment]\nlabel_smoothing = 0.2\n[heads.intensity]\n",
        encoding="utf-8",
    )
    recipe = read_recipe(path)
    assert (recipe.r_drop, recipe.adversarial, recipe.adversarial_radius) == (1.0, "freelb", 0.1)
    assert recipe.device == "cuda:1"
    assert recipe.heads["ekman6"] == HeadRecipe(
        objective="asymmetric", gamma_negative=2.0, label_smoothing=0.1
    )
    assert recipe.heads["sentiment"].label_smoothing == 0.2


def test_a_scheme_of_ones_own_is_read(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text(
        'train = ["a.jsonl"]\n[schemes.mood]\nlabels = ["up", "down"]\nkind = "multilabel"\n'
        '[heads.mood]\nobjective = "asymmetric"\n[heads.ekman6]\n',
        encoding="utf-8",
    )
    recipe = read_recipe(path)
    assert recipe.scheme("mood").labels == ("up", "down")
    assert recipe.scheme("ekman6") is SCHEMES["ekman6"]


def test_an_adaptation_is_read(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text('[adaptation]\nmethod = "lora"\nrank = 4\n[heads.ekman6]\n', encoding="utf-8")
    assert read_recipe(path).adaptation == Adaptation(method="lora", rank=4)
    assert Recipe().adaptation == Adaptation(method="layers")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[adaptation]\nmethod = "prefix"\n[heads.ekman6]', "recipe.value"),
        ('[adaptation]\nmethod = "magic"\n[heads.ekman6]', "adapt.method"),
        ("[adaptation]\nlength = 3\n[heads.ekman6]", "recipe.key"),
        ("adaptation = 3\n[heads.ekman6]", "recipe.value"),
        ("[heads]\nekman6 = 3", "recipe.value"),
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
        ('precision = "half"\n[heads.ekman6]', "recipe.value"),
        ('adversarial = "fgsm"\n[heads.ekman6]', "recipe.value"),
        ("adversarial_steps = 0\n[heads.ekman6]", "recipe.value"),
        ("r_drop = -1\n[heads.ekman6]", "recipe.value"),
        ("batch = 0\n[heads.ekman6]", "recipe.value"),
        ("examples = 0\n[heads.ekman6]", "recipe.value"),
        ("max_tokens = 2\n[heads.ekman6]", "recipe.value"),
        ("evaluate_every = 0\n[heads.ekman6]", "recipe.value"),
        ("patience = 0\n[heads.ekman6]", "recipe.value"),
        ("dropout = 1.5\n[heads.ekman6]", "recipe.value"),
        ("average = 1.0\n[heads.ekman6]", "recipe.value"),
        ("held_out = 1.0\n[heads.ekman6]", "recipe.value"),
        ("warm_up = 3.0\n[heads.ekman6]", "recipe.value"),
        ("clip = 0.0\n[heads.ekman6]", "recipe.value"),
        ("[heads.ekman6]\ninner = 0", "recipe.value"),
        ("[heads.ekman6]\nbag = 1", "recipe.value"),
        ("device = 0\n[heads.ekman6]", "recipe.value"),
        ('[heads.ekman6]\nobjective = "focal"', "recipe.value"),
        ('[heads.sentiment]\nobjective = "asymmetric"', "recipe.value"),
        ("[heads.ekman6]\nlabel_smoothing = 1", "recipe.value"),
        ("[heads.ekman6]\nmargin = 1.0", "recipe.value"),
        ("[heads.intensity]\nlabel_smoothing = 0.1", "recipe.value"),
        ('[schemes.mood]\nlabels = ["up", "down"]\n[heads.mood]', "recipe.value"),  # of no public set
        ('[schemes.mood]\nlabels = ["up"]\n[heads.ekman6]', "scheme.labels"),
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
