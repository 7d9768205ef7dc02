from __future__ import annotations

import pytest

from tongli.core import ConfigError
from tongli.learning.tagging.records import SpanRecord
from tongli.learning.tagging.split import split

RECORDS = [
    SpanRecord(id=f"{lang}{number}", text="x", spans=(), lang=lang, group=f"source {number}")
    for number in range(400)
    for lang in ("de", "fr")
]


def test_a_group_stays_on_one_side_and_shares_are_as_asked():
    parts = split(RECORDS, test=0.2, held_out=0.1)
    sides = [{RECORDS[row].group for row in rows} for rows in (parts.fit, parts.held_out, parts.test)]
    assert sum(map(len, sides)) == len(set.union(*sides)) == 400
    assert len(sides[2]) == pytest.approx(80, abs=25)
    assert len(sides[1]) == pytest.approx(40, abs=20)


def test_more_records_move_nobody():
    before = {RECORDS[row].id for row in split(RECORDS[:100], test=0.2, held_out=0.1).test}
    after = {RECORDS[row].id for row in split(RECORDS, test=0.2, held_out=0.1).test}
    assert before <= after


def test_a_language_left_out_is_only_tested():
    parts = split(RECORDS, test=0.2, held_out=0.1, leave_out=("fr",))
    assert {RECORDS[row].lang for row in (*parts.fit, *parts.held_out)} == {"de"}
    assert parts.test == split(RECORDS, test=0.2, held_out=0.1).test


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"test": 0.95}, "tag.split"), ({"test": -0.1}, "tag.split"), ({"leave_out": ("ru",)}, "tag.language")],
)
def test_impossible_splits(changes, code):
    with pytest.raises(ConfigError) as caught:
        split(RECORDS, **{"test": 0.2, "held_out": 0.1, **changes})
    assert caught.value.code == code
