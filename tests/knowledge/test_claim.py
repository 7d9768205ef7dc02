import json
from typing import get_args

import pytest

from tongli.knowledge import claim as types
from tongli.knowledge.claim import Claim, parse_claim
from tongli.knowledge.claim_files import ROOT

SLANG = {
    "id": "en.slang.yeet",
    "kind": "slang",
    "statement": "The slang word “yeet” means to throw something with force.",
    "trigger": {"forms": ["yeet|yeets|yeeted"], "situation": ["play"]},
    "meaning": {
        "literal": "yeet",
        "sense": "throw with force",
        "literal_use_possible": False,
        "emotions": ["joy"],
        "equivalents": [
            {"lang": "en", "form": "hurl", "match": "plain"},
            {"lang": "de-AT", "form": "schmeißen", "match": "partial"},
        ],
    },
    "scope": {"register": ["casual"], "generation": ["gen-z"], "period": {"from": 2014, "to": None}},
    "strength": {"level": "common", "agreement": 0.75, "confidence": "medium"},
    "evidence": [{"source": "a survey of ours", "licence": "CC0-1.0", "date": "2026-11", "type": "survey"}],
    "counter": [{"text": "Also a cry of joy.", "when": "alone"}],
    "action": {"detect": "flag", "adapt": "substitute", "never": ["explain it to a teenager"]},
    "status": "reviewed",
    "reviewed_by": ["a teenager"],
    "review_by": "2027-10",
}


def test_a_claim_keeps_what_its_json_says():
    found = parse_claim(SLANG)
    assert found.to_dict() == SLANG
    assert parse_claim(found.to_dict()) == found
    assert (found.scope.period.first, found.scope.period.last) == (2014, None)
    assert found.forms == ("yeet|yeets|yeeted",)


def test_what_is_empty_is_not_told():
    bare = {key: SLANG[key] for key in Claim.__slots__ if key in SLANG and key not in {"trigger", "meaning"}}
    bare |= {"kind": "norm", "counter": [], "scope": {"register": ["any"]}}
    assert parse_claim(bare).to_dict() == bare
    assert list(parse_claim(SLANG).to_dict()) == list(json.loads(schema())["properties"])


def test_equivalents_of_a_language_whatever_the_region():
    meaning = parse_claim(SLANG).meaning
    assert [item.form for item in meaning.equivalents_in("de")] == ["schmeißen"]
    assert [item.form for item in meaning.equivalents_in("EN-gb")] == ["hurl"]
    assert meaning.equivalents_in("ja") == ()


def test_a_claim_cannot_be_changed():
    with pytest.raises(AttributeError):
        parse_claim(SLANG).kind = "idiom"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "joke"}, "not one of idiom"),
        ({"colour": "red"}, "unknown field 'colour'"),
        ({"id": 3}, "not a string"),
        ({"trigger": {"forms": "yeet"}}, "not a list"),
        ({"trigger": ["yeet"]}, "not an object"),
        ({"evidence": [{"source": "x", "type": "hearsay"}]}, "not one of standard"),
        ({"strength": {"level": "common", "confidence": "high", "agreement": 75}}, "not between 0 and 1"),
        ({"strength": {"level": "common", "confidence": "high", "agreement": "most"}}, "not between"),
        ({"meaning": SLANG["meaning"] | {"literal_use_possible": "no"}}, "not true or false"),
        ({"meaning": SLANG["meaning"] | {"emotions": ["glee"]}}, "not one of anger"),
        ({"scope": {"register": ["casual"], "period": {"since": 2014}}}, "not a period"),
        ({"scope": {"register": ["casual"], "period": {"from": "2014"}}}, "does not hold years"),
        ({"counter": None}, "not a list"),
    ],
)
def test_every_mistake_is_told(change, words):
    with pytest.raises((ValueError, TypeError), match=words):
        parse_claim(SLANG | change)


@pytest.mark.parametrize("missing", ["id", "scope", "counter", "review_by"])
def test_what_must_be_there(missing):
    with pytest.raises(KeyError, match=missing):
        parse_claim({key: value for key, value in SLANG.items() if key != missing})


def test_something_else_than_an_object():
    with pytest.raises(TypeError, match="not an object"):
        parse_claim(["a claim"])


def schema():
    return (ROOT / "schema.json").read_text(encoding="utf-8")


def test_the_types_and_the_schema_name_the_same_values():
    properties = json.loads(schema())["properties"]
    equivalent = properties["meaning"]["properties"]["equivalents"]["items"]["properties"]
    pairs = [
        (types.Kind, properties["kind"]),
        (types.Status, properties["status"]),
        (types.Level, properties["strength"]["properties"]["level"]),
        (types.Confidence, properties["strength"]["properties"]["confidence"]),
        (types.EvidenceType, properties["evidence"]["items"]["properties"]["type"]),
        (types.Detect, properties["action"]["properties"]["detect"]),
        (types.Adapt, properties["action"]["properties"]["adapt"]),
        (types.Closeness, equivalent["match"]),
        (types.Feeling, properties["meaning"]["properties"]["emotions"]["items"]),
        (types.Tone, properties["scope"]["properties"]["register"]["items"]),
    ]
    for literal, described in pairs:
        assert get_args(literal) == tuple(described["enum"])


def test_the_types_and_the_schema_have_the_same_fields():
    properties = json.loads(schema())["properties"]
    assert list(properties) == list(Claim.__slots__)
    for name, kind in (
        ("trigger", types.Trigger),
        ("meaning", types.Meaning),
        ("scope", types.Scope),
        ("strength", types.Strength),
        ("action", types.Action),
    ):
        assert set(properties[name]["properties"]) == set(kind.__slots__)
    for name, kind in (("evidence", types.Evidence), ("counter", types.Counter)):
        assert set(properties[name]["items"]["properties"]) == set(kind.__slots__)
