from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tongli.applications import Job, Tally
from tongli.applications.adapt import adapt_lines, adapt_text, choose_kinds
from tongli.core import ConfigError, Edit
from tongli.core.edit import apply_edits
from tongli.generation.adapt import KINDS, Audience


def run(
    tmp_path: Path, *lines: object, to: str | None = None, **options: Any
) -> tuple[Tally, list[Any], list[Any]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
    source.write_bytes(b"".join(line + b"\n" for line in raw))
    tally = adapt_lines(
        Job(source=str(source), target=str(target), **options), to=Audience.parse(to) if to else None
    )
    broken = tmp_path / "out.errors.jsonl"
    return tally, loaded(target), loaded(broken) if broken.exists() else []


def loaded(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_line_has_its_own_audience(tmp_path: Path) -> None:
    text = "It cost $5 on December 25, 2025."
    tally, (british, japanese, plain), broken = run(
        tmp_path,
        {"id": 1, "text": text, "lang": "en-US", "to": "en-GB"},
        {"id": "二", "text": text, "lang": "en", "to": "ja-JP"},
        {"id": 3, "text": "Vielen Dank.", "lang": "de", "to": "de-DE"},
    )
    assert (tally.read, tally.written, broken) == (3, 3, [])
    assert set(british) == {"id", "text", "edits", "questions"}
    assert british["text"] == "It cost US$5 on 25 December 2025."
    edits = [Edit(**{**edit, "span": tuple(edit["span"])}) for edit in british["edits"]]
    assert apply_edits(text, edits) == british["text"]
    assert (japanese["id"], [asked["kind"] for asked in japanese["questions"]]) == ("二", ["currency"])
    assert plain == {"id": 3, "text": "Vielen Dank.", "edits": [], "questions": []}


def test_a_line_may_have_its_original(tmp_path: Path) -> None:
    line = {"text": "Tiene tiempo.", "lang": "es", "to": "es-ES:register=informal"}
    _, (yours, hers), broken = run(
        tmp_path,
        {"id": 1, **line, "original": "You have time."},
        {"id": 2, **line, "original": "She has time."},
        {"id": 3, **line, "original": ["You have time."]},
    )
    assert (yours["text"], hers["text"]) == ("Tienes tiempo.", "Tiene tiempo.")
    assert [(failure["line"], failure["code"]) for failure in broken] == [(3, "input.type")]


def test_broken_lines_stop_nothing(tmp_path: Path) -> None:
    good = {"id": 1, "text": "5 miles", "lang": "en"}
    tally, written, broken = run(
        tmp_path,
        b"nope",
        good,
        {**good, "to": "nope"},
        {**good, "to": 5},
        {**good, "to": "de-DE:register=loud"},
        {**good, "text": ""},
        {**good, "lang": 5},
        {"text": "a", "to": "de-DE"},
        {"id": 9, "text": "42", "to": "de-DE"},
        to="fr-FR",
    )
    assert (tally.read, tally.written, tally.failed) == (9, 1, 8)
    assert written[0]["text"] == "5 miles (≈ 8 km)"
    assert [item["code"] for item in broken] == [
        "line.json",
        "adapt.audience",
        "line.to",
        "adapt.setting",
        "input.empty",
        "line.lang",
        "line.id",
        "adapt.language",
    ]


def test_a_line_without_an_audience_needs_that_of_the_job(tmp_path: Path) -> None:
    _, _, (broken,) = run(tmp_path, {"id": 1, "text": "Hello", "lang": "en"})
    assert broken["code"] == "line.to"


def test_the_language_is_identified(tmp_path: Path) -> None:
    _, (done,), _ = run(tmp_path, {"id": 1, "text": "Der Weg dorthin ist leider 5 Meilen lang."}, to="de-DE")
    assert done["text"] == "Der Weg dorthin ist leider 5 Meilen (≈ 8 km) lang."
    assert adapt_text("Der Weg dorthin ist leider lang.", to="de-DE").lang == "de"


def test_kinds_are_chosen() -> None:
    assert choose_kinds() == KINDS
    assert choose_kinds(only=("date", "unit"), skip=("unit",)) == ("date",)
    assert "idiom" not in choose_kinds(skip=("idiom",))
    for wrong in ({"only": ("jokes",)}, {"skip": ("jokes",)}, {"skip": KINDS}):
        with pytest.raises(ConfigError) as caught:
            choose_kinds(**wrong)
        assert caught.value.code == "adapt.kind"
