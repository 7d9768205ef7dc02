from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def test_broken_lines_go_to_the_errors_file(real: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": 1, "phrase": "He is a lion."}) + "\n", encoding="utf-8")
    done = real("culture", "reading", source, "-o", target)
    assert done.returncode == 3
    assert done.stderr.decode().startswith("read 1, written 0, failed 1")
    assert json.loads((tmp_path / "out.errors.jsonl").read_bytes())["code"] == "line.readings"


def test_a_file_that_is_not_there_is_refused(real: Any, tmp_path: Path) -> None:
    done = real("culture", "reading", "nothing.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"error[input.missing]" in done.stderr
