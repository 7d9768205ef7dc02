"""Heads that learn on from what they are: the rest stays, and swapped persons come to matter less."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import optuna
import pytest
import torch

from tongli.core import ConfigError
from tongli.emotion.card import load_card
from tongli.emotion.head import load_head
from tongli.encoders.sources import OVERLAY
from tongli.learning.continual.refitted import prepare_refit, refit_heads
from tongli.learning.continual.swaps import MOST, Pairing, Swaps
from tongli.learning.data.licences import Verdict
from tongli.learning.data.record import Record, write_records
from tongli.learning.search.reading import read_space
from tongli.learning.search.run import Budget, Listener, search
from tongli.learning.train.corpus import Corpus
from tongli.learning.train.head import Finish
from tongli.learning.train.loop import Trainer
from tongli.learning.train.recipe import HeadRecipe, Recipe, check_recipe
from tongli.learning.train.run import open_corpus

GOOD, BAD = ("splendid", "lovely", "wonderful"), ("dreadful", "awful", "horrid")
NAMES = ("Maria", "Ahmed", "Olga", "Kwame", "Hiroshi", "Priya")


def told(text, *, joy):
    return Record(
        id=text,
        text=text,
        lang="en",
        labels={"ekman6": {"joy": float(joy), "anger": float(not joy)}},
        source="authored",
        licence="CC0-1.0",
    )


def days(count, *, split):
    return [
        told(f"what a {(GOOD, BAD)[at % 2][at % 3]} {split} day number {at}", joy=at % 2 == 0)
        for at in range(count)
    ]


def with_names(count):
    return [told(f"{NAMES[at % 6]} had a {GOOD[at % 3]} day number {at}", joy=True) for at in range(count)]


@pytest.fixture
def recipe(base, usual, tmp_path):
    write_records(tmp_path / "train.jsonl", [*days(160, split="rainy"), *with_names(60)])
    write_records(tmp_path / "dev.jsonl", days(40, split="sunny"))
    return replace(
        usual,
        train=(str(tmp_path / "train.jsonl"),),
        dev=(str(tmp_path / "dev.jsonl"),),
        base=str(base),
        refit=True,
        near=1.0,
        heads={"ekman6": HeadRecipe()},
    )


def checked(recipe, place):
    check_recipe(recipe)
    corpus = Corpus(train={}, dev={}, verdict=Verdict(releasable=True, research_only=False, sources=()))
    refit_heads(recipe, corpus, where=place, log=lambda _step, _found: None)


def where(tmp_path, settings):
    return Finish(out=tmp_path / "new", cache=tmp_path / "cache", settings=settings, tell=lambda _: None)


def prepared_for(recipe, tmp_path, settings):
    corpus = open_corpus(recipe, data=None, research_only=False)
    return prepare_refit(recipe, corpus, where=where(tmp_path, settings))


def test_only_the_heads_of_the_recipe_change(recipe, base, settings, tmp_path):
    corpus = open_corpus(recipe, data=None, research_only=False)
    (card,) = refit_heads(recipe, corpus, where=where(tmp_path, settings), log=lambda _step, _found: None)
    new = tmp_path / "new"
    for name in ("sentiment.json", "sentiment.safetensors", "intensity.safetensors", OVERLAY):
        assert (new / name).read_bytes() == (base / name).read_bytes()
    assert (new / "ekman6.safetensors").read_bytes() != (base / "ekman6.safetensors").read_bytes()
    assert card == load_card(new / "ekman6.json")
    assert card.made_by["base"]
    assert card.metrics["dev"]["macro_f1_mean"] > 0.3  # two of the six labels occur
    assert load_head(new, "ekman6").arrays.up.shape == load_head(base, "ekman6").arrays.up.shape


def test_it_starts_from_what_the_head_is(recipe, base, settings, tmp_path):
    prepared = prepared_for(recipe, tmp_path, settings)
    network = prepared.anew(recipe)
    head = load_head(base, "ekman6")
    features = np.asarray(prepared.states.pooled[:5], np.float32)
    slope, offset = (1.0, 0.0) if head.words is None else (1 + head.words.slope, head.words.offset)
    expected = head.arrays.logits(features) * slope + offset
    trainer = Trainer(
        network,
        pool=prepared.pool,
        states=prepared.states,
        recipe=recipe,
        folder=tmp_path / "run",
        tell=lambda _: None,
        log=lambda _step, _found: None,
    )
    read = trainer.network.features(torch.zeros(5, 0, 1), torch.zeros(5, 0), torch.from_numpy(features))
    assert np.allclose(trainer.network.heads["ekman6"](read).detach().numpy(), expected, atol=1e-3)


def test_a_portion_holds_out_the_same_texts(recipe, settings, tmp_path):
    every, some = (
        prepared_for(replace(recipe, portion=portion), tmp_path, settings).pool for portion in (1.0, 0.5)
    )
    assert 0.3 < len(some.fit) / len(every.fit) < 0.7
    assert [some.items[row].text for row in some.held_out] == [
        every.items[row].text for row in every.held_out
    ]


def test_pairs_are_drawn_together(recipe, settings, tmp_path):
    recipe = replace(recipe, swaps=3.0)
    prepared = prepared_for(recipe, tmp_path, settings)
    assert prepared.swaps is not None
    assert 0 < len(prepared.swaps.rows) <= MOST
    texts = [prepared.pool.items[row].text for row in prepared.swaps.rows]
    assert all(text.startswith(NAMES) for text in texts)

    def apart(weight):
        plan = replace(recipe, swaps=weight)
        trained = Trainer(
            prepared.anew(plan),
            pool=prepared.pool,
            states=prepared.states,
            recipe=plan,
            folder=tmp_path / f"run-{weight}",
            tell=lambda _: None,
            log=lambda _step, _found: None,
            penalty=prepared.penalty(plan),
        ).run()
        measured = Pairing(prepared.swaps, blind=prepared.states.pooled[prepared.swaps.rows], recipe=recipe)
        return float(measured(trained).detach())

    assert prepared.penalty(replace(recipe, swaps=0.0)) is None
    assert apart(3.0) < apart(0.0)


def test_the_same_features_are_no_difference(recipe, settings, tmp_path):
    prepared = prepared_for(replace(recipe, swaps=1.0), tmp_path, settings)
    blind = prepared.states.pooled[prepared.swaps.rows]
    same = Pairing(Swaps(rows=prepared.swaps.rows, named=blind), blind=blind, recipe=recipe)
    assert float(same(prepared.anew(recipe).eval()).detach()) == 0


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"heads": {"politeness": HeadRecipe()}}, "has not"),
        ({"base": ""}, "refit without base"),
        ({"portion": 0.0}, "portion"),
    ],
)
def test_what_cannot_be_refitted_is_refused(recipe, settings, tmp_path, changes, said):
    with pytest.raises(ConfigError, match=r"recipe\.value") as told:
        checked(replace(recipe, **changes), where(tmp_path, settings))
    assert said in told.value.received
    assert not (tmp_path / "new").exists()


def test_runs_without_a_refit_keep_their_digests():
    assert "refit" not in repr(Recipe())


def test_a_refit_can_be_searched(recipe, base, settings, tmp_path):
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    (tmp_path / "recipe.toml").write_text(
        f'base = "{base}"\nrefit = true\nmodel = "{recipe.model}"\n'
        'train = ["train.jsonl"]\ndev = ["dev.jsonl"]\n'
        "near = 1.0\nheld_out = 0.25\nexamples = 320\nbatch = 16\nevaluate_every = 10\naverage = 0.9\n"
        "head_rate = 1e-3\n[heads.ekman6]\n"
    )
    (tmp_path / "space.toml").write_text(
        'recipe = "recipe.toml"\n[search]\nhead_rate = { low = 1e-4, high = 1e-2, log = true }\n'
        "swaps = { low = 0.0, high = 4.0 }\n"
    )
    space = read_space(tmp_path / "space.toml")
    prepared = prepared_for(space.trial_of({}), tmp_path, settings)
    outcome = search(
        space, prepared=prepared, folder=tmp_path / "study", budget=Budget(trials=2), listener=Listener()
    )
    assert [trial.state for trial in outcome.trials] == ["finished", "finished"]
    assert outcome.trials[0].base
    assert outcome.best is not None
    assert "refit = true" in (tmp_path / "study" / "best.toml").read_text()


def test_the_example_can_be_searched(pytestconfig):
    space = read_space(pytestconfig.rootpath / "examples/learn/heads-search.toml")
    assert space.recipe.refit
    assert space.start["head_rate"] == space.recipe.head_rate
