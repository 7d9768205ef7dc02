"""A whole run on a tiny encoder: it learns, resumes where it was killed, and is read by what is there."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from tongli.core import ConfigError, ModelError, StorageError
from tongli.encoders.graph import build
from tongli.encoders.manifest import file_sha256
from tongli.encoders.session import open_session
from tongli.encoders.sources import find_source
from tongli.encoders.text import TextEncoder
from tongli.learning.data.record import write_records
from tongli.learning.pretrain.card import inherited
from tongli.learning.pretrain.recipe import read_recipe
from tongli.learning.pretrain.run import new_network, new_trainer, prepare, pretrain
from tongli.learning.states import open_trunk

SHORT = {"steps": 20, "evaluate_every": 6, "head_steps": 4}


def quiet(*_):
    """Neither told nor logged."""


def make(recipe, settings, *, out, research_only=False):
    prepared = prepare(recipe, out=out, settings=settings, research_only=research_only, tell=quiet)
    return pretrain(recipe, prepared, out=out, settings=settings, tell=quiet, log=quiet)


def start(recipe, settings, *, out):
    prepared = prepare(recipe, out=out, settings=settings, research_only=False, tell=quiet)
    told = []
    return new_trainer(recipe, prepared, out=out, tell=told.append, log=quiet), told


@pytest.fixture(scope="module")
def finished(pretrain_folder, bare_settings, tiny_model, tmp_path_factory):
    out = tmp_path_factory.mktemp("adapted")
    recipe = read_recipe(pretrain_folder / "pretrain.toml")
    before = file_sha256(tiny_model / "model.safetensors")
    card = make(recipe, bare_settings, out=out)
    assert file_sha256(tiny_model / "model.safetensors") == before  # the base stays usable
    return card, out, recipe


@pytest.fixture(scope="module")
def second(finished, bare_settings, tmp_path_factory):
    """A stage on top of the first, on the same texts."""
    _, first, recipe = finished
    out = tmp_path_factory.mktemp("second")
    return make(replace(recipe, model=str(first), **SHORT), bare_settings, out=out)


def test_perplexity_falls_in_every_language(finished):
    figures = finished[0].perplexity
    assert figures["end"]["overall"] < figures["head"]["overall"] * 0.8 < figures["start"]["overall"] * 0.5
    for lang in ("en", "es"):
        first, joined, last = (figures[name]["by_language"][lang] for name in ("start", "head", "end"))
        assert first > joined > last > 1


def test_the_encoder_has_its_part_in_that(finished, bare_settings, tmp_path):
    card, _, recipe = finished
    alone = make(replace(recipe, rate=0.0), bare_settings, out=tmp_path).perplexity
    assert alone["head"] == card.perplexity["head"]
    assert card.perplexity["end"]["overall"] < alone["end"]["overall"] * 0.9


def test_the_card_says_what_was_learnt_from(finished):
    card, out, _ = finished
    assert json.loads((out / "pretrain.json").read_text("utf-8")) == card.to_dict()
    assert card.releasable
    assert card.data["sources"][0]["source"] == "authored"
    assert card.files["model.safetensors"] == file_sha256(out / "model.safetensors")
    assert set(card.texts) == {"en", "es"}
    assert card.head == "new"
    assert card.base.startswith("tiny@")
    assert card.recipe["model"] == "tiny"
    assert card.recipe["texts"] == ["texts.jsonl"]


def test_sources_read_the_folder_as_the_network_in_torch_has_it(finished, bare_settings, tmp_path):
    card, out, recipe = finished
    source = find_source(str(out), bare_settings)
    assert source.digest == card.digest
    weights, vocabulary = source.read(tmp_path, True)
    depth = len(weights.layers)
    layers = tuple(range(1, depth + 1))
    graph = build(weights, feature_layers=layers, fork=depth)
    ids = np.array([Tokenizer.from_buffer(vocabulary).encode("the rain falls by the river").ids])
    mask = np.ones(ids.shape, np.int32)
    session = open_session(graph.model.SerializeToString())
    (found,) = session.run(["features"], {"ids": ids, "mask": mask})

    prepared = prepare(recipe, out=out, settings=bare_settings, research_only=False, tell=quiet)
    network = new_network(recipe, prepared)
    network.load_state_dict(torch.load(out / "run" / "best.pt", weights_only=True))
    places = torch.from_numpy(np.searchsorted(prepared.windows.vocabulary, ids))
    assert (prepared.windows.vocabulary[places] == ids).all()
    with torch.no_grad():
        states = network.eval().states(places, torch.ones(ids.shape))
    expected = torch.cat([state.mean(1) for state in states], dim=1).numpy()
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4)


def test_reading_and_training_take_the_folder_as_a_model(finished, tiny_model, bare_settings, tmp_path):
    card, out, _ = finished
    reader = TextEncoder(model=str(out), settings=bare_settings)
    features = reader.features(["the rain falls by the river"])
    untrained = TextEncoder(model=str(tiny_model), settings=bare_settings)
    assert features.shape == untrained.features(["x"]).shape
    assert card.digest in reader.id
    assert not np.allclose(features, untrained.features(["the rain falls by the river"]), atol=0.05)
    trunk = open_trunk(find_source(str(out), bare_settings), max_tokens=32, offline=True)
    states = trunk.states(["the rain falls"], folder=tmp_path, tell=quiet)
    assert np.isfinite(states.tokens).all()


def test_a_second_stage_goes_on_with_the_head_of_the_first(finished, second):
    first = finished[0]
    assert second.head == "kept"
    assert second.base.endswith(f"@{first.digest}")
    # The same texts, held-out ones and masks: it starts where the first ended.
    assert second.perplexity["start"]["overall"] == pytest.approx(
        first.perplexity["end"]["overall"], rel=1e-4
    )
    assert [item["records"] for item in second.data["sources"]] == [300, 300]


def killed_after(trainer, count):
    """Run until so many steps are done, and die."""
    original, steps = trainer._step, []

    def dying(rows):
        if len(steps) == count:
            raise KeyboardInterrupt
        steps.append(rows)
        original(rows)

    trainer._step = dying
    with pytest.raises(KeyboardInterrupt):
        trainer.run()


def test_a_killed_run_ends_as_one_that_was_not(recipe, bare_settings, tmp_path):
    recipe = replace(recipe, dropout=0.1, embeddings=True, **SHORT)
    whole, _ = start(recipe, bare_settings, out=tmp_path / "whole")
    expected = whole.run()
    killed, _ = start(recipe, bare_settings, out=tmp_path / "killed")
    killed_after(killed, 15)
    again, told = start(recipe, bare_settings, out=tmp_path / "killed")
    found = again.run()
    assert told[0] == "going on from step 12"
    assert again.looks() == whole.looks()
    for left, right in zip(expected.parameters(), found.parameters(), strict=True):
        torch.testing.assert_close(left, right)


def test_another_recipe_other_texts_or_a_damaged_checkpoint_is_a_coded_error(
    recipe, bare_settings, unlabelled, tmp_path
):
    recipe = replace(recipe, steps=2, head_steps=0)
    trainer, _ = start(recipe, bare_settings, out=tmp_path)
    trainer.run()
    write_records(tmp_path / "fewer.jsonl", unlabelled(200))
    for other in (replace(recipe, mask=0.2), replace(recipe, texts=(str(tmp_path / "fewer.jsonl"),))):
        with pytest.raises(ModelError) as caught:
            start(other, bare_settings, out=tmp_path)[0].run()
        assert caught.value.code == "train.recipe"
    path = tmp_path / "run" / "last.pt"
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(ModelError) as caught:
        trainer.run()
    assert caught.value.code == "train.checkpoint"


def test_a_loss_that_is_not_a_number_stops_the_run(recipe, bare_settings, tmp_path):
    trainer, _ = start(replace(recipe, held_out=0.0), bare_settings, out=tmp_path)
    with torch.no_grad():
        trainer.network.bias.fill_(float("nan"))
    with pytest.raises(ModelError) as caught:
        trainer.run()
    assert caught.value.code == "train.nan"


def test_it_stops_when_the_held_out_texts_gain_nothing_more(recipe, bare_settings, tmp_path):
    recipe = replace(recipe, rate=0.0, head_rate=0.0, patience=2, evaluate_every=3, head_steps=0)
    trainer, _ = start(recipe, bare_settings, out=tmp_path)
    trainer.run()
    assert trainer.progress.step == 6
    assert [look.overall for look in trainer.looks()] == [trainer.looks()[0].overall] * 3


def test_a_full_disk_is_a_coded_error_and_keeps_the_last_checkpoint(
    recipe, bare_settings, tmp_path, monkeypatch
):
    recipe = replace(recipe, steps=4, head_steps=0, evaluate_every=2)
    killed_after(start(recipe, bare_settings, out=tmp_path)[0], 3)
    kept = (tmp_path / "run" / "last.pt").read_bytes()
    trainer, _ = start(recipe, bare_settings, out=tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(StorageError) as caught:
        trainer.run()
    assert caught.value.code == "train.unwritable"
    assert (tmp_path / "run" / "last.pt").read_bytes() == kept
    assert not list((tmp_path / "run").glob("*.part"))


def test_data_that_may_not_be_released_stops_the_run_or_marks_what_is_built_on_it(
    recipe, bare_settings, unlabelled, tmp_path
):
    write_records(tmp_path / "closed.jsonl", unlabelled(40, licence="CC-BY-NC-4.0"))
    closed = replace(recipe, texts=(str(tmp_path / "closed.jsonl"),), steps=1, head_steps=0)
    with pytest.raises(ConfigError) as caught:
        make(closed, bare_settings, out=tmp_path / "out")
    assert caught.value.code == "licence.not-free"
    card = make(closed, bare_settings, out=tmp_path / "out", research_only=True)
    assert not card.releasable
    open_again = replace(recipe, model=str(tmp_path / "out"))
    with pytest.raises(ConfigError) as caught:
        make(open_again, bare_settings, out=tmp_path / "free")
    assert caught.value.code == "licence.not-free"
    (tmp_path / "out" / "pretrain.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        make(open_again, bare_settings, out=tmp_path / "free")
    assert caught.value.code == "pretrain.card"


def test_a_model_that_we_did_not_train_has_nothing_to_inherit(tiny_model):
    assert inherited("embedded") is None
    assert inherited(str(tiny_model)) is None


def test_no_other_model_is_written_over(recipe, bare_settings, tiny_model, tmp_path):
    with pytest.raises(ConfigError) as caught:
        make(recipe, bare_settings, out=tiny_model)
    assert caught.value.code == "output.same-file"
    (tmp_path / "model.safetensors").write_bytes(b"another model")
    with pytest.raises(ConfigError) as caught:
        make(recipe, bare_settings, out=tmp_path)
    assert caught.value.code == "output.exists"


def test_texts_get_the_prefix_that_the_folder_will_be_read_with(recipe, bare_settings, tmp_path):
    for name, prefix in (("plain", ""), ("my-e5", "query: ")):
        prepared = prepare(
            recipe, out=tmp_path / name, settings=bare_settings, research_only=False, tell=quiet
        )
        assert prepared.prefix == prefix == find_source(str(tmp_path / name), bare_settings).prefix


def test_training_in_bfloat16_gives_another_network_in_float32(recipe, bare_settings, tmp_path):
    recipe = replace(recipe, steps=2, head_steps=0, held_out=0.0)
    found = {}
    for precision in ("float32", "bfloat16"):
        trainer, _ = start(replace(recipe, precision=precision), bare_settings, out=tmp_path / precision)
        found[precision] = trainer.run().dense.weight
    assert found["bfloat16"].dtype == torch.float32
    assert not torch.equal(found["float32"], found["bfloat16"])
    torch.testing.assert_close(found["float32"], found["bfloat16"], rtol=0, atol=0.05)
