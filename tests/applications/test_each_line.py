from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tongli.applications import Job, Tally
from tongli.applications.each_line import Record, each_line, each_record
from tongli.applications.jsonl import Line
from tongli.applications.records import Failure
from tongli.applications.writer import Objects, Outcome
from tongli.core import ConfigError, InputError


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


def test_an_unforeseen_error_costs_its_line_alone(tmp_path: Path) -> None:
    def half(record: Record) -> Objects:
        return {"half": 1 / record["of"]}

    tally = each_record(job(tmp_path, '{"id": 1, "of": 2}\n{"id": 2, "of": 0}\n{"id": 3}\n'), half)
    assert (tally.written, tally.failed) == (1, 2)
    errors = [json.loads(line) for line in (tmp_path / "out.errors.jsonl").read_text().splitlines()]
    assert [(error["id"], error["code"]) for error in errors] == [(2, "line.internal"), (3, "line.internal")]


def stopping(after: int) -> tuple[list[int], Callable[[Record], Objects]]:
    """Work that ends like a run that is stopped, and which ids it was asked for."""
    asked: list[int] = []

    def of(record: Record) -> Objects:
        asked.append(record["id"])
        if len(asked) > after:
            raise KeyboardInterrupt
        if record["id"] % 4 == 2:
            raise InputError("test.bad", received="r", allowed="a", fix="f")
        return {"twice": 2 * record["id"]}

    return asked, of


@pytest.mark.parametrize("target", ["out.jsonl", "out.jsonl.gz"])
@pytest.mark.parametrize("after", [0, 1, 3, 4, 7, 8])
def test_a_stopped_run_ends_in_the_same_bytes(tmp_path: Path, target: str, after: int) -> None:
    lines = "".join(json.dumps({"id": number}) + "\n" for number in range(10))
    (tmp_path / "whole").mkdir()
    whole = job(tmp_path / "whole", lines, target=target, batch=1)
    each_record(whole, stopping(100)[1])
    _, of = stopping(after)
    with pytest.raises(KeyboardInterrupt):
        each_record(job(tmp_path, lines, target=target, batch=1), of)
    asked, of = stopping(100)
    tally = each_record(job(tmp_path, lines, target=target, batch=1, resume=True), of)
    assert (tally.read, tally.written, tally.failed) == (10, 8, 2)
    assert asked == list(range(tally.resumed, 10))
    for name in (target, "out.errors.jsonl"):
        assert (tmp_path / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_batch_waits_no_longer_than_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(float(second) for second in range(100))
    monkeypatch.setattr("tongli.applications.each_line.time.monotonic", lambda: next(clock))
    seen: list[int] = []
    each_line(job(tmp_path, "1\n2\n3\n4\n5\n"), double, progress=lambda now: seen.append(now.read))
    assert seen == [2, 4, 5]


def test_another_input_is_not_gone_on_with(tmp_path: Path) -> None:
    each_record(job(tmp_path, '{"id": 1}\n{"id": 3}\n'), stopping(9)[1])
    for other in ('{"id": 1}\n{"id": "3"}\n', '{"id": 1}\n', '{"id": 1}\nnothing\n'):
        with pytest.raises(InputError) as caught:
            each_record(job(tmp_path, other, resume=True), stopping(9)[1])
        assert caught.value.code == "resume.mismatch"
