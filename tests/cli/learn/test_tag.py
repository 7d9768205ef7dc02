"""``tongli learn tag`` in real processes; the parts are tested in tests/learning/tagging."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def idioms(tmp_path):
    path = tmp_path / "idioms.jsonl"
    sayings = ("spill the beans", "break the ice")
    lines = []
    for number in range(80):
        saying = sayings[number % 2]
        text = f"we {saying} at the party {number}"
        lines.append(
            {
                "id": str(number),
                "text": text,
                "lang": "en",
                "spans": [[3, 3 + len(saying), "idiom"]],
                "source": "authored",
                "licence": "CC0-1.0",
            }
        )
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_train_show_and_refuse_to_overwrite(real, idioms, tmp_path, tiny_model, tiny_settings):
    words = ["learn", "tag", idioms, "-o", tmp_path / "out", "--name", "idioms", "--model", tiny_model]
    env = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    done = real(*words, "--threads", "1", "--epochs", "4", **env)
    assert done.returncode == 0, done.stderr.decode()
    assert b"English (en)" in done.stdout
    assert b"80 of 80 texts encoded" in done.stderr
    card = json.loads((tmp_path / "out" / "idioms.json").read_text())
    assert card["labels"] == ["idiom"]
    again = real(*words, **env)
    assert (again.returncode, b"error[output.exists]" in again.stderr) == (2, True)


def test_json_and_a_mark_for_research(real, idioms, tmp_path, tiny_model, tiny_settings):
    idioms.write_text(idioms.read_text().replace("CC0-1.0", "CC-BY-NC-4.0"))
    words = ["learn", "tag", idioms, "-o", tmp_path / "out", "--model", tiny_model, "--epochs", "1"]
    env = {"TONGLI_CACHE": str(tiny_settings.cache), "TONGLI_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    refused = real(*words, **env)
    assert (refused.returncode, b"error[licence.not-free]" in refused.stderr) == (2, True)
    done = real(*words, "--research-only", "--json", **env)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found["releasable"] is False
    assert 0 <= found["test"]["span_f1"] <= 1


def test_a_broken_line(real, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"id": "1", "text": "x", "spans": [[0, 9, "y"]]}\n')
    done = real("learn", "tag", tmp_path / "bad.jsonl", "-o", tmp_path / "out")
    assert (done.returncode, b"error[spans.range]" in done.stderr) == (2, True)
    assert b"bad.jsonl:1" in done.stderr
