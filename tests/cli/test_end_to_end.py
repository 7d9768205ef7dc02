"""``tongli`` as it is installed, with its own models."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tongli.cli.demo import default_mailbox, read_mailbox
from tongli.core import Settings
from tongli.encoders.store import list_models
from tongli.knowledge.schemes import SCHEMES

pytestmark = pytest.mark.models


@pytest.fixture(autouse=True, scope="module")
def prepared() -> None:
    if list_models(Settings.from_env())[0].state != "ready":
        pytest.skip("the embedded models are not prepared: tongli models pull")


def check_contract(line: Mapping[str, Any], *, heads: set[str]) -> None:
    """One output line of ``annotate``: every label of every head, in its range."""
    assert list(line) == ["id", "lang", "claims", "scores"]
    assert set(line["scores"]) == heads
    for name, value in line["scores"].items():
        scheme = SCHEMES[name]
        values = value if isinstance(value, dict) else {scheme.labels[0]: value}
        assert set(values) == set(scheme.labels)
        assert all(scheme.low <= number <= scheme.high for number in values.values())
        if scheme.kind == "multiclass":
            assert math.isclose(sum(values.values()), 1, abs_tol=1e-3)
    for claim in line["claims"]:
        assert {"dimension", "label", "score", "evidence", "abstained"} <= set(claim)
        assert claim["dimension"] != "emotion" or claim["scheme"] in heads


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def test_read_for_machines(real: Any) -> None:
    done = real("read", "--json", "I am so happy that you came, thank you!")
    assert (done.returncode, done.stderr) == (0, b"")
    data = json.loads(done.stdout)
    check_contract({key: data[key] for key in ("id", "lang", "claims", "scores")}, heads=set(SCHEMES))
    assert data["lang"] == "en"
    joy = next(
        claim for claim in data["claims"] if claim["label"] == "joy" and claim["dimension"] == "emotion"
    )
    assert joy["evidence"]
    assert len(joy["weights"]) == len(joy["evidence"])


def test_read_for_people(real: Any) -> None:
    shown = real("read", "I am so happy that you came, thank you!").stdout.decode()
    assert "English (en)" in shown
    assert "joy" in shown


def test_respond(real: Any) -> None:
    angry = "My order KX-20417 arrived broken and I am furious."
    done = real("respond", "--json", angry, "--from", "name=Robin;pronouns=they/them", "--reply-lang", "es")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert data["lang"] == "es"
    assert data["verdict"] is None or data["verdict"]["checks"]
    assert data["text"] or data["needs_person"]


def test_annotate_the_mailbox_and_resume(real: Any, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    done = real("annotate", default_mailbox(), "-o", target, "--batch", "5")
    assert done.returncode == 0, done.stderr
    lines = lines_of(target)
    assert [line["id"] for line in lines] == [message.id for message in read_mailbox(str(default_mailbox()))]
    for line in lines:
        check_contract(line, heads=set(SCHEMES))
    whole = target.read_bytes()
    target.write_bytes(whole[: len(whole) * 2 // 5])
    assert real("annotate", default_mailbox(), "-o", target, "--batch", "5", "--resume").returncode == 0
    assert target.read_bytes() == whole


def test_heads_and_evidence(real: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "I am so happy that you came!"}\n')
    done = real("annotate", source, "-o", target, "--heads", "ekman6,sentiment", "--evidence")
    assert done.returncode == 0, done.stderr
    (line,) = lines_of(target)
    check_contract(line, heads={"ekman6", "sentiment"})
    assert any(claim["evidence"] for claim in line["claims"])


ODD = {
    "emoji": "😡😡😡",
    "surrogate": "sad \ud800 day",
    "nul": "sad\x00day",
    "right-to-left": "شكرا \u202eabc\u202c جزيلا",
    "mixed": "Thank you 谢谢 спасибо धन्यवाद",
    "html": '<p onclick="x()">I\'m <b>so</b> angry &amp; tired</p>',
    "json": '{"id": 1, "text": "nested"}',
    "combining": "e\u0301" * 200,
    "long": "I waited for weeks and nobody came. " * 500,
    "one": "x",
    "digits": "1234 5678",
}


def test_odd_texts_are_read(real: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in ODD.items()))
    done = real("annotate", source, "-o", target)
    assert done.returncode == 0, source.with_name("out.errors.jsonl").read_text()
    for line, name in zip(lines_of(target), ODD, strict=True):
        assert line["id"] == name
        check_contract(line, heads=set(SCHEMES))


def test_a_text_that_is_far_too_long(real: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "text": "x " * 5_000_000}) + "\n")
    assert real("annotate", source, "-o", target).returncode == 3
    assert lines_of(tmp_path / "out.errors.jsonl")[0]["code"] == "input.too-long"


def test_demo(real: Any) -> None:
    done = real("demo", default_mailbox(), "--json")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == len(list(read_mailbox(str(default_mailbox()))))
    assert sum(bool(each["text"]) for each in found) >= 10


def test_doctor_is_content(real: Any) -> None:
    assert real("doctor").returncode == 0
