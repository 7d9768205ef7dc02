import pytest

from tongli.knowledge.claim import KINDS, parse_claim
from tongli.knowledge.claim_lint import lint
from tongli.knowledge.claim_template import is_blank, template


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_lacks_nothing_but_the_words(kind, write_claims):
    root = write_claims("languages/en/new", template(kind, "en", month="2026-11"))
    assert [finding.rule for finding in lint(root, month="2026-11")] == ["template"]


def test_when_it_is_to_be_reviewed():
    assert template("idiom", "en", month="2026-11")["review_by"] == "2028-11"
    assert template("slang", "en", month="2026-11")["review_by"] == "2027-10"
    assert template("slang", "en", month="2026-01")["review_by"] == "2026-12"


def test_an_audience():
    assert parse_claim(template("norm", "ja-JP", month="2026-11")).id == "ja-jp.norm.slug"


def test_blanks():
    assert is_blank("<here>")
    assert not is_blank("a < b > c")
