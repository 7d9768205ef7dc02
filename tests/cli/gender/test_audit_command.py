"""``tongli gender audit`` in real processes, on a tiny model."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": 1, "lang": "en", "text": "Where is my parcel?"}) + "\n{}\n")
    return path


def tiny(tiny_model, tiny_settings):
    return {
        "TONGLI_MODEL": str(tiny_model),
        "TONGLI_CACHE": str(tiny_settings.cache),
        "TONGLI_HEADS": str(tiny_settings.heads),
    }


def test_a_report_for_people_and_one_for_machines(real, source, tmp_path, tiny_model, tiny_settings):
    report, target = tmp_path / "report.json", tmp_path / "drafts.jsonl"
    done = real(
        "gender",
        "audit",
        "--jsonl",
        source,
        "-o",
        target,
        "--report",
        report,
        "--names",
        "2",
        **tiny(tiny_model, tiny_settings),
    )
    assert done.returncode == 3, done.stderr
    shown = done.stdout.decode()
    assert shown.startswith("realiser: 1 messages\neverybody was answered alike\n")
    assert "feminine – masculine: 100% identical [100%, 100%]" in shown
    data = json.loads(report.read_text(encoding="utf-8"))
    assert (data["engine"], data["equal"], len(data["pairs"])) == ("realiser", True, 7)
    (line,) = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert len(line["answers"]) == 6


def test_nothing_is_replaced_without_being_told(real, source, tmp_path):
    report = tmp_path / "report.json"
    report.write_text("precious")
    done = real("gender", "audit", source, "-o", tmp_path / "out.jsonl", "--report", report)
    assert done.returncode == 2
    assert b"output.exists" in done.stderr
    assert report.read_text() == "precious"
