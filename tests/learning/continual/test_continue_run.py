"""A language with false friends is added to a tiny encoder: learnt, and the old ones are not forgotten."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch

from tongli import Message, Tongli
from tongli.core import ConfigError, ModelError
from tongli.emotion.card import load_card
from tongli.emotion.head import load_head
from tongli.encoders.installed import install, rollback
from tongli.encoders.manifest import file_sha256
from tongli.learning.continual import settle as settling
from tongli.learning.continual.run import learn, prepare
from tongli.learning.continual.settle import settle
from tongli.learning.export.run import Job as Export
from tongli.learning.export.run import export

CARELESS = {"replay_share": 0.0, "penalty": "none", "max_forgetting": 100.0}
BOUND = 4.0


def quiet(*_):
    """Tells nobody."""


def trained(job, settings, *, log=quiet):
    plan = prepare(job, settings=settings, tell=quiet)
    return plan, learn(plan, tell=quiet, log=log)


def means(changes):
    return {change.head: change for change in changes if change.lang == "all"}


@pytest.fixture(scope="module")
def careless(make_job, settings, tmp_path_factory):
    """Neither replay nor penalty; the replayed records only measure."""
    plan, network = trained(make_job(tmp_path_factory.mktemp("careless"), **CARELESS), settings)
    return plan, network, settle(plan, network, tell=quiet)


@pytest.fixture(scope="module")
def careful(make_job, settings, tmp_path_factory):
    out = tmp_path_factory.mktemp("careful")
    plan, network = trained(make_job(out, max_forgetting=BOUND, strength=0.1), settings)
    return plan, settle(plan, network, tell=quiet)


def test_without_care_the_old_languages_are_forgotten(careless):
    _, _, outcome = careless
    assert outcome.share == 1.0
    assert means(outcome.new)["sentiment"].after > 0.75
    assert means(outcome.old)["sentiment"].lost.value > 3 * BOUND
    assert means(outcome.old)["sentiment"].lost.low > BOUND


def test_with_care_the_new_one_is_learnt_and_the_old_ones_are_kept(careful):
    _, outcome = careful
    found = means(outcome.new)["sentiment"]
    assert found.after > found.before + 0.2
    assert set(means(outcome.old)) == {"ekman6", "intensity", "sentiment"}
    assert all(change.lost.value <= BOUND for change in means(outcome.old).values())
    assert {change.lang for change in outcome.old} == {"all", "de", "en"}


def test_the_words_of_a_head_are_kept(careful, base):
    plan, _ = careful
    before, after = (load_head(folder, "ekman6") for folder in (base, plan.job.out))
    assert before.words is not None
    assert after.card.words == before.card.words == ("de", "en")
    np.testing.assert_array_equal(after.words.keys, before.words.keys)


def test_a_mean_of_weights_is_kept_where_the_new_ones_forget_too_much(careless, tmp_path):
    plan, network, _ = careless
    plan = replace(plan, job=replace(plan.job, out=tmp_path, max_forgetting=BOUND))
    told = []
    outcome = settle(plan, network, tell=told.append)
    assert 0 < outcome.share < 1
    assert all(change.lost.value <= BOUND for change in means(outcome.old).values())
    assert any("100% of the new weights" in line and "loses" in line for line in told)
    assert json.loads((tmp_path / "continued.json").read_text())["share"] == outcome.share


def test_where_even_that_forgets_too_much_nothing_is_written(careless, tmp_path, monkeypatch):
    plan, network, _ = careless
    monkeypatch.setattr(settling, "SHARES", (1.0,))
    plan = replace(plan, job=replace(plan.job, out=tmp_path, max_forgetting=BOUND))
    with pytest.raises(ModelError) as caught:
        settle(plan, network, tell=quiet)
    assert caught.value.code == "continue.forgotten"
    assert "sentiment" in caught.value.received
    assert not list(tmp_path.rglob("*.safetensors"))


def test_the_cards_say_where_the_weights_come_from(careful, base):
    plan, outcome = careful
    old, new = (load_card(folder / "sentiment.json") for folder in (base, plan.job.out))
    assert new.made_by["base"] == plan.base.digest == outcome.base
    assert new.languages == ("de", "en", "eo")
    assert {source.name: source.licence for source in new.data} == {
        "authored": "CC0-1.0",
        "letters": "CC-BY-4.0",
    }
    for tag in ("de", "en"):
        assert new.calibration.shift(tag) == old.calibration.shift(tag)
        assert new.thresholds.of(tag) == old.thresholds.of(tag)
    assert "eo" in new.calibration.by_language
    assert new.metrics["new"]["accuracy_by_language"].keys() == {"eo"}
    assert new.metrics["old"]["accuracy_before_by_language"].keys() == {"de", "en"}
    assert new.metrics["old"]["lost_points"] <= BOUND


def test_a_head_without_labels_is_held_to_what_it_said(make_job, settings, tmp_path, base):
    from tongli.learning.data.record import read_records, write_records

    records = list(read_records(base.parent / "old.jsonl"))
    kept = [replace(each, labels={"sentiment": each.labels["sentiment"]}) for each in records]
    write_records(tmp_path / "old.jsonl", kept)
    plan = prepare(make_job(tmp_path / "out", replay=tmp_path / "old.jsonl"), settings=settings, tell=quiet)
    assert plan.mixture.stand_ins == ("ekman6", "intensity")
    outcome = settle(plan, plan.network, tell=quiet)  # learnt nothing, so nothing is lost
    found = means(outcome.old)
    assert (found["ekman6"].stand_in, found["sentiment"].stand_in) == (True, False)
    assert found["ekman6"].before > 0.9
    assert all(abs(change.lost.value) < 1 for change in found.values())


def test_a_head_of_ones_own_goes_on_as_any_other(make_job, settings, tmp_path, base):
    from tongli.emotion.card import load_card
    from tongli.learning.data.record import read_records, write_records

    folder = shutil.copytree(base, tmp_path / "base", ignore=shutil.ignore_patterns("run"))
    shutil.copyfile(folder / "sentiment.safetensors", folder / "mood.safetensors")
    replace(load_card(folder / "sentiment.json"), head="mood", kind="multiclass").save(folder / "mood.json")
    records = list(read_records(base.parent / "new.jsonl"))
    told = [replace(each, labels={"mood": each.labels["sentiment"]}) for each in records]
    write_records(tmp_path / "new.jsonl", told)
    job = make_job(tmp_path / "out", base=str(folder), new=tmp_path / "new.jsonl")
    plan = prepare(job, settings=settings, tell=quiet)
    assert plan.recipe.scheme("mood").kind == "multiclass"
    assert "mood" in plan.mixture.stand_ins
    outcome = settle(plan, plan.network, tell=quiet)
    assert {change.head for change in outcome.new} == {"mood"}
    assert load_card(tmp_path / "out" / "mood.json").kind == "multiclass"


def test_killed_it_goes_on_and_ends_as_if_it_had_not_been(careless, make_job, settings, tmp_path):
    job = make_job(tmp_path / "out", **CARELESS)

    def dying(step, _found):
        if step == 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        trained(job, settings, log=dying)
    _, again = trained(job, settings)
    for one, other in zip(careless[1].parameters(), again.parameters(), strict=True):
        torch.testing.assert_close(one, other)


def test_another_run_in_the_same_folder_or_a_folder_of_something_else(careless, make_job, settings, tmp_path):
    plan, _, _ = careless
    with pytest.raises(ModelError) as changed:
        prepare(replace(plan.job, replay_share=0.4), settings=settings, tell=quiet)
    assert changed.value.code == "continue.changed"
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(ConfigError) as taken:
        prepare(make_job(tmp_path), settings=settings, tell=quiet)
    assert taken.value.code == "output.exists"


def test_the_version_before_is_kept_and_one_can_go_back(careful, base, settings, tmp_path):
    plan, _ = careful
    before = {path.name: file_sha256(path) for path in base.iterdir()}
    own = replace(settings, cache=tmp_path / "cache")
    releases = []
    for name, folder in (("old", base), ("new", plan.job.out)):
        job = Export(folder=folder, out=tmp_path / name, model=plan.recipe.model, name="mine")
        releases.append(export(job, settings=settings, tell=quiet))
        install(tmp_path / name, settings=own)

    def scores(model, settings):
        message = Message("kia awful song! numero 3 new", lang="eo")
        return Tongli(model=model, heads=["sentiment"], settings=settings).read(message).scores

    learnt = scores("mine", own)
    assert rollback("mine", own).release == releases[0]
    assert scores("mine", own) == scores(plan.recipe.model, replace(settings, heads=base)) != learnt
    assert rollback("mine", own).release == releases[1]
    assert scores("mine", own) == learnt
    assert {path.name: file_sha256(path) for path in base.iterdir()} == before
