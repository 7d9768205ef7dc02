from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from tongli.cli import app
from tongli.core import ConfigError

TOML = '[[people]]\nname = "Kim"\npronouns = "fey/fem/feir/feirs/feirself"\n'


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.toml").write_text(TOML)
    (tmp_path / "a.txt").write_bytes(b"Kim is here. She has her keys.\r\n")

    def run(*arguments: str):
        return CliRunner().invoke(app, list(arguments))

    return run


def test_a_file_to_declared_forms(run, tmp_path):
    found = run("gender", "rewrite", "a.txt", "--people", "people.toml", "--lang", "en", "-o", "b.txt")
    assert found.exit_code == 0, found.output
    assert (tmp_path / "b.txt").read_bytes() == b"Kim is here. Fey has feir keys.\r\n"
    assert (tmp_path / "a.txt").read_bytes().startswith(b"Kim is here. She")
    again = run("gender", "rewrite", "a.txt", "--to", "neutral", "--lang", "en", "-o", "b.txt")
    assert isinstance(again.exception, ConfigError)
    assert again.exception.code == "output.exists"


def test_in_place(run, tmp_path):
    assert run("gender", "rewrite", "a.txt", "--to", "neutral", "--lang", "en", "--in-place").exit_code == 0
    assert (tmp_path / "a.txt").read_bytes() == b"Kim is here. They have their keys.\r\n"
    assert (tmp_path / "a.txt.bak").read_bytes() == b"Kim is here. She has her keys.\r\n"


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--to", "neutral", "--alternatives"),
        ("--to", "neutral", "--in-place", "-o", "b.txt"),
        ("--jsonl", "--to", "neutral"),
    ],
)
def test_options_that_do_not_fit(run, options):
    found = run("gender", "rewrite", "a.txt", "--lang", "en", *options)
    assert isinstance(found.exception, ConfigError)
    assert found.exception.code == "gender.input"


def test_fill_one_and_many(run, tmp_path):
    assert (
        "Kim lost feir keys."
        in run("gender", "fill", "Kim lost [MASK] keys.", "--people", "people.toml").output
    )
    line = {"id": 1, "text": "[MASK] left.", "people": [{"name": "Kim", "pronouns": "ze/hir"}]}
    (tmp_path / "in.jsonl").write_text(json.dumps(line) + "\n{}\n")
    found = run("gender", "fill", "--jsonl", "in.jsonl", "-o", "out.jsonl")
    assert found.exit_code == 3
    assert json.loads((tmp_path / "out.jsonl").read_text())["text"] == "Ze left."


def test_without_a_file_the_store_tells_who_declared_what(run, tmp_path):
    assert isinstance(run("gender", "fill", "Kim lost [MASK] keys.").exception, ConfigError)
    assert run("people", "import", "people.toml").exit_code == 0
    assert "Kim lost feir keys." in run("gender", "fill", "Kim lost [MASK] keys.").output
    assert run("gender", "rewrite", "a.txt", "--lang", "en", "-o", "b.txt").exit_code == 0
    assert (tmp_path / "b.txt").read_bytes() == b"Kim is here. Fey has feir keys.\r\n"
    assert run("gender", "check", "a.txt", "--lang", "en").exit_code == 1
    assert run("gender", "check", "b.txt", "--lang", "en").exit_code == 0


def test_people(run, tmp_path, monkeypatch):
    monkeypatch.setenv("TONGLI_PEOPLE", str(tmp_path / "store.json"))
    monkeypatch.delenv("TONGLI_PEOPLE_KEY", raising=False)
    assert run("people", "import", "people.toml").exit_code == 0
    assert run("people", "add", "name=Ada;pronouns=she/her").exit_code == 0
    assert run("people", "list").output == "Ada\nKim\n"
    assert run("people", "export", "-o", "all.json").exit_code == 0
    assert len(json.loads((tmp_path / "all.json").read_text())["people"]) == 2
    assert run("people", "remove", "kim").exit_code == 0
    assert run("people", "list").output == "Ada\n"
