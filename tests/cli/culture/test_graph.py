"""``tongli culture graph`` over a few claims, and once over those that ship."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tongli.cli import app
from tongli.knowledge import graph_build
from tongli.knowledge.graph import Graph, Node, Triple

SMALL = Graph.of(
    [Node("claim:en.idiom.x", "claim", "A claim."), Node("sense:en.idiom.x", "sense", "a sense")],
    [Triple("claim:en.idiom.x", "means", "sense:en.idiom.x")],
)


@pytest.fixture
def small(monkeypatch, tmp_path):
    monkeypatch.setenv("TONGLI_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(graph_build, "whole_graph", lambda: SMALL)


def run(*words: str | Path) -> Any:
    return CliRunner().invoke(app, ["culture", "graph", *map(str, words)])


def test_counts(small):
    told = json.loads(run("--json").stdout)
    assert told["nodes"] == {"claim": 1, "sense": 1}
    assert told["triples"] == {"means": 1}
    assert told["hash"] == SMALL.content_hash
    assert "claim 1, sense 1" in run().stdout


@pytest.mark.parametrize("name", ["kb.ttl", "kb.jsonld", "kb.nt"])
def test_export(small, tmp_path, name):
    pytest.importorskip("pyoxigraph")
    told = json.loads(run("-o", tmp_path / name, "--json").stdout)
    assert told["written"]["triples"] == 6
    assert "https://tongli.dev/ns#" in (tmp_path / name).read_text("utf-8")


def test_a_file_that_is_there_is_kept(small, tmp_path):
    pytest.importorskip("pyoxigraph")
    path = tmp_path / "kb.ttl"
    path.write_text("mine", "utf-8")
    assert run("-o", path).exception.code == "output.exists"
    assert path.read_text("utf-8") == "mine"
    assert run("-o", path, "--overwrite").exit_code == 0
    assert "tongli:Claim" in path.read_text("utf-8")


def test_a_missing_folder_is_told_before_the_graph_is_built(monkeypatch, tmp_path):
    pytest.importorskip("pyoxigraph")
    monkeypatch.setattr(graph_build, "whole_graph", lambda: pytest.fail("built"))
    assert run("-o", tmp_path / "none" / "kb.ttl").exception.code == "storage.write"


def test_a_name_without_a_format(real: Any, tmp_path: Path) -> None:
    done = real("culture", "graph", "-o", tmp_path / "kb.csv")
    assert (done.returncode, b"error[graph.format]" in done.stderr) == (2, True)


def test_the_graph_that_ships(real: Any) -> None:
    told = json.loads(real("culture", "graph", "--json").stdout)
    assert told["nodes"]["claim"] > 3000
    assert told["triples"]["equivalentTo"] > 2000
    assert set(told["senses"]) >= {"ar", "de", "en", "es", "fr", "hi", "ja", "ko", "pt", "ru", "zh"}
