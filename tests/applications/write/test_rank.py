from __future__ import annotations

import json

import pytest

from tongli import Tongli
from tongli.applications import Job
from tongli.applications.write.rank import rank, rank_lines
from tongli.core import InputError

pytestmark = pytest.mark.models

VARIANTS = (
    "Our annual report for the last financial year is now available",
    "She Gave Her Lunch Away Every Day For A Year. What Her School Did Next Is The Best Part.",
    "Report",
)


@pytest.fixture(scope="module")
def tongli() -> Tongli:
    return Tongli(heads=["ekman6"])


def test_the_order_does_not_depend_on_the_order_given(tongli):
    found = rank(VARIANTS, lang="en", tongli=tongli)
    back = rank(VARIANTS[::-1], lang="en", tongli=tongli)
    assert [VARIANTS[item.index] for item in found.ranked] == [
        VARIANTS[::-1][item.index] for item in back.ranked
    ]
    assert found.ranked[0].index == 1
    assert not found.abstained


def test_reasons_are_words_of_the_variant(tongli):
    for item in rank(VARIANTS, lang="en", tongli=tongli).ranked:
        for found in item.evidence:
            low, high = found.span
            assert 0 <= low < high <= len(VARIANTS[item.index])
            assert found.weight > 0


def test_equal_variants_are_not_told_apart(tongli):
    found = rank(["The same words", "The same words"], lang="en-GB", tongli=tongli)
    assert found.abstained
    assert found.ranked[0].wins == pytest.approx(0.5, abs=1e-3)


def test_an_unmeasured_language_gets_an_order_that_is_abstained_from(tongli):
    found = rank(["Nuestro informe anual", "Lo que hizo esta niña te encantará"], lang="es", tongli=tongli)
    assert sorted(item.index for item in found.ranked) == [0, 1]
    assert (found.abstained, found.reason) == (True, "measured in en only")


@pytest.mark.parametrize("variants", [[], ["alone"], ["x"] * 51])
def test_too_few_or_too_many_variants_are_refused(tongli, variants):
    with pytest.raises(InputError) as caught:
        rank(variants, lang="en", tongli=tongli)
    assert caught.value.code == "rank.variants"


def test_lines_that_cannot_be_ranked_stop_nothing(tmp_path, tongli):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": 1, "variants": list(VARIANTS), "audience": "en-US"},
        {"id": 2, "variants": list(VARIANTS), "audience": {"locale": "en-GB"}},
        {"id": 3, "variants": "one text", "audience": "en"},
        {"id": 4, "variants": list(VARIANTS)},
        {"id": 5, "variants": ["a", ""], "audience": "en"},
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    tally = rank_lines(Job(source=str(source), target=str(target)), tongli=tongli)
    assert (tally.written, tally.failed) == (2, 3)
    first, second = map(json.loads, target.read_text(encoding="utf-8").splitlines())
    assert first["order"] == second["order"] == [item["variant"] for item in first["ranked"]]
    errors = [json.loads(line) for line in (tmp_path / "out.errors.jsonl").read_text().splitlines()]
    assert [error["code"] for error in errors] == ["rank.variants", "rank.audience", "input.empty"]
