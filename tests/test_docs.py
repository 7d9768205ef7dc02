"""The documentation is held to the code: nothing it names is missing, nothing that is there goes unnamed."""

from __future__ import annotations

import ast
import hashlib
import importlib
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import click
import pytest
import typer.main

import tongli
from tongli.cli import app
from tongli.core import Person, Settings, registry
from tongli.generation.realiser import Realiser
from tongli.generation.verify import CHECKS
from tongli.knowledge.locales import languages
from tongli.knowledge.schemes import GOEMOTIONS28, SCHEMES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FILES = [*PAGES, *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"))]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^()\s]+)\)")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(kind: str) -> list[Any]:
    """Fenced blocks of one kind in all files, each under its place."""
    found = []
    for path in FILES:
        for match in FENCE.finditer(path.read_text(encoding="utf-8")):
            if match[1] == kind:
                line = match.string.count("\n", 0, match.start()) + 1
                found.append(pytest.param(match[2], id=f"{path.name}:{line}"))
    return found


def prose(path: Path) -> str:
    return FENCE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """Ids of headings, made as MkDocs and the usual repository pages make them."""
    titles = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", title).strip().lower()) for title in titles}


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if hasattr(command, "commands"):
            yield from commands(command, *path, name)


COMMANDS = dict(commands(typer.main.get_command(app)))


