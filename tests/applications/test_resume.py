"""Real processes, really killed."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

CHILD = """
import runpy, sys
from tongli.applications import Job
from tongli.applications.annotate import annotate
reader = runpy.run_path(sys.argv[1])["FakeReader"](seconds=0.004)
annotate(reader, Job(source=sys.argv[2], target=sys.argv[3], batch=7, resume=True))
"""
FAKE = str(Path(__file__).with_name("conftest.py"))


def start(source: Path, target: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CHILD, FAKE, str(source), str(target)])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_killed_at_random_and_resumed(tmp_path: Path, name: str) -> None:
    source = tmp_path / "in.jsonl"
    kinds = random.Random(5).choices(["good", "crash", "{"], weights=[8, 1, 1], k=200)
    source.write_text(
        "".join(
            "{\n" if k == "{" else json.dumps({"id": n, "text": f"{k} {n}"}) + "\n"
            for n, k in enumerate(kinds)
        )
    )
    (tmp_path / "whole").mkdir()
    assert start(source, tmp_path / "whole" / name).wait(60) == 0
    target = tmp_path / name
    moments, kills, finished = random.Random(7), 0, False
    while not finished:
        child = start(source, target)
        deadline = time.monotonic() + 20
        size = target.stat().st_size if target.exists() else 0
        while child.poll() is None and time.monotonic() < deadline:
            if target.exists() and target.stat().st_size > size:
                break
        time.sleep(moments.random() * 0.12)
        child.send_signal(signal.SIGKILL)
        finished = child.wait(60) == 0
        kills += not finished
    assert kills >= 2
    for file in (name, "out.errors.jsonl"):
        assert (tmp_path / file).read_bytes() == (tmp_path / "whole" / file).read_bytes()
