"""New and old records in one pool; what cannot be learnt from is told."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import ConfigError, InputError
from tongli.learning.continual.mixture import mix
from tongli.learning.data.record import Record, write_records

HEADS = ("ekman6", "sentiment")


def records(count, *, source, licence="CC0-1.0", start=0, labels=None):
    return [
        Record(
            id=f"{source}-{index}",
            text=f"letter {index}",
            lang="en",
            labels=labels or {"sentiment": {("positive", "negative")[index % 2]: 1.0}},
            source=source,
            licence=licence,
        )
        for index in range(start, start + count)
    ]


def mixed(tmp_path, new, old=None, **changes):
    write_records(tmp_path / "new.jsonl", new)
    if old is not None:
        write_records(tmp_path / "old.jsonl", old)
    options = {"held_out": 0.3, "seed": 0, "research_only": False, **changes}
    replay = None if old is None else tmp_path / "old.jsonl"
    return mix(HEADS, new=tmp_path / "new.jsonl", replay=replay, **options)


def test_a_text_of_both_parts_is_new_and_no_text_changes_sides(tmp_path):
    found = mixed(tmp_path, records(100, source="new"), records(150, source="old", start=50))
    assert len(found.pool.items) == 200
    assert found.replayed.sum() == 100
    parts = [
        found.rows(among=rows, replayed=replayed)
        for rows in (found.pool.fit, found.pool.held_out)
        for replayed in (True, False)
    ]
    assert sorted(np.concatenate(parts)) == list(range(200))
    assert all(len(part) for part in parts)
    assert {source.source for source in found.verdict.sources} == {"new", "old"}


@pytest.mark.parametrize(
    ("new", "old", "code"),
    [
        (records(50, source="new", labels={"empathy": {"empathy": 2.0}}), None, "continue.empty"),
        (records(50, source="new", labels={"sentiment": {"positive": 1.0}}), None, "train.one-class"),
        (records(50, source="new"), records(20, source="old", start=50), "continue.few"),
        (records(50, source="new"), records(50, source="old"), "continue.few"),
    ],
)
def test_what_cannot_be_learnt_from(tmp_path, new, old, code):
    with pytest.raises(InputError) as caught:
        mixed(tmp_path, new, old)
    assert caught.value.code == code


def test_the_licences_of_both_parts_count(tmp_path):
    free, bound = records(50, source="new"), records(150, source="old", start=50, licence="CC-BY-NC-4.0")
    with pytest.raises(ConfigError) as caught:
        mixed(tmp_path, free, bound)
    assert caught.value.code == "licence.not-free"
    assert not mixed(tmp_path, free, bound, research_only=True).verdict.releasable
