from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tongli.applications import Job
from tongli.applications.names import name_lines
from tongli.knowledge.person_names import NameStyle

MORI = {"given": "Rena", "surname": "Mori"}


def run(
    tmp_path: Path, *records: Any, lang: str | None = None, style: str = "", of: str | None = None
) -> list[dict[str, Any]]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    job = Job(source=str(source), target=str(target), lang=lang, overwrite=True)
    tally = name_lines(job, style=NameStyle.parse(style), lang=of)
    assert tally.read == len(records)
    errors = tmp_path / "out.errors.jsonl"
    files = (target, errors) if errors.exists() else (target,)
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def test_a_name_for_a_reader(tmp_path: Path) -> None:
    record = {"id": 7, "locale": "en", "name": {**MORI, "locale": "ja"}, "params": "long/formal"}
    assert run(tmp_path, record) == [{"id": 7, "formatted": "Mori Rena"}]


def test_the_number_of_the_line_stands_for_a_missing_id(tmp_path: Path) -> None:
    found = run(tmp_path, {"locale": "en", "name": MORI}, {"locale": "en", "name": MORI})
    assert found == [{"line": number, "formatted": "Rena Mori"} for number in (1, 2)]


def test_fields_in_the_line_itself(tmp_path: Path) -> None:
    record = {"id": "a", **MORI, "title": None, "name_locale": "ja", "locale": "en", "note": "not a field"}
    assert run(tmp_path, record)[0]["formatted"] == "Mori Rena"
    assert run(tmp_path, {**record, "preferred_order": "givenFirst"})[0]["formatted"] == "Rena Mori"
    inner = {**MORI, "locale": "ja", "preferredOrder": "givenFirst"}
    assert run(tmp_path, {"locale": "en", "name": inner})[0]["formatted"] == "Rena Mori"


def test_every_way_to_ask_for_a_style(tmp_path: Path) -> None:
    line = {"id": 1, "locale": "en", "name": MORI}
    asked: list[dict[str, Any]] = [
        {"params": "sorting/short/formal"},
        {"params": {"order": "sorting", "length": "short", "formality": "formal"}},
        {"order": "sorting", "length": "short", "formality": "formal"},
    ]
    assert [run(tmp_path, {**line, **style})[0]["formatted"] for style in asked] == ["Mori, R."] * 3


def test_several_styles(tmp_path: Path) -> None:
    line = {"id": 1, "locale": "en", "name": MORI, "params": ["monogram/long", "sorting"]}
    (found,) = run(tmp_path, line)
    assert found == {"id": 1, "formatted": "RM", "styles": {"monogram/long": "RM", "sorting": "Mori, Rena"}}


def test_what_lines_leave_open_is_said_by_the_job(tmp_path: Path) -> None:
    (found,) = run(tmp_path, {"id": 1, "name": MORI}, lang="en", of="ja")
    assert found["formatted"] == "Mori Rena"
    (found,) = run(tmp_path, {"id": 1, "name": {**MORI, "locale": "fr"}}, lang="en", of="ja")
    assert found["formatted"] == "Rena Mori"
    (found,) = run(tmp_path, {"id": 1, "name": MORI}, lang="en", style="sorting/short/formal")
    assert found["formatted"] == "Mori, R."
    (found,) = run(
        tmp_path, {"id": 1, "name": MORI, "length": "long"}, lang="en", style="sorting/short/formal"
    )
    assert found["formatted"] == "Mori, Rena"


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"locale": "en"}, "name.empty"),
        ({"locale": "en", "name": {"title": "Dr"}}, "name.empty"),
        ({"locale": "en", "name": {"given": "A", "nick": "B"}}, "name.field"),
        ({"locale": "en", "name": "Ana"}, "line.name"),
        ({"locale": 3, "name": MORI}, "line.name"),
        ({"name": MORI}, "line.name"),
        ({"locale": "en", "name": MORI, "params": 5}, "line.name"),
        ({"locale": "en", "name": MORI, "params": []}, "line.name"),
        ({"locale": "en", "name": MORI, "params": "tall"}, "name.style"),
        ({"locale": "en", "name": MORI, "order": "backwards"}, "name.style"),
        ({"locale": "not a tag", "name": MORI}, "locale.tag"),
        ({"locale": "en", "name": {**MORI, "locale": "12"}}, "locale.tag"),
        ({"id": 1.5, "locale": "en", "name": MORI}, "line.id"),
        ([], "line.object"),
    ],
)
def test_a_broken_line_stops_nothing(tmp_path: Path, record: Any, code: str) -> None:
    good, bad = run(tmp_path, record, {"id": 2, "locale": "en", "name": MORI})
    assert good["id"] == 2
    assert (bad["line"], bad["code"]) == (1, code)
    assert "Mori" not in json.dumps(bad)
