from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

import tongli

GOLDEN = Path(__file__).parents[1] / "golden" / "cli_help"
COMMANDS = (
    "",
    "read",
    "plan",
    "respond",
    "verify",
    "adapt",
    "annotate",
    "lint",
    "transcribe",
    "subtitle",
    "translate",
    "translate text",
    "translate memory",
    "translate memory import",
    "translate memory export",
    "translate memory search",
    "demo",
    "serve",
    "doctor",
    "culture",
    "culture show",
    "culture search",
    "culture explain",
    "culture gloss",
    "culture reading",
    "culture name",
    "culture lint",
    "culture contribute",
    "culture graph",
    "culture equivalent",
    "gender",
    "gender resolve",
    "gender check",
    "gender consistency",
    "gender rewrite",
    "gender fill",
    "gender swap",
    "gender audit",
    "write",
    "write post",
    "write ad",
    "write news",
    "write story",
    "write reply",
    "write continue",
    "write rephrase",
    "write channels",
    "write style",
    "write style save",
    "write style list",
    "write style show",
    "write style remove",
    "write rank",
    "people",
    "people add",
    "people list",
    "people show",
    "people remove",
    "people export",
    "people import",
    "review",
    "review list",
    "review show",
    "review approve",
    "review reject",
    "studio",
    "studio user",
    "studio user add",
    "studio user give",
    "studio user list",
    "studio user role",
    "studio user password",
    "studio user remove",
    "studio audit",
    "studio audit export",
    "studio audit verify",
    "studio status",
    "studio migrate",
    "studio edits",
    "studio erase",
    "models",
    "models list",
    "models pull",
    "models verify",
    "models install",
    "models rollback",
    "models remove",
    "models path",
    "learn",
    "learn import",
    "learn check",
    "learn split",
    "learn annotate",
    "learn annotate export",
    "learn annotate import",
    "learn annotate agreement",
    "learn annotate queue",
    "learn annotate errors",
    "learn augment",
    "learn continue",
    "learn contrast",
    "learn evaluate",
    "learn export",
    "learn fuse",
    "learn few-shot",
    "learn generate",
    "learn generate compare",
    "learn generate evaluate",
    "learn generate score",
    "learn generate tune",
    "learn generate write",
    "learn pretrain",
    "learn search",
    "learn speech",
    "learn tag",
    "learn self-train",
    "learn train",
    "learn zero-shot",
)
# typer itself imports pydantic for options that are numbers
HEAVY = {
    "numpy",
    "onnxruntime",
    "onnx",
    "tokenizers",
    "babel",
    "fastapi",
    "starlette",
    "uvicorn",
    "httpx",
    "huggingface_hub",
    "safetensors",
    "rich",
    "torch",
    "platformdirs",
    "asyncio",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_as_it_was(real: Any, command: str) -> None:
    done = real(*command.split(), "--help")
    golden = GOLDEN / f"{golden_name(command)}.txt"
    if os.environ.get("TONGLI_UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_bytes(done.stdout)
    assert done.returncode == 0
    assert done.stdout.decode() == golden.read_text(encoding="utf-8")


def test_every_command_has_a_golden_help() -> None:
    from tongli.cli import app

    assert {" ".join(path) for path in walk(typer.main.get_command(app))} == set(COMMANDS)
    assert {path.stem for path in GOLDEN.iterdir()} == {golden_name(command) for command in COMMANDS}


def walk(command: Any, *path: str) -> Iterator[tuple[str, ...]]:
    """The words of a command and of all that are nested in it."""
    yield path
    for name, inner in getattr(command, "commands", {}).items():
        yield from walk(inner, *path, name)


def golden_name(command: str) -> str:
    return command.replace(" ", "_") or "tongli"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["annotate", "--help"],
        ["learn", "annotate", "queue", "--help"],
        ["culture", "explain", "--help"],
        ["--version"],
    ],
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from tongli.cli import main\n"
        f"sys.argv[1:] = {arguments!r}\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not HEAVY & {name.split(".")[0] for name in done.stderr.split()}


def test_version(real: Any) -> None:
    assert real("--version").stdout.decode() == f"tongli {tongli.__version__}\n"


def test_an_unknown_command_or_option(real: Any) -> None:
    for arguments in (["raed"], ["read", "--jsn", "x"], ["annotate"]):
        done = real(*arguments)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
    assert b"read" in real("raed").stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(real: Any, shell: str) -> None:
    # Without detection the shell is an argument, so the test does not depend on what started it.
    done = real("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert done.returncode == 0
    assert b"_TONGLI_COMPLETE" in done.stdout
