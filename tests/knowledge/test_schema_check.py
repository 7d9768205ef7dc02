"""The compiled schema says what jsonschema says: of every claim that ships, and of damaged ones."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import jsonschema
import pytest

from tongli.knowledge.claim_files import ROOT, SHIPPED, records
from tongli.knowledge.schema_check import compiled

SCHEMA = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
FITS = compiled(SCHEMA)
REFERENCE = jsonschema.Draft202012Validator(SCHEMA)
ODD: list[Any] = [
    None,
    True,
    0,
    2,
    0.5,
    7.0,
    -1,
    "",
    "x",
    "slang",
    "norm",
    "reviewed",
    "idiom",
    [],
    [""],
    ["any"],
    {},
]


def claims() -> list[dict[str, Any]]:
    """Every fortieth claim that is written out."""
    files = [file for file, _ in SHIPPED.files() if file.name.endswith(".jsonl")]
    return [data for file in files for _, data in records(file) if isinstance(data, dict)][::40]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def damaged(claim: dict[str, Any], chance: random.Random) -> Any:
    """A claim with something changed, removed or added."""
    made = copy.deepcopy(claim)
    *path, last = chance.choice(places(made)[1:])
    parent = made
    for key in path:
        parent = parent[key]
    how = chance.randrange(3)
    if how == 0:
        parent[last] = chance.choice(ODD)
    elif how == 1:
        del parent[last]
    elif isinstance(parent, dict):
        parent[chance.choice(["unknown", "agreement", "reviewed_by", "when"])] = chance.choice(ODD)
    else:
        parent.append(chance.choice(ODD))
    return made


def test_it_agrees_about_claims_and_damaged_claims():
    chance = random.Random(7)
    several = claims()
    told = []
    for claim in several:
        for made in (claim, *(damaged(claim, chance) for _ in range(25))):
            told.append(FITS(made))
            assert told[-1] is REFERENCE.is_valid(made), made
    assert len(several) > 40
    assert 0.1 < sum(told) / len(told) < 0.9


@pytest.mark.parametrize("value", ODD)
def test_it_agrees_about_what_is_no_claim(value):
    assert FITS(value) is REFERENCE.is_valid(value)


def test_a_keyword_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match="uniqueItems"):
        compiled({"properties": {"x": {"uniqueItems": True}}})
