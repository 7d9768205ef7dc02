from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError
from tongli.knowledge.schemes import own_scheme
from tongli.learning.extra import require
from tongli.learning.search.outcome import Outcome, Tried
from tongli.learning.search.page import page
from tongli.learning.search.reading import read_space, searchable
from tongli.learning.search.space import Choice, Space, Span
from tongli.learning.search.write import to_toml
from tongli.learning.train.recipe import HeadRecipe, Recipe, read_recipe

GOOD = 'recipe = "recipe.toml"\n'


def write(bench, tmp_path, text):
    recipe = (bench / "recipe.toml").read_text("utf-8")
    (tmp_path / "recipe.toml").write_text(recipe, encoding="utf-8")
    path = tmp_path / "space.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_ranges_and_lists_are_read(space):
    assert space.ranges == {
        "head_rate": Span(low=1e-4, high=1e-1, log=True),
        "batch": Choice(values=(8, 16)),
        "heads.ekman6.inner": Span(low=4, high=12),
    }
    assert space.looks == 3
    assert (space.pruner, space.seed) == ("median", 3)


def test_a_recipe_outside_the_ranges_is_not_tried_first(bench, tmp_path):
    space = read_space(write(bench, tmp_path, GOOD + "[search]\nbatch = [32, 64]"))
    assert space.start == {}


def test_what_holds_in_trials_only_is_not_kept(bench, tmp_path):
    space = read_space(write(bench, tmp_path, GOOD + "[trial]\nexamples = 160\n[search]\nbatch = [8, 32]"))
    values = {"batch": 32}
    assert (space.trial_of(values).examples, space.recipe_of(values).examples) == (160, 480)
    assert space.trial_of(values).evaluate_every == space.recipe_of(values).evaluate_every == 5
    assert space.looks == 1


def test_the_digest_knows_another_search_but_not_another_folder(bench, tmp_path, space):
    text = (bench / "space.toml").read_text("utf-8")
    assert read_space(write(bench, tmp_path, text)).digest == space.digest
    assert read_space(write(bench, tmp_path, text.replace("12", "13"))).digest != space.digest


def test_every_key_that_decides_how_a_recipe_learns_can_be_searched(space):
    keys = searchable(space.recipe)
    assert {"rate", "head_rate", "batch", "dropout", "power", "heads.sentiment.loss"} <= set(keys)
    assert not {"seed", "held_out", "near", "schemes", "train", "dev", "model", "examples", "heads"} & set(
        keys
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("recipe = ", "space.unreadable"),
        ("[search]\nrate = [1e-4, 1e-3]", "space.range"),
        (GOOD, "space.range"),
        (GOOD + "search = 3", "space.range"),
        (GOOD + "speed = 3\n[search]\nbatch = [8, 16]", "space.key"),
        (GOOD + 'pruner = "best"\n[search]\nbatch = [8, 16]', "space.range"),
        (GOOD + "seed = -1\n[search]\nbatch = [8, 16]", "space.range"),
        (GOOD + "[search]\nheld_out = [0.1, 0.2]", "space.key"),
        (GOOD + "[search]\nseed = [1, 2, 3]", "space.key"),
        (GOOD + "[search]\nspeed = [1, 2]", "space.key"),
        (GOOD + "[search]\nheads.mood.loss = [1.0, 2.0]", "space.key"),
        (GOOD + "[search]\nheads.intensity.loss = [1.0, 2.0]", "space.key"),
        (GOOD + "[search]\nheads.ekman6.width = [1, 2]", "space.key"),
        (GOOD + "[search]\nheads.ekman6 = [1, 2]", "space.key"),
        (GOOD + "[search]\nbatch = []", "space.range"),
        (GOOD + "[search]\nbatch = [8, 8]", "space.range"),
        (GOOD + "[search]\nbatch = [8, 16.5]", "space.range"),
        (GOOD + "[search]\nbatch = [8, true]", "space.range"),
        (GOOD + "[search]\nbatch = 8", "space.range"),
        (GOOD + "[search]\nrate = {low = 1e-3}", "space.range"),
        (GOOD + "[search]\nrate = {low = 1e-3, high = 1e-4}", "space.range"),
        (GOOD + "[search]\nrate = {low = 0, high = 1e-4, log = true}", "space.range"),
        (GOOD + "[search]\nrate = {low = 1e-5, high = 1e-4, log = 1}", "space.range"),
        (GOOD + "[search]\nrate = {low = 1e-5, high = inf}", "space.range"),
        (GOOD + "[search]\nrate = {low = 1e-5, high = 1e-4, step = 2}", "space.range"),
        (GOOD + "[search]\nrate = {low = -1, high = 1e-4}", "space.range"),
        (GOOD + "[trial]\nbatch = 3\n[search]\nbatch = [8, 16]", "space.key"),
        (GOOD + "[trial]\nexamples = 0\n[search]\nbatch = [8, 16]", "space.range"),
        (GOOD + "trial = 3\n[search]\nbatch = [8, 16]", "space.range"),
        (GOOD + "[search]\nbatch = [0, 16]", "recipe.value"),
        (GOOD + "[search]\ndropout = {low = 0.0, high = 1.5}", "recipe.value"),
        ('recipe = "none.toml"\n[search]\nbatch = [8, 16]', "recipe.unreadable"),
    ],
)
def test_bad_searches_have_a_code(bench, tmp_path, text, code):
    with pytest.raises(ConfigError) as caught:
        read_space(write(bench, tmp_path, text))
    assert caught.value.code == code


