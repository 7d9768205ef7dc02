from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

RECORDS = b'{"id": "a", "text": "Hello"}\n{\n{"id": 3, "text": "Bonjour", "lang": "fr"}\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in.jsonl"
    path.write_bytes(RECORDS)
    return path


def test_counts_and_exit_status(fake: Any, source: Path) -> None:
    done = fake("annotate", source, "-o", source.with_name("out.jsonl"))
    assert (done.returncode, done.stdout) == (3, b"")
    told = done.stderr.decode()
    assert told.startswith("read 3, written 2, failed 1 in ")
    assert told.rstrip().endswith("out.errors.jsonl")
    lines = [json.loads(line) for line in source.with_name("out.jsonl").read_bytes().splitlines()]
    assert [(line["id"], line["lang"]) for line in lines] == [("a", "en"), (3, "fr")]
    (error,) = source.with_name("out.errors.jsonl").read_bytes().splitlines()
    assert (json.loads(error)["line"], json.loads(error)["code"]) == (2, "line.json")


def test_all_well_is_zero(fake: Any, source: Path) -> None:
    source.write_bytes(RECORDS.replace(b"{\n", b""))
    done = fake("annotate", source, "-o", source.with_name("out.jsonl.gz"))
    assert done.returncode == 0
    assert len(gzip.decompress(source.with_name("out.jsonl.gz").read_bytes()).splitlines()) == 2


def test_pipes(fake: Any) -> None:
    done = fake("annotate", "-", "-o", "-", "--lang", "es", stdin=gzip.compress(RECORDS))
    assert done.returncode == 3
    assert [json.loads(line)["lang"] for line in done.stdout.splitlines()] == ["es", "fr"]
    error, summary = done.stderr.splitlines()
    assert json.loads(error)["line"] == 2
    assert summary.startswith(b"read 3, written 2, failed 1")


def test_a_summary_for_machines_or_none(fake: Any, source: Path) -> None:
    target = source.with_name("out.jsonl")
    done = fake("annotate", source, "-o", target, "--json", "--errors", source.with_name("bad"))
    told = json.loads(done.stderr)
    assert (told["read"], told["written"], told["failed"], told["resumed"]) == (3, 2, 1, 0)
    assert told["errors"] == str(source.with_name("bad"))
    assert fake("annotate", source, "-o", target, "--overwrite", "--quiet").stderr == b""


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (["nothing", "-o", "out"], "input.missing", 2),
        ([".", "-o", "out"], "input.directory", 2),
        (["in.jsonl", "-o", "in.jsonl"], "output.same-file", 2),
        (["in.jsonl", "-o", "."], "output.directory", 6),
        (["in.jsonl", "-o", "no/out"], "storage.write", 6),
        (["in.jsonl", "-o", "full"], "output.exists", 2),
        (["in.jsonl", "-o", "full", "--resume", "--overwrite"], "annotate.options", 2),
        (["in.jsonl", "-o", "full", "--resume"], "resume.damaged", 6),
        (["in.jsonl", "-o", "-", "--resume"], "output.resume", 2),
        (["in.jsonl", "-o", "out", "--heads", "x"], "heads.unknown", 2),
        (["in.jsonl", "-o", "out", "--batch", "0"], "annotate.batch", 2),
        (["in.jsonl", "-o", "/dev/full"], "storage.full", 6),
    ],
)
def test_refusals(fake: Any, source: Path, arguments: list[str], code: str, status: int) -> None:
    source.with_name("full").write_bytes(b"precious\n")
    done = fake("annotate", *arguments, cwd=source.parent)
    assert done.returncode == status
    assert f"error[{code}]: " in done.stderr.decode()
    assert source.with_name("full").read_bytes() == b"precious\n"
    assert source.read_bytes() == RECORDS


