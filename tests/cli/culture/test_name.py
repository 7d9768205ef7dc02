from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest


def test_one_name(real: Any) -> None:
    done = real("culture", "name", "given=Rena", "surname=Mori", "--lang", "ja", "--to", "en")
    assert (done.returncode, done.stdout.decode()) == (0, "Mori Rena\n")
    options = ("--length", "short", "--formality", "formal", "--order", "given-first")
    done = real("culture", "name", "given=Rena [x]", "surname=Mori", "--to", "de", *options)
    assert done.stdout.decode() == "R. x. Mori\n"


def test_a_file_of_names(real: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl.gz", tmp_path / "out.jsonl"
    line = {"id": "a", "name": {"given": "静", "surname": "森"}}
    source.write_bytes(gzip.compress(f"{json.dumps(line)}\n{{\n".encode()))
    done = real("culture", "name", "--jsonl", source, "-o", target, "--to", "ja", "--usage", "addressing")
    assert done.returncode == 3
    assert done.stderr.decode().startswith("read 2, written 1, failed 1")
    assert json.loads(target.read_bytes()) == {"id": "a", "formatted": "森静"}
    assert json.loads((tmp_path / "out.errors.jsonl").read_bytes())["code"] == "line.json"


def test_pipes(real: Any) -> None:
    line = json.dumps({"name": {"given": "Kim"}, "locale": "en"}).encode()
    done = real("culture", "name", "--jsonl", "--quiet", stdin=line)
    assert (done.returncode, json.loads(done.stdout)) == (0, {"line": 1, "formatted": "Kim"})
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], "name.input"),
        (["given=Kim"], "name.input"),
        (["Kim", "--to", "en"], "name.input"),
        (["--jsonl", "a", "b"], "name.input"),
        (["nick=Kim", "--to", "en"], "name.field"),
        (["given=Kim", "--to", "en", "--length", "tall"], "name.style"),
        (["given=Kim", "--to", "12"], "locale.tag"),
        (["--jsonl", "nothing.jsonl"], "input.missing"),
    ],
)
def test_refusals(real: Any, tmp_path: Path, arguments: list[str], code: str) -> None:
    done = real("culture", "name", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"error[{code}]".encode() in done.stderr
