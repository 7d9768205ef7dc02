"""Blind comparisons: nothing tells whose is whose, and the key turns choices into a win rate."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pytest

from tongli.core import InputError
from tongli.learning.generate.replies import Reply, read_replies, save_replies
from tongli.learning.generate.side_by_side import pair_up, save_comparisons, score_answers


def some(model, count=40):
    return [
        Reply(
            id=str(at),
            lang="en",
            message=f"message {at} <b>",
            text=f"{model} {at}",
            reference="",
            model=model,
        )
        for at in range(count)
    ]


@pytest.fixture
def written(tmp_path):
    comparisons = pair_up(some("left"), some("right"), seed=1)
    folder, key = tmp_path / "blind", tmp_path / "key.json"
    save_comparisons(comparisons, folder=folder, key=key, models=("left@1", "right@2"))
    return folder, key


def answered(folder, choose):
    path = folder / "answers.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    told = [json.dumps({"id": line["id"], "choice": choose(line)}) + "\n" for line in lines]
    path.write_text("".join(told), encoding="utf-8")
    return path


def test_order_is_random_and_repeatable():
    found = pair_up(some("left"), some("right"), seed=1)
    assert 10 < sum(one.first_is_a for one in found) < 30
    assert [one.id for one in found] != [str(at) for at in range(40)]
    assert found == pair_up(some("left"), some("right"), seed=1)
    assert found != pair_up(some("left"), some("right"), seed=2)
    assert all(one.a.startswith("left") == one.first_is_a for one in found)


def test_what_people_see_names_no_model_and_runs_no_markup(written):
    folder, key = written
    page = (folder / "replies.html").read_text("utf-8")
    assert "@1" not in page + (folder / "answers.jsonl").read_text("utf-8")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert json.loads(key.read_text("utf-8"))["first"] == "left@1"


def test_the_win_rate_is_of_the_first_model(written):
    folder, key = written
    wins = {str(at) for at in range(30)}

    def choose(line):
        if line["id"] == "39":
            return ""
        if line["id"] == "38":
            return "tie"
        left = "A" if line["a"].startswith("left") else "B"
        return left if line["id"] in wins else {"A": "B", "B": "A"}[left]

    found = score_answers(answered(folder, choose), key=key)
    assert (found.wins, found.losses, found.ties, found.missing) == (30, 8, 1, 1)
    assert found.rate == pytest.approx(30 / 38)
    # Clopper-Pearson of 30 of 38, by the quantiles of the beta distribution.
    assert (found.low, found.high) == (pytest.approx(0.6268, abs=2e-4), pytest.approx(0.9045, abs=2e-4))
    assert found.p < 0.001


def test_no_choice_has_no_rate(written):
    folder, key = written
    found = score_answers(folder / "answers.jsonl", key=key)
    assert (found.wins, found.missing) == (0, 40)
    assert math.isnan(found.rate)


def test_answers_that_do_not_belong_to_the_key_are_refused(written, tmp_path):
    folder, key = written
    for line in ('{"id": "nobody", "choice": "A"}', '{"id": "1", "choice": "C"}', '{"choice": "A"}', "{"):
        (tmp_path / "answers.jsonl").write_text(line + "\n", encoding="utf-8")
        with pytest.raises(InputError) as caught:
            score_answers(tmp_path / "answers.jsonl", key=key)
        assert caught.value.code == "generate.answers"
    with pytest.raises(InputError) as caught:
        score_answers(folder / "answers.jsonl", key=folder / "replies.html")
    assert caught.value.code == "generate.answers"


def test_nothing_to_compare_is_an_error():
    left = some("left", 2)
    silent = [replace(one, text="") for one in left]
    other = [replace(one, message="another", text="x") for one in left]
    for second in (left, silent, some("right", 0), other):
        with pytest.raises(InputError) as caught:
            pair_up(left, second, seed=0)
        assert caught.value.code == "generate.compare"


def test_replies_are_kept_and_other_files_refused(tmp_path):
    path = tmp_path / "replies.jsonl"
    save_replies(path, some("left", 3))
    assert read_replies(path) == some("left", 3)
    for content in ("", "{", '{"id": "1"}', "[]"):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as caught:
            read_replies(path)
        assert caught.value.code == "generate.replies"
