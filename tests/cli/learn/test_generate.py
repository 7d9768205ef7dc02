"""``tongli learn generate`` in real processes."""

from __future__ import annotations

import json

import pytest

from tongli.learning.generate.replies import Reply, save_replies


@pytest.fixture
def replies(tmp_path):
    def made(name, texts):
        found = [
            Reply(id=str(at), lang="en", message=f"m {at}", text=text, reference="", model=name)
            for at, text in enumerate(texts)
        ]
        save_replies(tmp_path / f"{name}.jsonl", found)
        return tmp_path / f"{name}.jsonl"

    return made


def test_a_recipe_of_nothing_is_a_coded_error(real, tmp_path):
    (tmp_path / "plan.toml").write_text('model = "embedded"\n', encoding="utf-8")
    done = real("learn", "generate", "tune", tmp_path / "plan.toml", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert b"recipe.value" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_two_models_are_compared_blindly_and_scored(real, replies, tmp_path):
    first, second = replies("first", ["a", "b", "c"]), replies("second", ["x", "y", "c"])
    folder, key = tmp_path / "blind", tmp_path / "key.json"
    command = ("learn", "generate", "compare", first, second, "-o", folder, "--key", key)
    done = real(*command)
    assert done.returncode == 0, done.stderr.decode()
    assert b"2 comparisons" in done.stderr
    assert b"output.exists" in real(*command).stderr
    lines = [json.loads(line) for line in (folder / "answers.jsonl").read_text("utf-8").splitlines()]
    told = [json.dumps({**line, "choice": "A" if line["a"] in "ab" else "B"}) + "\n" for line in lines]
    (folder / "answers.jsonl").write_text("".join(told), encoding="utf-8")
    done = real("learn", "generate", "score", folder / "answers.jsonl", "--key", key, "--json")
    assert json.loads(done.stdout)["wins"] == 2
    done = real("learn", "generate", "score", folder / "answers.jsonl", "--key", key)
    assert b"win rate of the first model 1.000" in done.stdout
