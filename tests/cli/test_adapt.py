from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from tongli.cli.adapt import _KINDS
from tongli.generation.adapt import KINDS

TEXT = "It cost $5 on December 25, 2025. Leave a tip."
TO = ("--to", "ja-JP:register=formal", "--from", "en-US", "--no-model")


def test_changes_are_shown_with_reasons_sources_and_questions(real: Any) -> None:
    done = real("adapt", TEXT, *TO)
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "It cost [-$-]{+US$+}5 on December 25, 2025. Leave a tip." in shown
    assert "currency: $ → US$" in shown
    assert "babel@" in shown
    assert "taboo? “Leave a tip”: norm of ja-jp" in shown
    assert "[ja-jp.norm.no-tip]" in shown
    assert "translation is another command" in shown


def test_colours_instead_of_marks_on_a_terminal(real: Any) -> None:
    shown = real("adapt", TEXT, *TO, FORCE_COLOR="1", TERM="xterm").stdout.decode()
    assert "[-" not in shown
    assert "\x1b[" in shown


def test_json(real: Any) -> None:
    data = json.loads(real("adapt", TEXT, *TO, "--json").stdout)
    assert data["text"] == TEXT.replace("$", "US$")
    assert (data["lang"], data["to"]) == ("en-US", "ja-JP:register=formal")
    assert [edit["kind"] for edit in data["edits"]] == ["currency"]
    assert [asked["source"] for asked in data["questions"]] == ["ja-jp.norm.no-tip"]


def test_the_text_alone_goes_to_output(real: Any, tmp_path: Path) -> None:
    assert real("adapt", TEXT, *TO, "-o", "-").stdout.decode() == TEXT.replace("$", "US$") + "\n"
    target = tmp_path / "out.txt"
    assert real("adapt", TEXT, *TO, "-o", target).stdout == b""
    assert target.read_text("utf-8") == TEXT.replace("$", "US$") + "\n"
    again = real("adapt", "--file", target, *TO, "-o", target)
    assert (again.returncode, b"output.exists" in again.stderr) == (2, True)
    assert real("adapt", "--file", target, *TO, "-o", target, "--overwrite").returncode == 0
    assert target.read_text("utf-8") == TEXT.replace("$", "US$") + "\n"


def test_kinds_and_people(real: Any) -> None:
    only = json.loads(real("adapt", TEXT, *TO, "--only", "taboo", "--json").stdout)
    assert only["edits"] == []
    assert len(only["questions"]) == 1
    skipped = json.loads(real("adapt", TEXT, *TO, "--skip", "taboo,currency", "--json").stdout)
    assert (skipped["edits"], skipped["questions"]) == ([], [])
    person = ("--person", "given=Yuki;family=Tanaka;locale=ja")
    assert real("adapt", "Yuki Tanaka", *TO, *person, "-o", "-").stdout == b"Tanaka Yuki\n"


def test_json_lines(real: Any, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl.gz"
    lines = [
        {"id": 1, "text": TEXT, "lang": "en-US", "to": "en-GB"},
        {"id": 2, "text": TEXT, "lang": "en-US"},
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    done = real("adapt", "--jsonl", source, "-o", target, "--no-model", "--only", "date,currency")
    assert (done.returncode, b"line.to" in (tmp_path / "out.errors.jsonl").read_bytes()) == (3, True)
    (first,) = map(json.loads, gzip.decompress(target.read_bytes()).splitlines())
    assert first["text"] == "It cost US$5 on 25 December 2025. Leave a tip."


def test_what_is_allowed_is_listed(real: Any) -> None:
    listed = real("adapt", "--audiences").stdout.decode()
    assert "ja-JP  register=formal, neutral, informal, keigo" in listed
    assert "medium=email" in listed
    assert all(kind in listed for kind in KINDS)


def test_the_help_names_every_kind() -> None:
    assert tuple(_KINDS.split(", ")) == KINDS


def test_errors_tell_what_is_allowed(real: Any) -> None:
    for arguments, code in (
        (("Hello",), "adapt.to"),
        (("Hello", "--to", "nope"), "adapt.audience"),
        (("Hello", "--to", "de-DE:register=loud"), "adapt.setting"),
        (("Hello", "--to", "de-DE", "--skip", "jokes"), "adapt.kind"),
        (("1 2", "--to", "de-DE"), "adapt.language"),
        (("a.jsonl", "b.jsonl", "--jsonl"), "adapt.input"),
        (("Hello", "--to", "de-DE", "--from", "??"), "input.lang"),
    ):
        done = real("adapt", *arguments, "--no-model")
        assert (done.returncode, f"error[{code}]" in done.stderr.decode()) == (2, True), done.stderr
        assert done.stdout == b""
