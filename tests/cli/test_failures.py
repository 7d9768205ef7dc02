from __future__ import annotations

import errno
import json
from typing import Any

from tongli.cli.failures import report


def test_a_bug_is_told_in_three_lines(fake: Any) -> None:
    done = fake("read", "x", FAKE_BUG="1")
    assert done.returncode == 1
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("error[internal]: an unforeseen KeyError")
    assert len(lines) == 3
    assert "TONGLI_DEBUG=1" in lines[2]


def test_the_traceback_is_a_variable_away(fake: Any) -> None:
    assert b"Traceback" in fake("read", "x", FAKE_BUG="1", TONGLI_DEBUG="1").stderr


def test_a_bug_in_json(fake: Any) -> None:
    done = fake("read", "x", "--json", FAKE_BUG="1")
    assert json.loads(done.stderr)["error"]["code"] == "internal"


def test_a_bad_setting(fake: Any) -> None:
    done = fake("read", "x", TONGLI_THREADS="many")
    assert done.returncode == 2
    assert b"error[settings.number]" in done.stderr


def test_what_files_and_disks_do_is_no_bug(capsys: Any) -> None:
    assert report(OSError(errno.ENOSPC, "No space left on device"), as_json=False) == 6
    taken = FileExistsError(errno.EEXIST, "File exists", "/home/someone/taken")
    assert report(taken, as_json=True) == 6
    told = capsys.readouterr().err
    assert told.count("storage.failed") == 2
    assert "taken" in told
    assert "someone" not in told
    assert report(OSError("of a socket"), as_json=False) == 1
