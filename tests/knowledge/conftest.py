"""Claims that the tests make."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tongli.knowledge.claim import parse_claim


def _data(name="en.idiom.spill-the-beans", *forms, **changes) -> dict[str, Any]:
    kind = name.split(".")[1]
    data: dict[str, Any] = {
        "id": name,
        "kind": kind,
        "statement": "The expression means to tell a secret.",
        "trigger": {"forms": list(forms) or ["spill|spills|spilled|spilt the (proverbial) beans"]},
        "meaning": {
            "literal": "let beans fall",
            "sense": "tell a secret",
            "literal_use_possible": True,
            "equivalents": [{"lang": "zh", "form": "泄露秘密", "match": "plain"}],
        },
        "scope": {"register": ["casual"]},
        "strength": {"level": "common", "confidence": "high"},
        "evidence": [{"source": "the authors", "date": "2026-11", "type": "llm-generated"}],
        "counter": [{"text": "A cook may spill beans."}],
        "action": {"detect": "flag", "adapt": "substitute"},
        "status": "draft",
        "review_by": "2028-11",
    }
    if kind == "slang":
        data["scope"] |= {"generation": ["gen-z"], "period": {"from": 2020}}
    return data | changes


@pytest.fixture
def claim_data():
    """Make the JSON object of a claim: ``claim_data(name, *forms, **changes)``."""
    return _data


@pytest.fixture(scope="session")
def make_claim():
    """Make a claim from the same arguments."""

    def make(*arguments, **changes):
        return parse_claim(_data(*arguments, **changes))

    return make


@pytest.fixture
def write_claims(tmp_path):
    """Write lines, or objects as lines, to ``tmp_path/place.jsonl``; returns the folder."""

    def write(place: str, *found: dict[str, Any] | str) -> Path:
        path = tmp_path / f"{place}.jsonl"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (item if isinstance(item, str) else json.dumps(item, ensure_ascii=False) for item in found)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return tmp_path

    return write
