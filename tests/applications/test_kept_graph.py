"""The graph that is kept: what comes back, when it is built, and what a damaged cache does."""

from __future__ import annotations

import json

import pytest

from tongli.applications.kept_graph import kept_graph
from tongli.knowledge.claim_files import ClaimFiles
from tongli.knowledge.graph import Graph
from tongli.knowledge.graph_build import build

CLAIM = {
    "id": "en.idiom.over-the-hedge",
    "kind": "idiom",
    "statement": "The idiom “over the hedge” means “gone”.",
    "trigger": {"forms": ["over the hedge"]},
    "meaning": {
        "literal": "past the bushes",
        "sense": "gone",
        "literal_use_possible": True,
        "equivalents": [{"lang": "zh", "form": "不见了\u2028", "match": "plain"}],
    },
    "scope": {"register": ["casual"]},
    "strength": {"level": "common", "confidence": "medium"},
    "evidence": [{"source": "the tests", "type": "llm-generated"}],
    "counter": [],
    "action": {"detect": "flag", "adapt": "gloss"},
    "status": "draft",
    "review_by": "2099-01",
}


class Builds:
    """Builds the graph of a folder of claims, and counts how often."""

    def __init__(self, root, cache):
        self.root, self.cache, self.calls = root, cache, 0

    def graph(self, **changes) -> Graph:
        folder = self.root / "languages" / "en"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "idioms.jsonl").write_text(json.dumps({**CLAIM, **changes}), encoding="utf-8")
        files = ClaimFiles(self.root)

        def made() -> Graph:
            self.calls += 1
            return build(files)

        return kept_graph(files, made, cache=self.cache)


@pytest.fixture
def builds(tmp_path):
    return Builds(tmp_path / "claims", tmp_path / "cache")


def test_the_second_time_nothing_is_built(builds):
    first, second = builds.graph(), builds.graph()
    assert builds.calls == 1
    assert (second.nodes, second.triples) == (first.nodes, first.triples)
    assert list(second.nodes) == list(first.nodes)
    assert second.content_hash == first.content_hash


def test_other_claims_are_built_again(builds):
    builds.graph()
    changed = builds.graph(statement="“over the hedge” is gone.")
    assert builds.calls == 2
    assert changed.nodes["claim:en.idiom.over-the-hedge"].label == "“over the hedge” is gone."


def test_tables_make_another_graph(builds, tmp_path):
    builds.graph()
    shared = {key: CLAIM[key] for key in ("kind", "scope", "strength", "evidence", "counter", "action")}
    head = json.dumps({"lang": "en", **shared, "status": "draft", "review_by": "2099-01"})
    table = tmp_path / "claims" / "languages" / "en" / "more.tsv"
    table.write_text(f"{head}\nup the hill\tbetter\n", encoding="utf-8")
    files = ClaimFiles(tmp_path / "claims")
    every = kept_graph(files, lambda: build(files), cache=builds.cache)
    linked = kept_graph(files.without_tables(), lambda: pytest.fail("it was kept"), cache=builds.cache)
    assert len(every.nodes) > len(linked.nodes)


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b cut off", b"no archive"])
def test_a_damaged_cache_is_made_again(builds, damage):
    first = builds.graph()
    (path,) = (builds.cache / "graphs").iterdir()
    path.write_bytes(damage)
    assert builds.graph().content_hash == first.content_hash
    builds.graph()
    assert builds.calls == 2


def test_without_a_cache_it_is_built(builds):
    builds.cache = None
    builds.graph()
    builds.graph()
    assert builds.calls == 2
