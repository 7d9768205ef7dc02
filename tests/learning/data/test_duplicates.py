from __future__ import annotations

from typing import Any

import pytest

from tongli.learning.data.duplicates import conflicts, find_duplicates
from tongli.learning.data.record import Record

LONG = "We waited two hours for the train and nobody told us why it was late"
JOY, ANGER = {"ekman6": {"joy": 1.0, "anger": 0.0}}, {"ekman6": {"joy": 0.0, "anger": 1.0}}


def record(identity: str, text: str, labels: Any = None, **more: Any) -> Record:
    return Record(id=identity, text=text, labels=labels or {}, **{"lang": "en", **more})


def found(*records: Record, **options: Any) -> list[tuple[int, int, bool]]:
    return [(item.kept, item.dropped, item.exact) for item in find_duplicates(records, **options)]


def test_equal_texts_are_found_whatever_their_form() -> None:
    assert found(record("a", "Thank you @ann"), record("b", "x"), record("c", "THANK  you @bob")) == [
        (0, 2, True)
    ]


def test_near_texts_are_found_unless_only_equal_ones_are_wanted() -> None:
    rows = record("a", LONG), record("b", LONG + "!")
    assert found(*rows) == [(0, 1, False)]
    assert found(*rows, near=None) == []
    assert found(*rows, near=0.99) == []


def test_every_dropped_row_resembles_one_that_stays() -> None:
    chain = [LONG[start : start + 50] for start in (0, 4, 8, 12)]
    items = find_duplicates([record(str(number), text) for number, text in enumerate(chain)])
    dropped = {item.dropped for item in items}
    assert dropped
    assert all(item.kept not in dropped and item.resemblance >= 0.8 for item in items)


def test_another_language_or_picture_is_another_message() -> None:
    assert found(record("a", "no", lang="es"), record("b", "no", lang="it")) == []
    assert found(record("a", "no", lang="pt-BR"), record("b", "no", lang="pt")) == [(0, 1, True)]
    assert found(record("a", "look", image="1.png"), record("b", "look", image="2.png")) == []
    assert found(record("a", "", audio="1.ogg"), record("b", "", audio="2.ogg")) == []


def test_a_row_that_teaches_more_is_kept() -> None:
    polite = {"politeness": {"polite": 1.0}}
    assert found(record("a", "Hi", JOY), record("b", "Hi", polite)) == []
    assert found(record("a", "Hi", {**JOY, **polite}), record("b", "Hi", polite)) == [(0, 1, True)]
    assert found(record("a", "Hi", JOY), record("b", "Hi")) == [(0, 1, True)]
    assert found(record("a", "Hi"), record("b", "Hi", JOY), record("c", "Hi", JOY)) == [(1, 2, True)]


def test_augmentation_is_near_on_purpose() -> None:
    made = record("b", LONG + "!", parent="a", made_by="augment:typos")
    assert found(record("a", LONG), made) == []
    assert found(record("other", LONG), made) == [(0, 1, False)]
    assert found(record("a", LONG), record("b", LONG, parent="a")) == [(0, 1, True)]


def test_disagreement_is_reported() -> None:
    (item,) = find_duplicates([record("a", "Hi", JOY), record("b", "Hi", ANGER)])
    assert item.conflicts == ("ekman6",)


@pytest.mark.parametrize(
    ("head", "label", "one", "other", "disagree"),
    [
        ("ekman6", "joy", 0.2, 0.6, False),
        ("ekman6", "joy", 0.2, 0.7, True),
        ("intensity", "joy", 1.0, 2.0, False),
        ("intensity", "joy", 0.0, 2.0, True),
        ("empathy", "empathy", 1.0, 3.9, False),
        ("empathy", "empathy", 1.0, 4.0, True),
    ],
)
def test_half_the_range_is_a_conflict(
    head: str, label: str, one: float, other: float, disagree: bool
) -> None:
    rows = record("a", "Hi", {head: {label: one}}), record("b", "Hi", {head: {label: other}})
    assert bool(conflicts(*rows)) is disagree


def test_labels_that_only_one_has_do_not_conflict() -> None:
    assert conflicts(record("a", "Hi", JOY), record("b", "Hi", {"ekman6": {"fear": 1.0}})) == ()
