import subprocess
import sys

import pytest

from tongli.core import ConfigError
from tongli.knowledge import claim_lint
from tongli.knowledge.claim_lint import lint, lint_file

NOW = "2026-11"


@pytest.fixture
def rules(write_claims):
    """Rules that lines of languages/en/x.jsonl break."""

    def check(*found, place: str = "languages/en/x") -> list[str]:
        return [finding.rule for finding in lint(write_claims(place, *found), month=NOW)]

    return check


def test_a_sound_claim(rules, claim_data):
    assert rules(claim_data()) == []


@pytest.mark.parametrize(
    ("name", "changes", "rule"),
    [
        ("en.idiom.x", {"kind": "proverb"}, "id"),
        ("de.idiom.x", {}, "id"),
        ("en-gb.idiom.x", {}, "id"),
        ("en.idiom.x", {"review_by": "2026-10"}, "expired"),
        ("en.idiom.x", {"trigger": {"forms": ["spill (the beans"]}}, "pattern"),
        ("en.idiom.x", {"trigger": {"forms": ["German"]}}, "nationality"),
        ("en.idiom.x", {"trigger": {"forms": ["fren*"]}}, "nationality"),
        ("en.idiom.x", {"trigger": {"forms": ["so"]}}, "broad-form"),
        ("en.idiom.x", {"trigger": {"forms": ["(spill|drop) beans"]}}, "optional-choice"),
        ("en.idiom.x", {"statement": "Germans spill beans all the time."}, "people"),
        ("en.idiom.x", {"evidence": [{"source": "Hofstede (1980)", "type": "survey"}]}, "dimension"),
        ("en.idiom.x", {"scope": {"register": ["any"], "region": ["xx-QQ"]}}, "tag"),
        ("en.idiom.x", {"strength": {"level": "common", "confidence": "low", "agreement": 0.9}}, "agreement"),
        ("en.idiom.x", {"statement": "<one sentence about it>"}, "template"),
        ("en.idiom.x", {"colour": "red"}, "schema"),
        ("en.idiom.x", {"statement": "Too short"}, "schema"),
    ],
)
def test_every_rule(rules, claim_data, name, changes, rule):
    assert set(rules(claim_data(name, **changes))) == {rule}


@pytest.mark.parametrize(
    ("name", "changes", "rule"),
    [
        ("en.norm.x", {"counter": []}, "counter"),
        ("en.slang.x", {"scope": {"register": ["casual"]}}, "slang"),
        ("en.idiom.x", {"status": "reviewed", "reviewed_by": ["somebody"]}, "reviewed"),
        ("en.idiom.x", {"trigger": {"situation": ["talk"]}}, "figurative"),
    ],
)
def test_what_the_schema_refuses_too_is_named(rules, claim_data, name, changes, rule):
    assert set(rules(claim_data(name, **changes))) == {"schema", rule}


@pytest.mark.parametrize("kind", ["norm", "directness", "taboo", "politeness"])
def test_practices_need_a_counter_example_unless_they_are_grammar(rules, claim_data, kind):
    grammar = {"level": "obligatory-grammar", "confidence": "high"}
    assert set(rules(claim_data(f"en.{kind}.x", counter=[]))) == {"schema", "counter"}
    assert rules(claim_data(f"en.{kind}.x", strength=grammar, counter=[])) == []


@pytest.mark.parametrize("missing", ["generation", "period"])
def test_slang_belongs_to_a_generation_and_a_period(rules, claim_data, missing):
    data = claim_data("en.slang.x")
    assert rules(data) == []
    del data["scope"][missing]
    assert set(rules(data)) == {"schema", "slang"}


def test_slang_needs_a_date_of_review(rules, claim_data):
    data = claim_data("en.slang.x")
    del data["review_by"]
    assert rules(data) == ["schema"]


@pytest.mark.parametrize(
    "types", [["llm-generated"], ["outsider-report"], ["outsider-report", "llm-generated"]]
)
def test_a_machine_or_an_outsider_alone_reviews_nothing(rules, claim_data, types):
    weak = [{"source": "somebody", "type": name, "date": "2026-10"} for name in types]
    reviewed = {"status": "reviewed", "reviewed_by": ["somebody"]}
    assert set(rules(claim_data(**reviewed, evidence=weak))) == {"schema", "reviewed"}
    assert rules(claim_data(**reviewed, evidence=[*weak, {**weak[0], "type": "dictionary"}])) == []


@pytest.mark.parametrize(
    "change",
    [
        {"statement": "Where power distance is large, the words are said to superiors only."},
        {"counter": [{"text": "Where Hofstede's scores are high it is avoided."}]},
        {"reviewed_by": ["the GLOBE project"]},
        {"evidence": [{"source": "Hofstede (1980)", "type": "survey"}]},
    ],
)
def test_scores_of_countries_stand_nowhere(rules, claim_data, change):
    assert "dimension" in rules(claim_data(**change))


def test_an_equivalent_in_no_language(rules, claim_data):
    data = claim_data()
    data["meaning"]["equivalents"][0]["lang"] = "xqz"
    assert rules(data) == ["tag"]


def test_broken_lines(rules, claim_data):
    assert rules("{", "", "[]", claim_data()) == ["json", "json", "schema"]


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "x.jsonl").write_bytes(b"\xff")
    (finding,) = lint_file(tmp_path / "x.jsonl", month=NOW)
    assert (finding.file, finding.rule) == ("x.jsonl", "json")


def test_doubles(write_claims, claim_data):
    write_claims("languages/en/one", claim_data("en.idiom.x"), claim_data("en.idiom.y", "raining cats"))
    write_claims("cultures/en-GB/own", claim_data("en.idiom.y", "raining cats"))
    root = write_claims("languages/en/two", claim_data("en.idiom.x"))
    (finding,) = lint(root, month=NOW)
    assert (finding.file, finding.line, finding.rule) == ("en/two.jsonl", 1, "double")
    assert "en/one.jsonl, line 1" in finding.message


def test_forms_that_two_claims_share_are_a_warning(write_claims, claim_data):
    root = write_claims("languages/en/x", claim_data("en.idiom.x"), claim_data("en.slang.y"))
    findings = lint(root, month=NOW)
    assert [(finding.id, finding.rule, finding.severity) for finding in findings] == [
        ("en.idiom.x", "shared-form", "warning"),
        ("en.slang.y", "shared-form", "warning"),
    ]


def test_forms_that_do_not_find_what_they_stand_for(rules, claim_data, monkeypatch):
    monkeypatch.setattr(claim_lint.Matcher, "candidates", lambda self, text: [])
    assert set(rules(claim_data())) == {"self-match"}


def test_a_file_outside_of_a_knowledge_base(write_claims, claim_data):
    root = write_claims("mine", claim_data("fr-ca.idiom.x"), claim_data("fr.idiom.x", "(x"))
    assert [item.rule for item in lint_file(root / "mine.jsonl", month=NOW)] == ["pattern"]


def test_without_jsonschema(monkeypatch, write_claims, claim_data):
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    claim_lint._validator.cache_clear()
    with pytest.raises(ConfigError) as caught:
        lint(write_claims("languages/en/x", claim_data()), month=NOW)
    claim_lint._validator.cache_clear()
    assert caught.value.code == "claims.jsonschema"


def test_importing_it_imports_no_jsonschema():
    code = "import sys, tongli.knowledge.claim_lint\nassert 'jsonschema' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
