from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest


def test_the_human_view(fake: Any) -> None:
    done = fake("read", "Thank you, that was kind.")
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "\x1b" not in shown
    for part in ("Thank you, that was kind.", "English (en)", "0.90", "with French (fr) 25%", "joy", "0.80"):
        assert part in shown
    for part in ("strength 2.0 of 3", "“Thank”", "positive", "not sure", "informal", "2.5 of 7"):
        assert part in shown
    assert "gratitude 0.60" in shown
    assert "politeness: too close" in " ".join(shown.split())
    assert "one character was repaired" in shown


def test_colours_only_where_they_are_wanted(fake: Any) -> None:
    assert b"\x1b[4;33m" in fake("read", "Thank you", FORCE_COLOR="1").stdout
    shown = fake("read", "Thank you", FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"33m" not in shown
    assert b"\x1b[4m" in shown


def test_json(fake: Any) -> None:
    done = fake("read", "--json", "--lang", "pt", "Olá,", "tudo", "bem")
    assert done.stderr == b""
    data = json.loads(done.stdout)
    assert list(data) == ["id", "lang", "claims", "scores", "language", "notes"]
    assert data["claims"][0]["evidence"] == [[0, 5]]
    assert data["claims"][0]["weights"] == [0.25]
    assert data["language"] == {
        "tag": "pt",
        "score": 0.9,
        "declared": False,
        "abstained": False,
        "others": [["fr", 0.25]],
    }
    assert json.loads(fake("read", "--json", "--no-evidence", "x").stdout)["claims"][0]["evidence"] == []


@pytest.mark.parametrize("arguments", [[], ["-"], ["--file", "-"]])
def test_standard_input(fake: Any, arguments: list[str]) -> None:
    done = fake("read", *arguments, stdin="\ufeffさようなら\r\n".encode())
    assert "  さようなら" in done.stdout.decode()


def test_a_file(fake: Any, tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("From a file\n", encoding="utf-8")
    assert "From a file" in fake("read", "--file", tmp_path / "in.txt").stdout.decode()


def test_odd_text_can_be_shown_anywhere(fake: Any) -> None:
    odd = "a\u202eb [bold]c[/] :smile: \x07"
    for env in ({}, {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}):
        done = fake("read", "-", stdin=odd.encode(), **env)
        assert done.returncode == 0, done.stderr
        assert b"[bold]c[/] :smile:" in done.stdout
        assert b"\x07" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "status"),
    [
        (["read"], b"", "input.empty", 2),
        (["read", "--file", "nothing.txt"], b"", "input.missing", 2),
        (["read", "--file", "."], b"", "input.directory", 2),
        (["read", "--file", "/proc/self/mem"], b"", "input.unreadable", 6),
        (["read"], b"\xff", "input.encoding", 2),
        (["read"], b"x" * 900_000, "input.too-long", 2),
        (["read", "x", "--file", "y"], b"", "input.twice", 2),
        (["read", "x", "--heads", "ekman7"], b"", "heads.unknown", 2),
        (["read", "x", "--heads", ","], b"", "heads.unknown", 2),
        (["read", "x", "--from", "nmae=Ana"], b"", "person.key", 2),
    ],
)
def test_errors(fake: Any, arguments: list[str], stdin: bytes, code: str, status: int) -> None:
    done = fake(*arguments, stdin=stdin)
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (status, b"")
    assert [line.split(":")[0].strip() for line in lines] == [f"error[{code}]", "allowed", "fix"]
    done = fake(*arguments, "--json", stdin=stdin)
    assert (done.returncode, done.stdout) == (status, b"")
    error = json.loads(done.stderr)["error"]
    assert (error["code"], sorted(error)) == (code, ["allowed", "code", "fix", "received"])