def started(command: list[str], environment: dict[str, str], *arguments: Any, **options: Any) -> Any:
    return subprocess.Popen(
        [*command, "annotate", *map(str, arguments)],
        env={**environment, "FAKE_SECONDS": "0.05"},
        stderr=subprocess.PIPE,
        **options,
    )


def test_interrupted_then_resumed(
    fake: Any, fake_command: list[str], plain_environment: dict[str, str], tmp_path: Path
) -> None:
    source, target, whole = tmp_path / "in.jsonl", tmp_path / "out file.jsonl", tmp_path / "whole.jsonl"
    source.write_text("".join(f'{{"id": {n}, "text": "text {n}"}}\n' for n in range(100)))
    assert fake("annotate", source, "-o", whole, "--batch", "5").returncode == 0
    child = started(fake_command, plain_environment, source, "-o", target, "--batch", "5", "--overwrite")
    deadline = time.monotonic() + 30
    while not (target.exists() and target.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    told = child.communicate(timeout=30)[1].decode().splitlines()
    assert child.returncode == 130
    written = target.read_bytes().count(b"\n")
    assert told[0].startswith(f"read {written}, written {written}, failed 0")
    assert told[1].startswith("Stopped; nothing is lost. Go on with: tongli annotate ")
    assert told[1].endswith(f"-o '{target}' --batch 5 --resume")
    assert whole.read_bytes().startswith(target.read_bytes())
    assert 0 < written < 100
    done = fake("annotate", source, "-o", target, "--batch", "5", "--resume")
    assert done.stderr.startswith(b"read 100, written 100, failed 0")
    assert target.read_bytes() == whole.read_bytes()


def test_interrupted_while_waiting_for_input(
    fake_command: list[str], plain_environment: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "out.jsonl"
    child = started(fake_command, plain_environment, "-", "-o", target, "--batch", "1", stdin=subprocess.PIPE)
    child.stdin.write(RECORDS)
    child.stdin.flush()
    deadline = time.monotonic() + 30
    while not (target.exists() and target.read_bytes().count(b"\n") == 2) and time.monotonic() < deadline:
        time.sleep(0.01)
    child.send_signal(signal.SIGINT)
    told = child.communicate(timeout=30)[1]
    assert child.returncode == 130
    assert told.startswith(b"read 3, written 2, failed 1")
    assert b"Fatal" not in told


def test_a_reader_that_goes_away(
    fake_command: list[str], plain_environment: dict[str, str], tmp_path: Path
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text("".join(f'{{"id": {n}, "text": "text {n}"}}\n' for n in range(1000)))
    child = started(
        fake_command, plain_environment, source, "-o", "-", "--batch", "20", stdout=subprocess.PIPE
    )
    assert child.stdout.readline().startswith(b'{"id": 0')
    child.stdout.close()
    told = child.communicate(timeout=30)[1]
    assert child.returncode == 141
    assert b"Traceback" not in told


def test_a_disk_that_fills_up(fake: Any, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() or subprocess.call(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]):
        pytest.skip("needs the right to mount a small disk")
    try:
        source = tmp_path / "in.jsonl"
        source.write_text("".join(f'{{"id": {n}, "text": "text {n}"}}\n' for n in range(1000)))
        done = fake("annotate", source, "-o", disk / "out.jsonl", "--batch", "20")
        assert done.returncode == 6
        assert b"error[storage.full]" in done.stderr
        lines = (disk / "out.jsonl").read_bytes().splitlines()
        assert [json.loads(line)["id"] for line in lines] == list(range(len(lines)))
        assert done.stderr.startswith(f"read {len(lines)}, written {len(lines)}, failed 0".encode())
        subprocess.check_call(["mount", "-o", "remount,size=4m", disk])
        assert fake("annotate", source, "-o", disk / "out.jsonl", "--batch", "20", "--resume").returncode == 0
        assert (disk / "out.jsonl").read_bytes().count(b"\n") == 1000
    finally:
        subprocess.check_call(["umount", disk])
