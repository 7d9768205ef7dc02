"""Sentences of our own, what they must and must not raise, and for whom."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.lint.check import check
from tongli.applications.lint.config import LintConfig
from tongli.applications.lint.files import document
from tongli.applications.lint.rules import Linter, apply, linter, severity
from tongli.knowledge.catalogue import Entry
from tongli.knowledge.claim_files import SHIPPED, claims
from tongli.knowledge.claim_patterns import parse_form

HERE = Path(__file__).parent
NATIONALITIES = HERE.parents[1] / "knowledge" / "nationality_sentences.tsv"


def rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines() if line]


def findings(text: str, lang: str, *audiences: str):
    return check(document("x.txt", text), LintConfig(audiences=audiences, lang=lang)).findings


@pytest.mark.parametrize(("lang", "audience", "text", "rule", "words", "level"), rows(HERE / "sentences.tsv"))
def test_what_needs_care_is_found(lang, audience, text, rule, words, level):
    told = [
        (item.claim.id, text[slice(*item.span)], item.severity) for item in findings(text, lang, audience)
    ]
    assert (rule, words, level) in told


@pytest.mark.parametrize(("lang", "audience", "text"), rows(HERE / "quiet.tsv"))
def test_what_needs_no_care_is_left_alone(lang, audience, text):
    assert findings(text, lang, audience) == ()


def test_no_finding_by_a_nationality_alone():
    for lang, text in rows(NATIONALITIES):
        known = LintConfig(audiences=SHIPPED.audiences, lang=lang)
        assert check(document("x.txt", text), known).findings == (), text


def test_an_equivalent_in_the_language_of_the_audience():
    (german,) = findings("Das ist mir Wurst.", "de", "en-GB")
    assert german.replacement == "I couldn't care less"
    assert german.suggestion == "Say I couldn't care less (same-sense)"
    (none,) = findings("Das ist mir Wurst.", "de", "ko-KR")
    assert none.replacement is None
    assert none.suggestion == f"Say it plainly: {none.claim.meaning.sense}"


def test_a_finding_tells_source_counter_example_and_doubt():
    (clock,) = findings("You get a clock as a gift.", "en", "zh-CN")
    assert clock.counter == tuple(item.text for item in clock.claim.counter) != ()
    assert clock.sources == tuple(item.source for item in clock.claim.evidence) != ()
    assert clock.message == f"symbol of zh-CN: {clock.claim.statement}"
    (leg,) = findings("Break a leg!", "en", "ja-JP")
    assert leg.message.endswith("; the words may also be meant as they stand")


def test_readers_at_home_are_told_nothing_that_they_know():
    text = "Ab fünf Uhr ist Feierabend."
    assert findings(text, "de", "de-DE") == ()
    assert [item.audience for item in findings(text, "de", "de-DE", "ja-JP")] == ["ja-JP"]


def test_what_readers_know_from_home_stands_before_what_outsiders_need_explained():
    """Both cultures of a language may have a claim on the same words."""
    shared = claims("es-MX")["es-mx.culture-item.dia-de-muertos"]
    form = shared.forms[0].split("|")[0]
    assert all(item.claim.kind != "culture-item" for item in findings(f"Hoy es {form}.", "es", "es-MX"))


def test_a_region_in_the_language_of_the_text_names_the_writers():
    text = "The office is shut on the bank holiday, and on Thanksgiving."
    british = {item.claim.id for item in findings(text, "en-GB", "ja-JP")}
    assert "en-gb.culture-item.bank-holiday" in british
    assert "en-us.culture-item.thanksgiving" not in british


def test_an_idiom_of_another_region_is_told_to_readers_of_the_language():
    spanish = [
        item
        for item in claims("es").values()
        if item.kind == "idiom" and item.scope.region == ("es-ES",) and item.action.detect != "silent"
    ]
    for item in spanish:
        text = next(parse_form(item.forms[0], "es").examples())
        abroad = [found for found in findings(text, "es", "es-MX") if found.claim.id == item.id]
        assert [found.message.startswith("idiom of es-ES that means “") for found in abroad] == [True]
        assert abroad[0].suggestion.startswith("Say it plainly: ")
        assert not [found for found in findings(text, "es", "es-ES") if found.claim.id == item.id]
    assert spanish


def test_a_member_of_a_macrolanguage_is_read_as_it():
    text = "قال لي أبي: على قد لحافك مد رجليك."
    assert findings(text, "arz", "ar-EG") == findings(text, "ar", "ar-EG")
    assert findings(text, "arz", "en-US") == findings(text, "ar", "en-US") != ()


def test_silent_claims_are_never_reported():
    silent = {
        item.id
        for tag in SHIPPED.audiences
        for item in claims(tag).values()
        if item.action.detect == "silent"
    }
    told = {
        item.claim.id
        for lang, audience, text, *_ in rows(HERE / "sentences.tsv")
        for item in findings(text, lang, *SHIPPED.audiences)
    }
    assert told & silent == set()


def test_severity_is_never_an_error():
    for claim in claims("de-DE").values():
        assert severity(claim, "practice") in {"warning", "note"}
        if claim.action.detect == "ask" or claim.strength.level == "contested":
            assert severity(claim, "expression") == "note"


def test_the_roles_of_kinds():
    entries = {
        role: Linter("en", {"x": {item.id: Entry(item, role, "en-GB")}})
        for role, item in {
            "expression": claims("en")["en.idiom.over-the-moon"],
            "known": claims("en-GB")["en-gb.culture-item.bank-holiday"],
        }.items()
    }
    assert len(entries["expression"].find("over the moon")) == 1
    assert entries["known"].find("on the bank holiday") == []


WORDS = [
    "over",
    "the moon",
    "over the moon,",
    "break",
    "a leg",
    "on the",
    "bank holiday",
    "👍",
    ".",
    "\n",
    "fourth floor",
    "你",
    "İ\u0301",
]
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=30).map(" ".join)


@given(TEXTS)
def test_spans_are_exact_and_in_order(text):
    found = linter("en", ("ja-JP", "en-US")).find(text)
    assert [item.span for item in found] == sorted(item.span for item in found)
    for item in found:
        start, end = item.span
        assert 0 <= start < end <= len(text)
        alone = linter("en", ("ja-JP", "en-US")).find(text[start:end])
        assert any(other.claim.id == item.claim.id for other in alone)


@given(TEXTS)
def test_replacements_leave_everything_else_as_it_was(text):
    found = linter("en", ("de-DE",)).find(text)
    changed = apply(text, found)
    place, before = 0, 0
    for item in found:
        if item.replacement is None or item.span[0] < before:
            continue
        kept = text[before : item.span[0]]
        assert changed[place : place + len(kept)] == kept
        place += len(kept)
        assert changed[place : place + len(item.replacement)] == item.replacement
        place, before = place + len(item.replacement), item.span[1]
    assert changed[place:] == text[before:]