def test_every_page_is_in_the_navigation():
    nav = re.findall(r"^ +- .+: (\S+\.md)$", text("mkdocs.yml"), re.MULTILINE)
    assert sorted(nav) == sorted(str(page.relative_to(DOCS)) for page in PAGES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_links_lead_somewhere(path):
    for link in LINK.findall(prose(path)):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.is_file(), link
        assert not anchor or anchor in anchors(target), link
        assert path not in PAGES or target in PAGES, f"{link} leaves the built site"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_headings_are_a_tree(path):
    """One title, and no level skipped: screen readers navigate by headings."""
    levels = [len(marks) for marks in re.findall(r"^(#+) ", prose(path), re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("source", blocks("python"))
def test_python_blocks_are_python_with_real_names(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tongli"):
            module = importlib.import_module(node.module)
            assert [item.name for item in node.names if not hasattr(module, item.name)] == []


@pytest.mark.parametrize("source", blocks("json"))
def test_json_blocks_are_json(source):
    json.loads(source)


@pytest.mark.parametrize("source", blocks("toml"))
def test_toml_blocks_are_toml(source):
    tomllib.loads(source)


@pytest.mark.parametrize("source", blocks("console"))
def test_commands_in_examples_exist(source):
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    for words in example_commands(source):
        if words[0] == "make":
            assert words[1] in targets, words
        elif words[0] == "tongli":
            paths = (tuple(words[1:end]) for end in range(len(words), 1, -1))
            name = next(path for path in paths if path in COMMANDS)
            known = {
                flag for option in COMMANDS[name].params for flag in (*option.opts, *option.secondary_opts)
            }
            assert {word for word in words if re.match("--?[a-z]", word)} <= known, words


def example_commands(source: str) -> Iterator[list[str]]:
    """Commands of a console block, pipes taken apart; output lines start with two spaces or a sign."""
    for line in source.splitlines():
        for part in line.removeprefix("$ ").split(" | "):
            words = shlex.split(part) if re.match(r"(?:[A-Z_]+=\S+ )*(?:make|tongli) ", part) else []
            while words and "=" in words[0]:
                words.pop(0)
            if words:
                yield words


def test_the_readme_starts_with_the_two_commands():
    assert {"make run", "make test"} <= set(re.findall(r"`(make \w+)`", text("README.md")))


@pytest.mark.parametrize("name", COMMANDS, ids=" ".join)
def test_every_command_and_option_is_documented(name):
    page = text("docs/cli.md")
    heading = "tongli " + " ".join(name)
    assert re.search(rf"^#+ {heading}$", page, re.MULTILINE)
    section = re.split(r"^## ", page.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    shared = page.split("## tongli respond")[0] if name == ("respond",) else ""
    for option in COMMANDS[name].params:
        for flag in (*option.opts, *option.secondary_opts):
            assert (
                flag in {"--help", "-h"} or re.search(rf"`{flag}[` ]", section + shared) or flag[0] != "-"
            ), flag


def test_every_environment_variable_is_documented():
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py"))
    named = set(re.findall(r"\bTONGLI_[A-Z_]+\b", sources))
    rows = set(re.findall(r"^\| `(TONGLI_[A-Z_]+)` \|", text("docs/models.md"), re.MULTILINE))
    assert rows == named
    assert {f"TONGLI_{field.name.upper()}" for field in fields(Settings)} <= rows


def test_every_public_name_is_documented():
    rows = set(re.findall(r"^\| `(\w+)` \|", text("docs/python.md"), re.MULTILINE))
    assert set(tongli.__all__) <= rows


def test_every_method_of_the_pipeline_is_documented():
    rows = set(re.findall(r"^\| `(\w+)\(", text("docs/python.md"), re.MULTILINE))
    public = {name for name in vars(tongli.Tongli) if not name.startswith("_")}
    assert rows == {name for name in public if callable(getattr(tongli.Tongli, name))}


def test_every_field_of_a_person_is_documented():
    page = text("docs/people.md")
    assert [field.name for field in fields(Person) if f"`{field.name}`" not in page] == []


def test_every_head_and_label_is_documented():
    page = text("docs/annotate.md")
    assert set(SCHEMES) <= set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert [label for label in GOEMOTIONS28 if not re.search(rf"\b{label}\b", page)] == []
    assert [name for name in SCHEMES if f"`{name}`" not in text("docs/heads.md")] == []


def test_every_check_and_language_is_documented():
    page = text("docs/equation.md")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(CHECKS)
    assert f"| Profiles of c_culture | {' '.join(languages())} |" in page
    assert f"| Replies by the realiser | {' '.join(sorted(Realiser().languages(), key=str.lower))} |" in page


def test_every_plug_in_is_documented():
    page = text("docs/plugins.md")
    for group in registry.GROUPS:
        (row,) = re.findall(rf"^\| `{re.escape(group)}` \|.*$", page, re.MULTILINE)
        assert all(f"`{name}`" in row for name in registry.names(group))


def test_every_http_path_and_field_is_documented():
    page = text("docs/http.md")
    described = json.loads(text("tests/golden/openapi.json"))
    for path, methods in described["paths"].items():
        assert all(f"## {method.upper()} {path}" in page for method in methods)
        for method in methods.values():
            assert [status for status in method["responses"] if status != "200" and status not in page] == []
    for name in ("MessageIn", "ResponseOut", "PlanOut", "Health"):
        known = described["components"]["schemas"][name]["properties"]
        assert [field for field in known if not re.search(rf"\b{field}\b", page)] == []


def test_the_changelog_knows_this_version():
    assert f"## [{tongli.__version__}]" in text("CHANGELOG.md")


def test_the_licence_is_verbatim():
    """The SHA-256 of https://www.apache.org/licenses/LICENSE-2.0.txt."""
    digest = hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest()
    assert digest == "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def test_data_of_the_heads_is_attributed():
    """Every set and licence in the cards that ship, and in the recipe, stands in NOTICE."""
    notice = text("NOTICE")
    names = {
        "afrisenti": "AfriSenti",
        "brighter": "BRIGHTER",
        "brighter_intensity": "BRIGHTER",
        "clinc150": "CLINC150",
        "empathic_reactions": "Empathic Reactions",
        "formality_mt": "CoCoA-MT",
        "goemotions": "GoEmotions",
        "indonlu_emot": "IndoNLU EmoT",
        "indonlu_smsa": "SmSA",
        "ntrex": "NTREX-128",
        "tydip": "TyDiP",
        "xed": "XED",
        "xsid": "xSID",
    }
    cards = [
        json.loads(path.read_text("utf-8")) for path in (ROOT / "src/tongli/emotion/weights").glob("*.json")
    ]
    for source in (source for card in cards for source in card["data"]):
        assert names[source["name"]] in notice
        assert re.sub(r"^CC-(BY.*)-(\d\.0)$", r"CC \1 \2", source["licence"]) in notice


def test_languages_of_the_heads_are_those_of_their_cards():
    page = text("docs/heads.md")
    for path in (ROOT / "src/tongli/emotion/weights").glob("*.json"):
        card = json.loads(path.read_text("utf-8"))
        if "head" not in card:  # of what only helps heads
            continue
        (row,) = re.findall(rf"^\| .*`{card['head']}`.* \| (\w+)(?: tags)? \|$", page, re.MULTILINE)
        assert row == ("English" if card["languages"] == ["en"] else str(len(card["languages"]))), card[
            "head"
        ]


def test_no_page_claims_what_the_project_does_not_tell():
    """Project texts say nothing of the machines they were written on."""
    for path in [*FILES, ROOT / "NOTICE", ROOT / "experiments" / "LOG.md"]:
        assert not re.search(r"(?<![\w.])/(?:work|home|opt|root)/", path.read_text("utf-8")), path.name
