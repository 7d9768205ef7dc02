"""What an audience is told of, and topics, which are held to the claims and to the pattern language."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files

import pytest

from tongli.core import InputError
from tongli.knowledge.catalogue import catalogue, has_claims
from tongli.knowledge.claim_files import SHIPPED, ClaimFiles
from tongli.knowledge.claim_matcher import Matcher
from tongli.knowledge.claim_patterns import parse_form

TOPICS = tomllib.loads((files("tongli.knowledge") / "topics.toml").read_text("utf-8"))["topic"]
SHIPPED_CLAIMS = {claim.id: claim for tag in SHIPPED.audiences for claim in SHIPPED.own(tag).values()}


@pytest.mark.parametrize(
    ("lang", "audience", "claim", "role"),
    [
        ("en", "ja-JP", "en.idiom.piece-of-cake", None),
        ("en", "ja-JP", "en.idiom.a-piece-of-cake", "expression"),
        ("en-GB", "en-US", "en.slang.knackered", "regional"),
        ("en", "ja-JP", "en-gb.culture-item.boxing-day", "explain"),
        ("en", "en-GB", "en-gb.culture-item.boxing-day", "known"),
        ("en", "ja-JP", "ja-jp.norm.no-tip", "practice"),
        ("ja", "en-US", "ja-jp.norm.no-tip", "explain"),
    ],
)
def test_roles(lang, audience, claim, role):
    entry = catalogue(lang, audience).get(claim)
    assert (entry.role if entry else None) == role


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic["claims"][0])
def test_topics_name_claims_that_can_be_reported(topic):
    for name in topic["claims"]:
        assert SHIPPED_CLAIMS[name].action.detect != "silent"
        assert SHIPPED_CLAIMS[name].kind in {"norm", "taboo", "gesture", "symbol"}


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic["claims"][0])
def test_forms_of_topics_find_what_they_stand_for(topic):
    for lang, forms in topic["forms"].items():
        abroad = [name for name in topic["claims"] if name[:2] != lang]
        assert abroad
        for name in abroad:
            matcher = Matcher([catalogue(lang, audience(name))[name].claim], lang=lang)
            for form in forms:
                assert all(matcher.find(text) for text in parse_form(form, lang).examples()), form


def audience(name: str) -> str:
    return next(tag for tag in SHIPPED.audiences if tag.lower() == name.partition(".")[0])


def test_an_audience_without_claims_is_refused():
    with pytest.raises(InputError, match=r"claims\.audience"):
        catalogue("en", "fi-FI")


def test_what_is_known_about_languages():
    assert has_claims("pt-PT")
    assert has_claims("arz")
    assert not has_claims("?")
    assert not has_claims("fi")
    assert not has_claims("und")


def test_levels_of_address_are_never_found_alone():
    kinds = {entry.claim.kind for tag in SHIPPED.audiences for entry in catalogue("de", tag).values()}
    assert not kinds & {"address", "politeness", "honorific"}


def test_what_is_to_be_kept_is_never_reported(tmp_path):
    claim = SHIPPED.claims("en")["en.idiom.a-piece-of-cake"].to_dict()
    for name, adapt in (("one", "keep"), ("two", "substitute")):
        folder = tmp_path / name / "languages" / "en"
        folder.mkdir(parents=True)
        line = json.dumps({**claim, "action": {"detect": "flag", "adapt": adapt}})
        (folder / "idioms.jsonl").write_text(line + "\n", encoding="utf-8")
        (tmp_path / name / "cultures").mkdir()
    roles = [
        {entry.role for entry in catalogue("en", "en", known=ClaimFiles(tmp_path / name)).values()}
        for name in ("one", "two")
    ]
    assert roles == [{"known"}, set()]
