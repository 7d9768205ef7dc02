"""``tongli gender check`` in real processes."""

from __future__ import annotations

import json

PEOPLE = """
[[people]]
name = "Ona"
pronouns = "they/them"
former_names = [{name = "Bernd"}]
"""


def test_findings_with_places_and_fixes(real, tmp_path):
    (tmp_path / "people.toml").write_text(PEOPLE)
    (tmp_path / "a.md").write_text("Ona is here.\nHe is tired. Bernd slept.\n")
    done = real("gender", "check", "a.md", "--people", "people.toml", "--lang", "en", cwd=tmp_path)
    shown = done.stdout.decode()
    assert done.returncode == 1
    assert "a.md:2:1: warning misgendering “He”" in shown
    assert "perhaps “They are”" in shown
    assert "a.md:2:14: warning former-name" in shown
    assert "Bernd" not in shown + done.stderr.decode()


def test_a_clean_text(real, tmp_path):
    (tmp_path / "a.txt").write_text("Ona said they were late.\n")
    (tmp_path / "people.toml").write_text(PEOPLE)
    done = real("gender", "check", "a.txt", "--people", "people.toml", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout.decode()) == (0, "0 found; 0 left alone as the author's choice\n")


def test_nobody_listed_is_told(real, tmp_path):
    (tmp_path / "a.txt").write_text("Ona said she was late.\n")
    check = ("gender", "check", "a.txt", "--lang", "en")
    nobody = {"cwd": tmp_path, "TONGLI_PEOPLE": str(tmp_path / "none.json")}
    done = real(*check, **nobody)
    assert (done.returncode, b"Nobody is listed" in done.stderr) == (0, True)
    assert b"Nobody is listed" not in real(*check, "--everyone", **nobody).stderr


def test_lines(real):
    line = {"id": "a", "text": "Noa said she was late.", "lang": "en", "people": [{"name": "Noa"}]}
    done = real("gender", "check", "--jsonl", "-", "--quiet", stdin=json.dumps(line).encode())
    assert done.returncode == 0
    (claim,) = json.loads(done.stdout)["claims"]
    assert (claim["label"], claim["evidence"]) == ("assumption", [[9, 12]])


def test_several_inputs_of_lines_are_refused(real, tmp_path):
    done = real("gender", "check", "--jsonl", "a.jsonl", "b.jsonl", cwd=tmp_path)
    assert done.returncode == 2
    assert b"gender.input" in done.stderr


def test_an_unknown_style_is_refused(real, tmp_path):
    (tmp_path / "a.txt").write_text("Hello.\n")
    done = real("gender", "check", "a.txt", "--style", "loud", cwd=tmp_path)
    assert done.returncode == 2
    assert b"gender.guide" in done.stderr
