"""Whole runs on a tiny model: it learns, resumes where it was killed, and is read again."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch

from tongli.core import ConfigError, EngineError, InputError, ModelError, Settings, StorageError
from tongli.learning.generate import run as running
from tongli.learning.generate.base import open_base
from tongli.learning.generate.card import Card
from tongli.learning.generate.dialogues import read_dialogues
from tongli.learning.generate.recipe import read_recipe
from tongli.learning.generate.replies import Sampling, write_replies
from tongli.learning.generate.run import new_tuner, prepare, tune


def quiet(*_):
    """Neither told nor logged."""


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path / "cache", threads=1, offline=True)


@pytest.fixture
def make(settings):
    def made(recipe, *, out, research_only=False):
        prepared = prepare(recipe, out=out, settings=settings, research_only=research_only, tell=quiet)
        return tune(recipe, prepared, out=out, tell=quiet, log=quiet)

    return made


@pytest.fixture
def start(settings):
    def started(recipe, *, out):
        prepared = prepare(recipe, out=out, settings=settings, research_only=False, tell=quiet)
        told = []
        return new_tuner(recipe, prepared, out=out, tell=told.append, log=quiet), told

    return started


def code_of(caught):
    return caught.value.code


def test_replies_are_learnt_saved_merged_and_read_again(recipe, make, settings, dialogues, tmp_path):
    out = tmp_path / "tuned"
    card = make(replace(recipe, merge=True), out=out)
    assert card.looks["end"]["nll"] < card.looks["start"]["nll"] * 0.3
    assert card == Card.read(out)
    assert card.releasable
    assert card.data["sources"][0] == {
        "source": "authored",
        "licence": "CC0-1.0",
        "kind": "free",
        "records": 40,
    }
    assert card.recipe["data"] == ["dialogues.jsonl"]
    assert sum(card.languages.values()) < 40
    told = read_dialogues([dialogues])[::7]
    how = Sampling(max_tokens=12)
    texts = {
        name: [one.text for one in write_replies(told, model=name, how=how, settings=settings, tell=quiet)]
        for name in (str(out), str(out / "merged"))
    }
    assert texts[str(out)] == texts[str(out / "merged")]
    right = [text[:8] == item.reply[:8] for text, item in zip(texts[str(out)], told, strict=True)]
    assert sum(right) > len(right) / 2
    assert open_base(str(out / "merged"), settings).card == card


def test_the_preferred_reply_rises_above_the_other(recipe, make, pairs, tmp_path):
    chosen = replace(recipe, objective="dpo", data=(str(pairs),), licence="LicenseRef-own", steps=30)
    card = make(chosen, out=tmp_path / "tuned")
    assert card.looks["start"]["margin"] == pytest.approx(0, abs=1e-5)
    assert card.looks["start"]["loss"] == pytest.approx(0.6931, abs=1e-3)
    assert card.looks["end"]["margin"] > 0.5
    assert card.looks["end"]["preferred"] == 1
    assert card.objective == "dpo"


def test_preferences_go_on_from_what_was_tuned_and_inherit_its_licences(recipe, make, pairs, lines, tmp_path):
    closed = lines["write"](tmp_path / "closed.jsonl", lines["dialogues"](licence="CC-BY-NC-4.0"))
    first = replace(recipe, data=(str(closed),), steps=4, evaluate_every=2)
    with pytest.raises(ConfigError) as caught:
        make(first, out=tmp_path / "first")
    assert code_of(caught) == "licence.not-free"
    assert not make(first, out=tmp_path / "first", research_only=True).releasable
    second = replace(
        first,
        objective="dpo",
        data=(str(pairs),),
        licence="LicenseRef-own",
        model=str(tmp_path / "first"),
    )
    with pytest.raises(ConfigError) as caught:
        make(second, out=tmp_path / "second")
    assert code_of(caught) == "licence.not-free"
    card = make(second, out=tmp_path / "second", research_only=True)
    assert {source["source"] for source in card.data["sources"]} == {"realiser", "authored"}
    assert card.base.startswith("first@")


def test_a_killed_run_ends_as_one_that_was_not(recipe, start, tmp_path):
    short = replace(recipe, steps=14, evaluate_every=4, dropout=0.1)
    whole, _ = start(short, out=tmp_path / "whole")
    expected = whole.run().state_dict()
    killed, _ = start(short, out=tmp_path / "killed")
    original, steps = killed._step, []

    def dying():
        if len(steps) == 10:
            raise KeyboardInterrupt
        steps.append(None)
        original()

    killed._step = dying
    with pytest.raises(KeyboardInterrupt):
        killed.run()
    again, told = start(short, out=tmp_path / "killed")
    found = again.run().state_dict()
    assert told[0] == "going on from step 8"
    assert again.progress == whole.progress
    for name, value in expected.items():
        torch.testing.assert_close(found[name], value)


def test_another_recipe_or_a_damaged_checkpoint_is_a_coded_error(recipe, start, tmp_path):
    short = replace(recipe, steps=2)
    tuner, _ = start(short, out=tmp_path)
    tuner.run()
    with pytest.raises(ModelError) as caught:
        start(replace(short, rank=4), out=tmp_path)[0].run()
    assert code_of(caught) == "train.recipe"
    for name in ("last.pt", "best.pt"):
        path = tmp_path / "run" / name
        whole = path.read_bytes()
        path.write_bytes(whole[:300])
        with pytest.raises(ModelError) as caught:
            start(short, out=tmp_path)[0].run()
        assert code_of(caught) == "train.checkpoint"
        path.write_bytes(whole)


def test_a_loss_that_is_no_number_stops_the_run(recipe, start, tmp_path):
    tuner, _ = start(replace(recipe, held_out=0.0), out=tmp_path)
    with torch.no_grad():
        tuner.model.get_output_embeddings().weight.fill_(float("nan"))
    with pytest.raises(ModelError) as caught:
        tuner.run()
    assert code_of(caught) == "train.nan"


def test_a_full_disk_is_a_coded_error(recipe, start, tmp_path, monkeypatch):
    tuner, _ = start(recipe, out=tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(StorageError) as caught:
        tuner.run()
    assert code_of(caught) == "train.unwritable"
    assert not list((tmp_path / "run").glob("*.part"))


def test_it_stops_when_held_out_prompts_gain_nothing_more(recipe, start, tmp_path):
    tuner, _ = start(replace(recipe, rate=0.0, patience=2, evaluate_every=3), out=tmp_path)
    tuner.run()
    assert tuner.progress.step == 6


def test_data_and_models_that_cannot_be_used_are_coded_errors(recipe, make, lines, pairs, tmp_path):
    empty = lines["write"](tmp_path / "empty.jsonl", [])
    same = [{**pair, "rejected": pair["chosen"]} for pair in lines["pairs"]()]
    alike = lines["write"](tmp_path / "alike.jsonl", same)
    (tmp_path / "notes.txt").write_text("no model", encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "config.json").write_text("{}", encoding="utf-8")
    own = {"licence": "LicenseRef-own"}
    for changes, kind, code in (
        ({"data": (str(empty),)}, InputError, "train.empty"),
        ({"data": (str(alike),), "objective": "dpo", **own}, InputError, "train.empty"),
        ({"data": (str(tmp_path / "none.jsonl"),)}, StorageError, "record.unreadable"),
        ({"data": (str(pairs),)}, InputError, "dialogue.line"),
        ({"data": (str(pairs),), "objective": "dpo"}, ConfigError, "licence.not-free"),
        ({"model": "no-such-model"}, ModelError, "generate.base"),
        ({"model": str(tmp_path / "broken")}, ModelError, "generate.base"),
        ({"model": str(tmp_path / "gone.gguf")}, EngineError, "engine.no-model"),
        ({"held_out": 0.9999}, InputError, "train.empty"),
        ({"device": "no-device"}, ConfigError, "train.device"),
    ):
        with pytest.raises(kind) as caught:
            make(replace(recipe, **changes), out=tmp_path / "out")
        assert code_of(caught) == code, changes


def test_an_adapter_of_another_base_or_a_damaged_card_is_refused(
    recipe, make, causal_model, settings, tmp_path
):
    import shutil

    base = shutil.copytree(causal_model, tmp_path / "base")
    out = tmp_path / "tuned"
    make(replace(recipe, model=str(base), steps=2), out=out)
    with (base / "model.safetensors").open("r+b") as file:
        file.seek(-4, 2)
        file.write(b"\x00\x00\x80\x40")
    with pytest.raises(ModelError) as caught:
        open_base(str(out), settings)
    assert code_of(caught) == "generate.base"
    (out / "generate.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        open_base(str(out), settings)
    assert code_of(caught) == "generate.card"


def test_a_model_without_a_chat_template_is_refused(causal_model, settings, tmp_path):
    import shutil

    plain = shutil.copytree(causal_model, tmp_path / "plain")
    for file in plain.glob("chat_template*"):
        file.unlink()
    config = json.loads((plain / "tokenizer_config.json").read_text("utf-8"))
    config.pop("chat_template", None)
    (plain / "tokenizer_config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        open_base(str(plain), settings)
    assert code_of(caught) == "generate.template"


def test_gguf_without_its_package_says_what_to_install(settings, tmp_path, monkeypatch):
    (tmp_path / "some.gguf").write_bytes(b"GGUF")
    monkeypatch.setattr("tongli.learning.extra.find_spec", lambda _: None)
    with pytest.raises(ConfigError) as caught:
        open_base(str(tmp_path / "some.gguf"), settings)
    assert code_of(caught) == "extra.missing"


def test_replies_that_fail_the_checks_weigh_less_or_nothing(recipe, settings, tmp_path, monkeypatch):
    def judged(message, reply, **_):
        failed = [SimpleNamespace(name="toxicity")] if "sorry" in reply else []
        return SimpleNamespace(failed=[*failed, SimpleNamespace(name="length")])

    monkeypatch.setattr(running, "judge_reply", judged)
    how = {"out": tmp_path, "settings": settings, "research_only": False, "tell": quiet, "tongli": object()}
    half = prepare(replace(recipe, unverified=0.5), **how)
    assert sorted({one.weight for one in half.examples}) == [0.5, 1.0]
    none = prepare(replace(recipe, unverified=0.0), **how)
    assert len(none.dialogues) == len(half.dialogues) / 2
    assert all(item.reply.startswith("how") for item in none.dialogues)


def test_the_shipped_recipe_reads_and_mistakes_are_told(pytestconfig, tmp_path):
    path = pytestconfig.rootpath / "examples/learn/generate.toml"
    assert read_recipe(path).data == (str(path.parent / "dialogues.jsonl"),)
    for line in ('objective = "ppo"', 'lists = ["swearing"]', "beta = 0", "unverified = 2", "batch = 0"):
        (tmp_path / "recipe.toml").write_text(f'data = ["x.jsonl"]\n{line}\n', encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            read_recipe(tmp_path / "recipe.toml")
        assert code_of(caught) == "recipe.value"


@pytest.mark.slow
@pytest.mark.models
def test_the_embedded_model_can_be_started_from():
    pytest.importorskip("gguf")
    base = open_base("embedded", Settings.from_env())
    assert base.licence == "Apache-2.0"
    assert base.source.startswith("embedded@")
    assert base.tokenizer.chat_template
