"""Whole searches over a tiny encoder: what they find, and that a kill changes nothing."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from optuna import TrialPruned

from tongli.core import ConfigError, InputError, StorageError
from tongli.learning.search.gain import gain_of
from tongli.learning.search.run import Budget, Listener, search
from tongli.learning.search.space import Span
from tongli.learning.search.study import open_study
from tongli.learning.search.trial import Bench, Watch
from tongli.learning.train.loop import Trainer
from tongli.learning.train.recipe import read_recipe
from tongli.learning.train.run import new_network


def run(space, prepared, folder, *, trials=None, minutes=None, **listener):
    budget = Budget(trials=trials, minutes=minutes)
    return search(space, prepared=prepared, folder=folder, budget=budget, listener=Listener(**listener))


@pytest.fixture(scope="module")
def found(space, prepared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("found")
    told = []
    outcome = run(
        space,
        prepared,
        folder,
        trials=7,
        tried=lambda tried, _outcome, judged: told.append((tried.number, judged)),
    )
    return outcome, folder, told


def test_the_recipe_itself_is_tried_first(found, space):
    outcome, _, _ = found
    assert outcome.trials[0].base
    assert (
        outcome.trials[0].values == space.start == {"head_rate": 1e-2, "batch": 16, "heads.ekman6.inner": 8}
    )
    assert not any(trial.base for trial in outcome.trials[1:])


def test_every_trial_is_told_judged_and_within_its_ranges(found, space):
    outcome, _, told = found
    assert told == [(index, index + 1) for index in range(7)]
    assert {trial.state for trial in outcome.trials} <= {"finished", "pruned"}
    for trial in outcome.trials:
        assert all(space.ranges[key].holds(value) for key, value in trial.values.items())
        assert trial.score == max(trial.looks.values())
    assert outcome.best.score == max(t.score for t in outcome.trials if t.state == "finished")


def test_looks_come_after_the_same_number_of_texts(found, space):
    outcome, _, _ = found
    assert {trial.values["batch"] for trial in outcome.trials} == {8, 16}
    for trial in outcome.trials:
        recipe = space.trial_of(trial.values)
        assert recipe.batch * recipe.evaluate_every == 160
        if trial.state == "finished":
            assert list(trial.looks) == [1, 2, 3]


def test_the_score_is_that_of_the_trainer(found, space, prepared, tmp_path):
    outcome, _, _ = found
    recipe = space.trial_of(outcome.best.values)
    trainer = Trainer(
        new_network(recipe, trunk=prepared.trunk, states=prepared.states),
        pool=prepared.pool,
        states=prepared.states,
        recipe=recipe,
        folder=tmp_path,
        tell=lambda _: None,
        log=lambda *_: None,
    )
    trainer.run()
    assert trainer.progress.best == pytest.approx(outcome.best.score, abs=1e-6)


def test_the_best_recipe_can_be_trained(found, space):
    outcome, folder, _ = found
    best = read_recipe(folder / "best.toml")
    expected = space.recipe_of(outcome.best.values)
    assert replace(best, train=(), dev=()) == replace(expected, train=(), dev=())
    for left, right in zip((*best.train, *best.dev), (*expected.train, *expected.dev), strict=True):
        assert Path(left).samefile(right)


def test_the_study_is_written_as_json_and_as_a_page(found):
    outcome, folder, _ = found
    assert json.loads((folder / "study.json").read_text("utf-8")) == json.loads(json.dumps(outcome.to_dict()))
    page = (folder / "study.html").read_text("utf-8")
    assert "<script" not in page
    assert not re.search(r"(?:href|src)=", page)
    assert page.count("<svg") == page.count('role="img"') == page.count("<desc") >= 5
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for trial in outcome.trials:
        assert f"{trial.score:.4f}" in page


def test_checkpoints_of_judged_trials_are_gone_and_their_curves_stay(found):
    _, folder, _ = found
    assert list((folder / "run").iterdir()) == []
    assert len(list((folder / "log").glob("trial-*/events*"))) == 7


def test_nothing_is_left_to_do_when_the_trials_are_done(found, space, prepared):
    outcome, folder, _ = found
    again = run(space, prepared, folder, trials=7, step=lambda *_: pytest.fail("it trained"))
    assert again.to_dict() == outcome.to_dict()


def test_it_tells_by_how_much_the_recipe_is_beaten(found, space, prepared):
    outcome, folder, _ = found
    assert outcome.best.base
    assert outcome.told == "No trial is better than the recipe."
    assert outcome.told in (folder / "study.html").read_text(encoding="utf-8")
    other = replace(outcome, trials=tuple(replace(one, base=one.number == 1) for one in outcome.trials))
    bench = Bench(space=space, prepared=prepared, folder=folder, step=lambda *_: None)
    gain = gain_of(other, bench=bench)
    assert gain.value == pytest.approx(outcome.trials[0].score - outcome.trials[1].score, abs=1e-4)
    assert gain.low < gain.value < gain.high
    assert f"Trial 0 is {gain.value:+.4f} over the recipe" in replace(other, gain=gain).told
    assert "no sure gain" in replace(other, gain=replace(gain, low=-0.1)).told
    saved = {path.stem for path in (folder / "said").iterdir()}
    assert saved == {f"trial-{trial.number:04}" for trial in outcome.trials if trial.state == "finished"}
    assert gain_of(other, bench=replace(bench, folder=folder / "run")) is None


def test_importances_are_shares(found):
    outcome, _, _ = found
    assert set(outcome.importances) <= set(outcome.space.ranges)
    assert not outcome.importances or sum(outcome.importances.values()) == pytest.approx(1)


def kill_at(total):
    steps = []

    def step(done, _total):
        steps.append(done)
        if len(steps) == total:
            raise KeyboardInterrupt

    return step


def test_a_killed_search_finds_what_one_that_was_not_found(found, space, prepared, tmp_path):
    """Killed in the middle of two trials, it goes on with them, and then proposes the same."""
    outcome, _, _ = found
    for total in (5, 12):
        with pytest.raises(KeyboardInterrupt):
            run(space, prepared, tmp_path, trials=7, step=kill_at(total))
    again = run(space, prepared, tmp_path, trials=7)
    assert len(again.trials) == 7
    for left, right in zip(again.trials, outcome.trials, strict=True):
        assert left.values == right.values
        assert left.state == right.state
        assert left.looks == pytest.approx(right.looks, abs=1e-6)


def test_a_trial_that_was_killed_goes_on_from_its_checkpoint(space, prepared, tmp_path):
    with pytest.raises(KeyboardInterrupt):
        run(space, prepared, tmp_path, trials=1, step=kill_at(4))  # two looks, and the loss at step 0
    seen = []
    run(space, prepared, tmp_path, trials=1, step=lambda done, _: seen.append(done))
    assert seen[0] > 10


def test_a_trial_that_always_kills_is_given_up(space, prepared, tmp_path):
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            run(space, prepared, tmp_path, trials=1, step=kill_at(1))
    outcome = run(space, prepared, tmp_path, trials=1)
    assert [trial.state for trial in outcome.trials] == ["given up", "finished"]
    assert not outcome.trials[1].base


def test_time_that_is_over_leaves_a_trial_to_go_on_with(space, prepared, tmp_path, monkeypatch):
    clock = iter([0.0, 0.0, 100.0])  # the start, before the first trial, at its first look
    monkeypatch.setattr("tongli.learning.search.run.time.monotonic", lambda: next(clock, 100.0))
    outcome = run(space, prepared, tmp_path, minutes=1)
    assert [trial.state for trial in outcome.trials] == ["unfinished"]
    assert outcome.best is None
    assert not (tmp_path / "best.toml").exists()
    assert "No trial has finished" in (tmp_path / "study.html").read_text("utf-8")
    monkeypatch.undo()
    outcome = run(space, prepared, tmp_path, trials=1)
    assert [trial.state for trial in outcome.trials] == ["finished"]


def test_a_trial_that_falls_behind_is_pruned(space, prepared, tmp_path):
    """After four good trials, one that cannot learn ends at its first look."""
    good = replace(space, ranges={"head_rate": Span(low=8e-3, high=2e-2)})
    with open_study(good, folder=tmp_path, texts="x") as study:
        for score in (0.7, 0.8, 0.9, 0.95):
            trial = study.ask()
            trial.report(score, 1)
            study.tell(trial, score)
        trial = study.ask()
        bench = type("Bench", (), {"space": good, "step": lambda *_: None, "deadline": float("inf")})
        recipe = good.trial_of({})
        watch = Watch(trial, recipe=recipe, bench=bench, log=lambda *_: None)
        watch(5, {"loss": 1.0})
        with pytest.raises(TrialPruned):
            watch(10, {"held-out/ekman6": 0.1, "held-out/sentiment": 0.5})
        assert watch.best == pytest.approx((0.1 * 3 + 0.5) / 4)  # weighted like the losses


def test_a_loss_that_is_not_a_number_ends_the_trial_only(space, prepared, tmp_path, monkeypatch):
    def broken(recipe, **parts):
        network = new_network(recipe, **parts)
        if recipe.batch == 16:
            network.heads["ekman6"].down.bias.data.fill_(float("nan"))
        return network

    monkeypatch.setattr("tongli.learning.train.run.new_network", broken)
    outcome = run(space, prepared, tmp_path, trials=3)
    states = {(trial.values["batch"], trial.state) for trial in outcome.trials}
    assert (16, "diverged") in states
    assert (8, "diverged") not in states
    assert outcome.trials[0].score is None
    assert "diverged" in (tmp_path / "study.html").read_text("utf-8")


def test_hyperband_runs(space, prepared, tmp_path):
    outcome = run(replace(space, pruner="hyperband"), prepared, tmp_path, trials=3)
    assert len(outcome.trials) == 3
    assert outcome.best is not None


def test_another_search_or_two_at_once_are_coded_errors(found, space, prepared):
    _, folder, _ = found
    other = replace(space, ranges={"batch": space.ranges["batch"]})
    with pytest.raises(ConfigError) as caught:
        run(other, prepared, folder, trials=8)
    assert caught.value.code == "search.study"
    with pytest.raises(ConfigError) as caught, open_study(space, folder=folder, texts="other texts"):
        pass
    assert caught.value.code == "search.study"
    busy = folder.parent / "busy"
    with open_study(space, folder=busy, texts="x"), pytest.raises(ConfigError) as caught:
        run(space, prepared, busy, trials=8)
    assert caught.value.code == "search.busy"


def test_a_damaged_study_is_a_coded_error(space, prepared, tmp_path):
    (tmp_path / "study.db").write_bytes(b"not a database, but long enough to be taken for one" * 50)
    with pytest.raises(StorageError) as caught:
        run(space, prepared, tmp_path, trials=1)
    assert caught.value.code == "search.storage"


def test_without_held_out_texts_nothing_can_be_judged(space, prepared, tmp_path):
    empty = replace(prepared, pool=replace(prepared.pool, held_out=prepared.pool.held_out[:5]))
    with pytest.raises(InputError) as caught:
        run(space, empty, tmp_path, trials=1)
    assert caught.value.code == "search.held-out"


@pytest.mark.slow
def test_a_process_that_is_killed_goes_on(bench, tmp_path):
    """The real command, killed for good (SIGKILL) in a trial and started again."""
    command = [sys.executable, "-m", "tongli", "learn", "search", str(bench / "space.toml")]
    command += ["-o", str(tmp_path / "out"), "--trials", "3", "--threads", "1", "--json"]
    env = {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "TONGLI_CACHE": str(tmp_path / "cache"),
        "TONGLI_OFFLINE": "1",
    }
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as first:
        deadline = time.monotonic() + 120
        while not list((tmp_path / "out").glob("run/*/last.pt")) and time.monotonic() < deadline:
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
    done = subprocess.run(command, env=env, capture_output=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr.decode()
    outcome = json.loads(done.stdout)
    assert len(outcome["trials"]) == 3
    assert {trial["state"] for trial in outcome["trials"]} <= {"finished", "pruned"}
    assert read_recipe(tmp_path / "out" / "best.toml").heads
