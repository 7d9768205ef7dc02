"""Claims of a tag, of which rows of tables are read when they are asked for."""

import json

import pytest

from tongli.core import ConfigError
from tongli.knowledge.claim import Claim
from tongli.knowledge.claim_files import SHIPPED, ClaimFiles
from tongli.knowledge.claim_matcher import Matcher
from tongli.knowledge.claim_set import ClaimSet
from tongli.knowledge.claim_table import Table

HEDGE, BUCKET = "over the hedge\tgone", "{kick} the bucket\tdie\tto hit a pail\tboth"


@pytest.fixture
def head(claim_data):
    """What all rows share."""
    own = ("id", "statement", "trigger", "meaning")
    return {"lang": "en", **{key: value for key, value in claim_data("en.idiom.x").items() if key not in own}}


@pytest.fixture
def rows(head):
    """Makes rows of one table."""
    table = Table(head)
    return lambda *texts: [table.row(text) for text in texts]


def test_a_row_is_no_claim_before_it_occurs(monkeypatch, rows):
    made, claim = [], Table.claim
    monkeypatch.setattr(Table, "claim", lambda table, text: made.append(text) or claim(table, text))
    found = Matcher(rows(HEDGE, BUCKET), lang="en")
    assert found.find("He is here.") == made == []
    (match,) = found.find("He kicked the bucket.")
    assert (match.claim.id, match.form, made) == (
        "en.idiom.kick-the-bucket",
        "kick|kicks|kicked|kicking the bucket",
        [BUCKET],
    )


def test_an_id_makes_a_claim_of_its_row_alone(monkeypatch, rows):
    made, claim = [], Table.claim
    monkeypatch.setattr(Table, "claim", lambda table, text: made.append(text) or claim(table, text))
    found = ClaimSet({}, rows(HEDGE, BUCKET))
    assert found["en.idiom.kick-the-bucket"].meaning.sense == "die"
    assert made == [BUCKET]


def test_ids_need_all_rows(rows):
    found = ClaimSet({}, rows(HEDGE, BUCKET))
    assert list(found) == ["en.idiom.over-the-hedge", "en.idiom.kick-the-bucket"]
    assert len(found) == 2
    assert found["en.idiom.kick-the-bucket"].meaning.sense == "die"
    assert "en.idiom.no" not in found
    assert "en.norm.no" not in found
    with pytest.raises(KeyError):
        found["en.norm.no"]


def test_a_claim_that_is_written_out_replaces_the_row(make_claim, rows):
    other = make_claim("en.idiom.over-the-hedge", "beyond the hedge")
    found = ClaimSet({other.id: other}, rows(HEDGE))
    assert list(found.values()) == [other]
    matcher = Matcher(found.members(), lang="en")
    assert matcher.find("over the hedge") == []
    assert [match.claim for match in matcher.find("beyond the hedge")] == [other]


def test_of_a_table_all_rows_or_none_are_wanted(make_claim, rows):
    written = make_claim("en.slang.x", "lol")
    found = ClaimSet({written.id: written}, rows(HEDGE, BUCKET))
    assert list(found.where(lambda claim: claim.kind == "slang").members()) == [written]
    assert len(found.where(lambda claim: claim.kind == "idiom")) == 2


def test_what_is_no_shorthand_is_told_when_it_is_read(tmp_path, head):
    folder = tmp_path / "languages" / "es"
    folder.mkdir(parents=True)
    lines = (json.dumps({**head, "lang": "es"}), "{meter} la pata\tblunder", "{la} pata\tno verb")
    (folder / "idioms.tsv").write_text("\n".join(lines), encoding="utf-8")
    found = ClaimFiles(tmp_path).claims("es")
    with pytest.raises(ConfigError) as caught:
        list(found)
    assert caught.value.code == "claims.line"
    assert "{la} pata" in caught.value.received


@pytest.mark.parametrize("tag", SHIPPED.languages)
def test_every_row_that_ships_becomes_a_claim_of_its_own(tag):
    members = list(SHIPPED.claims(tag).members())
    claims = SHIPPED.claims(tag).values()
    assert len(claims) == len(members)
    assert all(isinstance(claim, Claim) for claim in claims)
