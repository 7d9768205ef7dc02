"""A whole run on a tiny encoder: it learns, resumes where it was killed, and ships what it measured."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import nullcontext
from dataclasses import replace

import numpy as np
import pytest
import torch

from tongli import Message, Tongli
from tongli.core import ConfigError, ModelError, StorageError
from tongli.emotion.head import load_head
from tongli.encoders.sources import OVERLAY
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.occupying import occupying
from tongli.learning.pretrain.card import CARD
from tongli.learning.train.finish import finish
from tongli.learning.train.head import Finish
from tongli.learning.train.loop import Trainer
from tongli.learning.train.recipe import HeadRecipe, read_recipe
from tongli.learning.train.run import open_corpus, prepare


@pytest.fixture(scope="module")
def settings(tiny_settings):
    return replace(tiny_settings, heads=None)


def start(folder, settings, *, run, **changes):
    recipe = replace(read_recipe(folder / "recipe.toml"), **changes)
    corpus = open_corpus(recipe, data=None, research_only=False)
    prepared = prepare(recipe, corpus, cache=folder / "cache", settings=settings, tell=lambda _: None)
    told = []
    trainer = Trainer(
        prepared.network,
        pool=prepared.pool,
        states=prepared.states,
        recipe=recipe,
        folder=run,
        tell=told.append,
        log=lambda *_: None,
    )
    return recipe, prepared, trainer, told


@pytest.fixture(scope="module")
def finished(folder, settings, tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    recipe, prepared, trainer, _ = start(folder, settings, run=out / "run")
    network = trainer.run()
    where = Finish(out=out, cache=folder / "cache", settings=settings, tell=lambda _: None)
    return finish(prepared, network, recipe=recipe, where=where), out, recipe


def test_it_learns_and_says_what_it_measured(finished):
    cards, _, _ = finished
    figures = {card.head: card.metrics["dev"] for card in cards}
    assert figures["sentiment"]["accuracy_mean"] > 0.9
    assert figures["ekman6"]["macro_f1_all"] > 0.6  # two of the three annotated labels occur
    assert {card.releasable for card in cards} == {True}
    assert cards[0].data[0].name == "authored"
    assert cards[0].made_by["recipe"]


def test_what_was_trained_can_be_read_with(finished, tiny_model, settings):
    _, out, _ = finished
    reader = Tongli(model=str(tiny_model), heads=["sentiment"], settings=replace(settings, heads=out))
    good, bad = reader.read_many(
        [Message("what a lovely song", lang="en"), Message("what an awful meal", lang="en")]
    )
    assert good.scores["sentiment"]["positive"] > 0.6 > bad.scores["sentiment"]["positive"]


def test_heads_refuse_the_encoder_without_its_tuned_layers(finished, tiny_model, settings):
    _, out, _ = finished
    alone = out / "alone"
    alone.mkdir()
    for path in out.glob("sentiment.*"):
        (alone / path.name).write_bytes(path.read_bytes())
    reader = Tongli(model=str(tiny_model), heads=["sentiment"], settings=replace(settings, heads=alone))
    with pytest.raises(ModelError) as caught:
        reader.read_many([Message("hello", lang="en")])
    assert caught.value.code == "heads.encoder"


def test_a_killed_run_ends_as_one_that_was_not(folder, settings, tmp_path):
    _, _, whole, _ = start(folder, settings, run=tmp_path / "whole", examples=960)
    whole.run()
    _, _, killed, _ = start(folder, settings, run=tmp_path / "killed", examples=960)
    steps = []

    def dying(batch, original=killed._step):
        if len(steps) == 47:
            raise KeyboardInterrupt
        steps.append(len(batch))
        original(batch)

    killed._step = dying
    with pytest.raises(KeyboardInterrupt):
        killed.run()
    _, _, again, told = start(folder, settings, run=tmp_path / "killed", examples=960)
    again.run()
    assert "going on from step 40" in told[0]
    for left, right in zip(whole.network.parameters(), again.network.parameters(), strict=True):
        torch.testing.assert_close(left, right)


OPTIONS = {
    "r-drop": {"r_drop": 1.0, "adversarial": "none"},
    "fgm": {"adversarial": "fgm"},
    "pgd": {"adversarial": "pgd", "adversarial_steps": 2},
    "freelb": {"adversarial": "freelb", "adversarial_steps": 2, "precision": "bfloat16"},
    "asymmetric": {"heads": {"ekman6": HeadRecipe(inner=8, objective="asymmetric", label_smoothing=0.1)}},
}


@pytest.mark.parametrize("options", OPTIONS.values(), ids=OPTIONS)
def test_a_killed_run_ends_alike_with_every_option(folder, settings, tmp_path, options):
    """Dropout and random starts are those of the step, whatever was drawn before."""
    changes = {"examples": 192, "evaluate_every": 5, "dropout": 0.2, "head_dropout": 0.2, **options}
    _, _, whole, _ = start(folder, settings, run=tmp_path / "whole", **changes)
    whole.run()
    _, _, killed, _ = start(folder, settings, run=tmp_path / "killed", **changes)
    steps = []

    def dying(batch, original=killed._step):
        if len(steps) == 8:
            raise KeyboardInterrupt
        steps.append(len(batch))
        original(batch)

    killed._step = dying
    with pytest.raises(KeyboardInterrupt):
        killed.run()
    _, _, again, told = start(folder, settings, run=tmp_path / "killed", **changes)
    again.run()
    assert "going on from step 5" in told[0]
    for left, right in zip(whole.network.parameters(), again.network.parameters(), strict=True):
        torch.testing.assert_close(left, right)


def test_dropout_falls_alike_in_all_passes_of_a_step(folder, settings, tmp_path):
    _, prepared, trainer, _ = start(folder, settings, run=tmp_path, dropout=0.3, head_dropout=0.3)
    found = []

    def attack(loss_of, inputs, *, random):
        found.extend(loss_of(inputs.states).total.item() for _ in range(3))
        return loss_of(inputs.states)

    trainer._attack = attack
    trainer.network.train()
    for step in range(2):
        trainer.progress.step = step
        trainer._gradient(prepared.pool.fit[:8], of=8)
    assert found[0] == found[1] == found[2] != found[3] == found[4] == found[5]


def test_a_penalty_counts_once_however_many_passes_there_are(folder, settings, tmp_path):
    grads, totals = [], []
    for name in ("none", "fgm", "pgd", "freelb"):
        _, prepared, trainer, _ = start(
            folder, settings, run=tmp_path, adversarial=name, adversarial_radius=0.0, adversarial_rate=0.0
        )
        trainer._penalties = [lambda network: network.heads["ekman6"].down.weight.square().sum() * 3]
        found = trainer._gradient(prepared.pool.fit[:8], of=16)
        assert found.parts["loss/penalty"] > 0
        totals.append(found.total.item())
        grads.append([item.grad for item in prepared.network.parameters()])
    assert totals == pytest.approx([totals[0]] * 4, rel=1e-5)
    for other in grads[1:]:
        for left, right in zip(grads[0], other, strict=True):
            torch.testing.assert_close(left, right, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("adversarial", ["none", "fgm", "pgd", "freelb"])
def test_a_step_computes_on_its_device_alone(folder, settings, tmp_path, monkeypatch, adversarial):
    """On the meta device nothing is computed, but mixing it with the CPU is an error as on a GPU."""
    monkeypatch.setattr(torch, "autocast", lambda *_, **__: nullcontext())  # which meta does not have
    _, prepared, trainer, _ = start(
        folder, settings, run=tmp_path, adversarial=adversarial, r_drop=1.0, dropout=0.1
    )
    trainer.network.to("meta")
    trainer._device = torch.device("meta")
    found = trainer._gradient(prepared.pool.fit[:8], of=8)
    assert {item.grad.device.type for item in trainer.network.parameters()} == {"meta"}
    assert {part.device.type for part in (found.total, *found.parts.values())} == {"meta"}


def test_an_unknown_device_is_a_coded_error(folder, settings, tmp_path):
    with pytest.raises(ConfigError) as caught:
        start(folder, settings, run=tmp_path, device="gpu")
    assert caught.value.code == "train.device"


def test_a_run_reads_its_states_from_memory(folder, settings, tmp_path):
    _, prepared, trainer, told = start(folder, settings, run=tmp_path, examples=32)
    assert isinstance(prepared.states.tokens, np.memmap)
    trainer.run()
    assert not isinstance(trainer.states.tokens, np.memmap)
    np.testing.assert_array_equal(trainer.states.tokens, prepared.states.tokens)
    assert any("into memory" in line for line in told)


def test_another_recipe_or_a_damaged_checkpoint_is_a_coded_error(folder, settings, tmp_path):
    _, _, trainer, _ = start(folder, settings, run=tmp_path, examples=320)
    trainer.run()
    _, _, other, _ = start(folder, settings, run=tmp_path, examples=640)
    with pytest.raises(ModelError) as caught:
        other.run()
    assert caught.value.code == "train.recipe"
    (tmp_path / "best.pt").unlink()
    with pytest.raises(ModelError) as caught:  # the last weights are not the best
        trainer.run()
    assert caught.value.code == "train.checkpoint"
    path = tmp_path / "last.pt"
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(ModelError) as caught:
        trainer.run()
    assert caught.value.code == "train.checkpoint"


def test_two_runs_at_once_in_a_folder_are_a_coded_error(folder, settings, tmp_path):
    _, _, trainer, _ = start(folder, settings, run=tmp_path, examples=32)
    with occupying("train.busy", tmp_path, what="training"), pytest.raises(ConfigError) as caught:
        trainer.run()
    assert caught.value.code == "train.busy"
    assert str(tmp_path) in caught.value.received
    trainer.run()  # the lock is free again


def test_a_loss_that_is_not_a_number_stops_the_run(folder, settings, tmp_path):
    _, prepared, trainer, _ = start(folder, settings, run=tmp_path)
    with torch.no_grad():
        prepared.network.heads["ekman6"].down.bias.fill_(float("nan"))
    with pytest.raises(ModelError) as caught:
        trainer.run()
    assert caught.value.code == "train.nan"
    assert not np.isnan(trainer.progress.best)


def test_a_full_disk_is_a_coded_error(folder, settings, tmp_path, monkeypatch):
    _, _, trainer, _ = start(folder, settings, run=tmp_path, examples=32)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(StorageError) as caught:
        trainer.run()
    assert caught.value.code == "train.unwritable"
    assert [path.name for path in tmp_path.iterdir()] == ["run.lock"]


def test_a_recipe_without_data_says_what_to_do(folder):
    recipe = replace(read_recipe(folder / "recipe.toml"), train=())
    with pytest.raises(ConfigError) as caught:
        open_corpus(recipe, data=None, research_only=False)
    assert caught.value.code == "train.data"


@pytest.mark.parametrize("method", ["lora", "adalora"])
def test_an_adapted_run_ends_in_plain_layers(folder, settings, tmp_path, method):
    adaptation = Adaptation(method=method, rank=4)
    recipe, prepared, trainer, _ = start(folder, settings, run=tmp_path / "run", adaptation=adaptation)
    network = trainer.run()
    where = Finish(out=tmp_path / "out", cache=folder / "cache", settings=settings, tell=lambda _: None)
    cards = {card.head: card for card in finish(prepared, network, recipe=recipe, where=where)}
    assert cards["sentiment"].metrics["dev"]["accuracy_mean"] > 0.9
    assert (tmp_path / "out" / OVERLAY).is_file()


def test_a_bag_and_words_are_blended_in(folder, settings, tmp_path):
    recipe = read_recipe(folder / "recipe.toml")
    plan = replace(recipe.heads["sentiment"], bag=2, bag_inner=8, bag_epochs=20, words=4.0)
    heads = {"sentiment": plan}
    recipe, prepared, trainer, _ = start(folder, settings, run=tmp_path / "run", heads=heads, examples=320)
    told = []
    where = Finish(out=tmp_path / "out", cache=folder / "cache", settings=settings, tell=told.append)
    (card,) = finish(prepared, trainer.run(), recipe=recipe, where=where)
    assert card.metrics["dev"]["accuracy_mean"] > 0.8
    assert any(re.fullmatch(r"sentiment: tuned head .*%, bag .*%, words .*%", line) for line in told)
    head = load_head(tmp_path / "out", "sentiment")
    assert head.card.words == (() if head.words is None else head.words.languages)


def test_heads_on_a_research_encoder_are_marked(folder, settings, tmp_path, tiny_model):
    model = tmp_path / "model"
    shutil.copytree(tiny_model, model)
    closed = {"source": "closed", "licence": "CC-BY-NC-4.0", "kind": "non-commercial", "records": 3}
    data = {"releasable": False, "research_only": True, "sources": [closed]}
    (model / CARD).write_text(json.dumps({"data": data}), encoding="utf-8")
    recipe = replace(read_recipe(folder / "recipe.toml"), model=str(model))
    with pytest.raises(ConfigError) as caught:
        open_corpus(recipe, data=None, research_only=False)
    assert caught.value.code == "licence.not-free"
    assert not open_corpus(recipe, data=None, research_only=True).verdict.releasable
