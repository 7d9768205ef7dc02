"""Tables of claims: one expression a row."""

import json

import pytest

from tongli.core import ConfigError
from tongli.knowledge.claim_files import ClaimFiles, claims
from tongli.knowledge.claim_lint import lint
from tongli.knowledge.claim_table import Table

SHARED = {
    "lang": "en",
    "kind": "idiom",
    "scope": {"register": ["casual"]},
    "strength": {"level": "common", "confidence": "medium"},
    "evidence": [{"source": "the tests", "type": "llm-generated"}],
    "counter": [],
    "action": {"detect": "flag", "adapt": "gloss"},
    "status": "draft",
    "review_by": "2099-01",
}


@pytest.fixture
def base(tmp_path):
    """Makes a knowledge base with one table."""

    def make(*lines):
        folder = tmp_path / "languages" / "en"
        folder.mkdir(parents=True)
        (folder / "idioms.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path

    return make


def test_a_row_becomes_a_claim():
    claim = Table(SHARED).claim("{bite} the pillow\tbe a coward\tto close the teeth on a pillow\tboth")
    assert claim.id == "en.idiom.bite-the-pillow"
    assert claim.statement == "The idiom “bite the pillow” means “be a coward”."
    assert claim.forms == ("bite|bites|bit|bitten|biting the pillow",)
    assert claim.meaning.literal == "to close the teeth on a pillow"
    assert claim.meaning.literal_use_possible
    assert claim.evidence[0].source == "the tests"


def test_without_a_gloss_the_words_are_their_own():
    meaning = Table(SHARED).claim("over the hedge\tgone").meaning
    assert meaning.literal == "over the hedge"
    assert not meaning.literal_use_possible


@pytest.mark.parametrize("row", ["", "only words", "a\tb\tc\tmaybe", "a\tb\tc\tboth\te"])
def test_damaged_rows_are_refused(row):
    with pytest.raises(ValueError, match="columns"):
        Table(SHARED).row(row)


JAPANESE = {**SHARED, "lang": "ja", "columns": ["reading", "zh same-sense", "zh plain"]}


def test_named_columns_tell_reading_and_equivalents():
    row = Table(JAPANESE).row("津々浦々 / 津津浦浦\tall over\tevery bay\t\tつつうらうら\t\t全国各地")
    assert row.writings == ("津々浦々", "津津浦浦", "つつうらうら")
    assert row.claim.forms == row.writings
    assert row.claim.statement == "The idiom “津々浦々” (つつうらうら) means “all over”."
    assert [(item.lang, item.form, item.match) for item in row.claim.meaning.equivalents] == [
        ("zh", "全国各地", "plain")
    ]
    assert not row.claim.meaning.literal_use_possible


@pytest.mark.parametrize("row", ["a\tb\tc\t\td\te", "a\tb\tc\tmaybe\td\te\tf", "a\tb"])
def test_rows_have_every_named_column(row):
    with pytest.raises(ValueError, match="7 columns"):
        Table(JAPANESE).row(row)


@pytest.mark.parametrize("name", ["sound", "zh", "zh near", ""])
def test_other_columns_are_refused(name):
    with pytest.raises(ValueError, match="column"):
        Table({**SHARED, "columns": [name]})


def test_every_row_of_japanese_compounds_is_read():
    found = claims("ja")
    read = [claim for claim in found.values() if "(いちごいちえ)" in claim.statement]
    assert [item.form for claim in read for item in claim.meaning.equivalents_in("zh")]


def test_what_is_shared_must_be_whole():
    with pytest.raises(KeyError):
        Table({key: value for key, value in SHARED.items() if key != "scope"})


def test_ids_are_plain_ascii():
    other = Table({**SHARED, "lang": "de"})
    assert other.claim("Öl ins Feuer {gießen}\tmake worse").id == "de.idiom.ol-ins-feuer-giessen"
    assert Table({**SHARED, "lang": "ru"}).claim("да\tyes").id == "ru.idiom.434-430"


def test_a_table_is_read_like_any_file(base):
    found = ClaimFiles(base(json.dumps(SHARED), "over the hedge\tgone")).claims("en")
    assert list(found) == ["en.idiom.over-the-hedge"]


@pytest.mark.parametrize(
    ("lines", "where"),
    [
        (("no json", "over the hedge\tgone"), "line 1"),
        ((json.dumps(SHARED), "over the hedge\tgone", "broken"), "line 3"),
    ],
)
def test_a_damaged_table_names_the_line(base, lines, where):
    with pytest.raises(ConfigError, match=where) as raised:
        ClaimFiles(base(*lines)).claims("en")
    assert raised.value.code == "claims.line"


def test_tables_are_linted_too(base):
    found = lint(base(json.dumps(SHARED), "a (hedge\tgone", "broken"), month="2026-11")
    assert {(finding.line, finding.rule) for finding in found} == {(2, "pattern"), (3, "json")}


def test_what_is_a_row_s_own_is_linted_in_every_row(base):
    long = "x" * 500
    rows = (
        "a hedge\tgone",
        f"a hill\t{long}",
        "a hole\tGermans are so",
        "a hut\t<what it means>",
        "a hat\ton",
    )
    found = lint(base(json.dumps(SHARED), *rows), month="2026-11")
    assert [(finding.line, finding.rule) for finding in found] == [
        (3, "schema"),
        (4, "people"),
        (4, "people"),
        (5, "template"),
    ]


def test_what_rows_share_is_linted_once(base):
    shared = SHARED | {
        "kind": "slang",
        "review_by": "2020-01",
        "evidence": [{"source": "x", "type": "survey"}],
    }
    found = lint(base(json.dumps(shared), "a hedge\tgone", "a hill\tfar"), month="2026-11")
    assert [(finding.line, finding.rule) for finding in found] == [
        (2, "expired"),
        (2, "schema"),
        (2, "schema"),
        (2, "schema"),
        (2, "slang"),
    ]


def test_the_english_table_ships():
    found = claims("en")
    assert sum(claim.kind == "idiom" for claim in found.values()) > 2000