def test_without_optuna_the_message_says_what_to_install(monkeypatch):
    monkeypatch.setattr("tongli.learning.extra.find_spec", lambda _: None)
    with pytest.raises(ConfigError) as caught:
        require("a search", "optuna")
    assert caught.value.code == "extra.missing"
    assert "tongli[train]" in caught.value.fix


def test_the_example_reads(pytestconfig):
    space = read_space(pytestconfig.rootpath / "examples/learn/search.toml")
    assert space.start
    assert space.looks >= 2


numbers = st.floats(min_value=0, allow_nan=False)


@given(
    rate=numbers,
    clip=st.floats(min_value=0, exclude_min=True, allow_nan=False),
    batch=st.integers(1, 10**9),
    model=st.text(st.characters(codec="utf-8", exclude_characters="\x7f"), min_size=1),
    loss=numbers,
)
def test_a_written_recipe_reads_the_same(tmp_path_factory, rate, clip, batch, model, loss):
    folder = tmp_path_factory.mktemp("toml")
    heads = {"ekman6": HeadRecipe(loss=loss), "empathy": HeadRecipe()}
    recipe = Recipe(rate=rate, clip=clip, batch=batch, model=model, heads=heads)
    (folder / "best.toml").write_text(to_toml(recipe, folder=folder), encoding="utf-8")
    assert read_recipe(folder / "best.toml") == recipe


def test_schemes_of_ones_own_are_written(tmp_path):
    scheme = own_scheme("mood", labels=('so "so"', "ü"), kind="multilabel")
    recipe = Recipe(
        train=(str(tmp_path / "a.jsonl"),), schemes={"mood": scheme}, heads={"mood": HeadRecipe()}
    )
    (tmp_path / "best.toml").write_text(to_toml(recipe, folder=tmp_path), encoding="utf-8")
    assert read_recipe(tmp_path / "best.toml") == recipe


def test_a_page_holds_whatever_was_tried(space):
    """Equal scores, one trial, none: axes without a spread, and names that are markup."""
    recipe = Recipe(heads={"ekman6": HeadRecipe()}, model="<b>")
    odd = Space(
        recipe=recipe, trial={}, ranges={"batch": Choice(values=(64,)), "rate": Span(low=0.0, high=1.0)}
    )
    tried = [
        Tried(
            number=n,
            state="finished",
            score=0.5,
            values={"batch": 64, "rate": 0.5},
            looks={1: 0.5},
            seconds=1,
            base=False,
        )
        for n in range(2)
    ]
    for trials in ((), tried[:1], tried):
        told = page(Outcome(space=odd, trials=tuple(trials), importances={"<i>": 1.0}))
        assert "nan" not in told
        assert "<i>" not in told
