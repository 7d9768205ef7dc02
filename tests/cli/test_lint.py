"""``tongli lint`` in real processes: output, exit statuses, configuration, hook."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tongli.knowledge.claim_files import claims

MOON = claims("en")["en.idiom.over-the-moon"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news.md").write_text(
        "# News\n\nWe are over the moon.\nHe brought a dozen roses. `break a leg`\n", "utf-8"
    )
    (tmp_path / "dull.txt").write_text("The train leaves at nine in the morning.\n", "utf-8")
    return tmp_path


def test_findings_for_people(real: Any, folder: Path) -> None:
    done = real("lint", "news.md", "dull.txt", "--for", "ja-JP,ru-RU,zh-CN", cwd=folder)
    told = done.stdout.decode()
    assert done.returncode == 1
    assert MOON.meaning is not None
    head = f"idiom that means “{MOON.meaning.sense}”; the words may also be meant as they stand [{MOON.id}]\n"
    assert f"news.md:3:8: warning [ja-JP, ru-RU, zh-CN] “over the moon”: {head}" in told
    assert "news.md:4:14: note [ru-RU] “dozen roses”: symbol of ru-RU: " in told
    assert all(item.source in told for item in MOON.evidence)
    assert "not reviewed by an insider" in told
    assert "break a leg" not in told
    assert told.endswith("1 warning, 1 note in 2 files for ja-JP, ru-RU, zh-CN\n")
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["dull.txt", "--for", "ja-JP"], 0),
        (["news.md", "--for", "ja-JP"], 1),
        (["news.md", "--for", "ja-JP", "--fail-on", "never"], 0),
        (["news.md", "--for", "ru-RU", "--select", "symbol"], 0),
        (["news.md", "--for", "ru-RU", "--select", "symbol", "--fail-on", "note"], 1),
        (["news.md", "--for", "ja-JP", "--ignore", MOON.id], 0),
        (["*.md", "--for", "ja-JP"], 1),
        ([".", "--for", "ja-JP"], 1),
    ],
)
def test_exit_status(real: Any, folder: Path, arguments: list[str], status: int) -> None:
    assert real("lint", *arguments, cwd=folder).returncode == status


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["news.md"], "lint.for"),
        (["news.md", "--for", "fi-FI"], "claims.audience"),
        (["news.md", "--for", "ja-JP", "--fail-on", "error"], "lint.fail-on"),
        (["news.md", "--for", "ja-JP", "--select", "idoms"], "lint.rule"),
        (["news.md", "--for", "ja-JP", "--format", "xml"], "lint.format"),
        (["news.md", "--for", "ja-JP", "--config", "none.toml"], "lint.config"),
        (["none.md", "--for", "ja-JP"], "input.missing"),
        (["news.md", "--for", "ja-JP", "--lang", "xx-yy-zz"], "input.lang"),
    ],
)
def test_wrong_usage(real: Any, folder: Path, arguments: list[str], code: str) -> None:
    done = real("lint", *arguments, cwd=folder)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"error[{code}]: ")
    assert done.stdout == b""


def test_no_file_is_wrong_usage(real: Any) -> None:
    assert real("lint", "--for", "ja-JP").returncode == 2


def test_json_from_standard_input(real: Any) -> None:
    text = "😀 We are over the moon.\nWe are over the moon. tongli: ignore\n".encode()
    done = real("lint", "-", "--for", "de-DE", "--lang", "en", "--format", "json", stdin=text)
    assert done.returncode == 1
    (file,) = json.loads(done.stdout)["files"]
    (found,) = file["findings"]
    assert (file["path"], file["hidden"], file["language"]["declared"]) == ("-", 1, True)
    assert (found["line"], found["column"], found["span"]) == (1, 10, [9, 22])
    assert found["replacement"] == MOON.meaning.equivalents_in("de")[0].form


def test_sarif(real: Any, folder: Path) -> None:
    done = real("lint", "news.md", "--for", "ja-JP", "--format", "sarif", cwd=folder)
    (run,) = json.loads(done.stdout)["runs"]
    assert run["results"][0]["ruleId"] == MOON.id
    assert run["results"][0]["level"] == "warning"


def test_a_configuration_file_and_what_the_command_line_says_instead(real: Any, folder: Path) -> None:
    (folder / ".tongli-lint.toml").write_text(
        f'for = ["ja-JP"]\nignore = ["{MOON.id}"]\nfail-on = "note"\n', "utf-8"
    )
    assert real("lint", "news.md", cwd=folder).returncode == 0
    assert b"[ru-RU]" in real("lint", "news.md", "--for", "ru-RU", cwd=folder).stdout
    other = folder / "other.toml"
    other.write_text('for = ["ja-JP"]\n', "utf-8")
    assert real("lint", "news.md", "--config", other, cwd=folder).returncode == 1


def test_a_text_that_was_not_looked_at_is_told(real: Any, folder: Path) -> None:
    (folder / "fi.txt").write_text("Tämä on suomenkielinen lause, jossa ei ole mitään erityistä.", "utf-8")
    done = real("lint", "fi.txt", "--for", "ja-JP", cwd=folder)
    assert done.returncode == 0
    assert done.stderr.decode() == (
        "fi.txt was not looked at: its language is fi, of which nothing is known. Name it with --lang.\n"
    )
    assert done.stdout.decode() == "0 warnings, 0 notes in 0 files for ja-JP\n"


def test_the_hook_runs_this_command() -> None:
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert "\n  entry: tongli lint\n" in hook
    assert "\n  types_or: [markdown, plain-text]\n" in hook
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert "tongli" in scripts
