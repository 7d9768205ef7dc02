"""New heads beside trained ones: what was there stays, byte for byte, and all of it reads together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tongli import Tongli
from tongli.core import ConfigError, Message
from tongli.emotion.card import load_card
from tongli.encoders.installed import install
from tongli.encoders.release import README, RELEASE, read_release, require_whole
from tongli.encoders.sources import OVERLAY
from tongli.knowledge.schemes import own_scheme
from tongli.learning.continual.added import add_heads
from tongli.learning.data.record import Record, write_records
from tongli.learning.train.head import Finish
from tongli.learning.train.recipe import HeadRecipe, Recipe, read_recipe
from tongli.learning.train.run import open_corpus

INTENT = own_scheme("intent", labels=("refund", "delivery"), kind="multiclass")
SAID = {"refund": ("give me my money back for", "please refund"), "delivery": ("where is", "when comes")}
THINGS = ("lamp", "radio", "chair", "kettle", "novel", "camera", "violin", "jacket", "pillow", "ticket")


def told(split):
    return [
        Record(
            id=f"{split}-{intent}-{opening}-{thing}",
            text=f"{opening} the {thing} of {split}",
            lang="en",
            labels={"intent": {intent: 1.0}},
            source="desk",
            licence="CC0-1.0",
        )
        for intent, openings in SAID.items()
        for opening in openings
        for thing in THINGS
    ]


@pytest.fixture
def recipe(tmp_path, tiny_model):
    schemes = {"intent": INTENT}
    for split in ("train", "dev"):
        write_records(tmp_path / f"{split}.jsonl", told(split))
    return Recipe(
        train=(str(tmp_path / "train.jsonl"),),
        dev=(str(tmp_path / "dev.jsonl"),),
        model=str(tiny_model),
        held_out=0.3,
        near=1.0,
        schemes=schemes,
        heads={"intent": HeadRecipe(inner=16)},
    )


def add(recipe, out, settings):
    corpus = open_corpus(recipe, data=None, research_only=False)
    where = Finish(out=out, cache=out.parent / "cache", settings=settings, tell=lambda _: None)
    (card,) = add_heads(recipe, corpus, where=where)
    return card


def same(old, new, *, but=()):
    """Whether every file of one folder is in the other, with the same bytes."""
    names = [path.name for path in old.iterdir() if path.is_file() and path.name not in but]
    return names and all((old / name).read_bytes() == (new / name).read_bytes() for name in names)


def refund(scores):
    return scores["intent"]["refund"]


@pytest.mark.slow
def test_tuned_weights_stay_and_read_with_the_new_head(recipe, base, settings, tiny_model, tmp_path):
    out = tmp_path / "more"
    card = add(replace(recipe, base=str(base)), out, settings)
    assert same(base, out)
    assert (out / OVERLAY).is_file()
    assert card == load_card(out / "intent.json")
    assert card.made_by["base"]
    assert card.metrics["dev"]["accuracy_mean"] > 0.7
    message = Message("please refund the lamp", lang="en")
    new, old = (
        Tongli(model=str(tiny_model), settings=replace(settings, heads=folder)).read_many([message])[0]
        for folder in (out, base)
    )
    assert {name: new.scores[name] for name in old.scores} == old.scores
    assert set(new.scores) - set(old.scores) == {"intent"}
    assert refund(new.scores) > 0.5


def test_of_a_release_a_release_is_made(recipe, make_release, tiny_settings, tmp_path):
    settings = replace(tiny_settings, heads=None)
    old, out = make_release("desk"), tmp_path / "more"
    add(replace(recipe, base=str(old)), out, settings)
    assert same(old, out, but=(RELEASE, README))
    release = read_release(out)
    require_whole(out, release)
    assert release.heads == ("ekman6", "sentiment", "intent")
    assert release.digest != read_release(old).digest
    assert "intent" in (out / README).read_text(encoding="utf-8")
    install(out, settings=replace(settings, cache=tmp_path / "cache"))
    (reading,) = Tongli(model=str(out), settings=settings).read_many([Message("please refund it", lang="en")])
    assert list(reading.scores) == ["ekman6", "sentiment", "intent"]


def test_what_cannot_be_added_is_refused_and_leaves_nothing(recipe, make_release, tiny_settings, tmp_path):
    old, out = make_release(), tmp_path / "more"
    recipe = replace(recipe, base=str(old))
    twice = replace(recipe, heads={"sentiment": HeadRecipe()})
    for wrong, code in ((twice, "recipe.value"), (replace(recipe, base="nowhere"), "continue.base")):
        with pytest.raises(Exception, match=code):
            add_heads(
                wrong,
                open_corpus(recipe, data=None, research_only=False),
                where=Finish(out=out, cache=tmp_path, settings=tiny_settings, tell=lambda _: None),
            )
    out.mkdir()
    (out / "mine.txt").write_text("keep")
    with pytest.raises(ConfigError, match=r"output\.exists"):
        add(recipe, out, replace(tiny_settings, heads=None))
    assert [path.name for path in out.iterdir()] == ["mine.txt"]
    assert not (tmp_path / "more.part").exists()


def test_a_recipe_names_its_base(tmp_path):
    path = tmp_path / "recipe.toml"
    path.write_text(
        'base = "shipped"\ntrain = ["a.jsonl"]\n[schemes.intent]\nlabels = ["a", "b"]\n[heads.intent]\n'
    )
    recipe = read_recipe(path)
    assert recipe.base == "shipped"
    assert "base=" not in repr(recipe)  # runs without one go on from checkpoints made before there was one
