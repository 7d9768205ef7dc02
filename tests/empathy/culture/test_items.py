from __future__ import annotations


def items(reading):
    return {claim.label: claim for claim in reading.claims if claim.dimension == "culture-item"}


def test_a_thing_is_explained_wherever_it_is_named(read):
    text = "お年玉はもらった？うちはお年玉なし。"
    (claim,) = items(read(text, lang="ja")).values()
    assert claim.label == "otoshidama"
    assert [text[slice(*item.span)] for item in claim.evidence] == ["お年玉", "お年玉"]
    assert (claim.claim_id, claim.abstained) == ("ja-jp.culture-item.otoshidama", False)
    assert "New Year" in claim.gloss


def test_a_bare_language_knows_the_things_of_each_of_its_audiences(read):
    text = "Is Boxing Day a bank holiday?"
    assert {"boxing-day", "bank-holiday"} <= items(read(text, lang="en")).keys()
    assert "bank-holiday" in items(read(text, lang="en-GB"))
    assert "bank-holiday" not in items(read(text, lang="en-US"))


def test_days_that_need_explaining_count(read):
    assert "tiaoxiu" in items(read("下周六调休上班。", lang="zh-CN"))
