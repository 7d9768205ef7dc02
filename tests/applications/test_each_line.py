from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from tongli.applications import Job, Tally
from tongli.applications.each_line import Outcome, each_line
from tongli.applications.jsonl import Line
from tongli.applications.records import Failure
from tongli.core import ConfigError


def double(line: Line) -> Outcome:
    if not line.raw or not line.raw.isdigit():
        return Failure(line=line.number, error={"code": "test.number"})
    return {"twice": 2 * int(line.raw)}


def job(tmp_path: Path, text: str, *, target: str = "out.jsonl", **options: object) -> Job:
    source = tmp_path / "in.jsonl"
    source.write_text(text, encoding="utf-8")
    return Job(source=str(source), target=str(tmp_path / target), **options)  # type: ignore[arg-type]


def test_good_lines_and_bad_ones(tmp_path: Path) -> None:
    tally = each_line(job(tmp_path, "1\nx\n3\n"), double)
    assert (tally.read, tally.written, tally.failed) == (3, 2, 1)
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == '{"twice": 2}\n{"twice": 6}\n'
    (error,) = (tmp_path / "out.errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(error) == {"line": 2, "code": "test.number"}


def test_batches_change_nothing_and_are_told(tmp_path: Path) -> None:
    seen: list[int] = []
    tally = Tally()
    each_line(
        job(tmp_path, "1\n2\n3\n4\n5\n", batch=2),
        double,
        tally=tally,
        progress=lambda now: seen.append(now.read),
    )
    assert seen == [2, 4, 5]
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 5
    assert tally.bytes_done == tally.bytes_total == 10


def test_old_errors_go_and_nothing_is_a_valid_file(tmp_path: Path) -> None:
    (tmp_path / "out.errors.jsonl").write_text("old\n", encoding="utf-8")
    each_line(job(tmp_path, "", target="out.jsonl.gz", overwrite=True), double)
    assert gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()) == b""
    assert not (tmp_path / "out.errors.jsonl").exists()


def test_an_output_that_is_there_is_kept(tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("precious\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        each_line(job(tmp_path, "1\n"), double)
    assert caught.value.code == "output.exists"
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "precious\n"


def test_a_lone_surrogate_is_written_escaped(tmp_path: Path) -> None:
    each_line(job(tmp_path, "1\n"), lambda line: {"id": "\ud800"})
    assert (tmp_path / "out.jsonl").read_bytes() == b'{"id": "\\ud800"}\n'
