"""``tongli gender swap`` in real processes."""

from __future__ import annotations

import json


def test_one_text(real):
    done = real("gender", "swap", "She lost her key.", "--lang", "en")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines() == [
        "masculine: He lost his key.",
        "neutral: They lost their key.",
    ]
    machine = json.loads(real("gender", "swap", "She lost her key.", "--lang", "en", "--json").stdout)
    assert machine["form"] == "feminine"
    assert machine["versions"]["masculine"]["edits"]


def test_nothing_and_abstention_are_told(real):
    assert real("gender", "swap", "It rains.", "--lang", "en").stdout == b"nothing varies\n"
    done = real("gender", "swap", "He said her key was there.", "--lang", "en")
    assert done.stdout.startswith(b"abstained: ")


def test_lines_and_their_summary(real, tmp_path):
    line = {"id": 1, "lang": "en", "text": "She lost her key.", "label": 3}
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(line) + "\n{}\n", encoding="utf-8")
    done = real("gender", "swap", "--jsonl", source, "-o", tmp_path / "out.jsonl", "--to", "masculine")
    assert done.returncode == 3
    (found,) = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(found)["label"] == 3
    assert b"1 versions of 1 texts; nothing varies in 0, 0 abstained from" in done.stderr


def test_an_unclear_language_is_not_guessed(real):
    done = real("gender", "swap", "ok")
    assert done.returncode != 0
    assert b"gender.input" in done.stderr


def test_a_version_that_is_not_known(real):
    done = real("gender", "swap", "She left.", "--lang", "en", "--to", "feminine,other")
    assert done.returncode != 0
    assert b"gender.input" in done.stderr
