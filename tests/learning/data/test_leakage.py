from __future__ import annotations

from typing import Any

from tongli.learning.data.leakage import find_leaks
from tongli.learning.data.record import Record

LONG = "We waited two hours for the train and nobody told us why it was late"


def record(identity: str, text: str, **more: Any) -> Record:
    return Record(id=identity, text=text, **more)


def leaks(train: list[Record], held_out: list[Record], **options: Any) -> list[tuple[int, int, str]]:
    return [(item.train, item.held_out, item.kind) for item in find_leaks(train, held_out, **options)]


def test_equal_and_near_texts_leak_in_any_language() -> None:
    train = [record("a", "fresh words"), record("b", "GOOD  day", lang="en"), record("c", LONG + "!")]
    held = [record("x", LONG), record("y", "good day", lang="de")]
    assert leaks(train, held) == [(1, 1, "exact"), (2, 0, "near")]
    assert leaks(train, held, near=None) == [(1, 1, "exact")]


def test_the_most_similar_held_out_row_is_named() -> None:
    held = [record("x", LONG + " this morning"), record("y", LONG + ".")]
    (leak,) = find_leaks([record("a", LONG)], held)
    assert leak.held_out == 1
    assert 0.9 < leak.resemblance < 1


def test_translations_of_a_held_out_row_leak() -> None:
    assert leaks([record("a-de", "Guten Tag", parent="a")], [record("a", "Good day")]) == [(0, 0, "parent")]
    assert leaks([record("a", "Good day")], [record("a-de", "Guten Tag", parent="a")]) == [(0, 0, "parent")]
    siblings = [record("a-de", "Guten Tag", parent="a")], [record("a-fr", "Bonjour", parent="a")]
    assert leaks(*siblings) == [(0, 0, "parent")]


def test_what_was_made_from_a_leaking_row_leaks() -> None:
    train = [record("t", "good day"), record("t-fr", "bonjour", parent="t"), record("u", "bye")]
    assert leaks(train, [record("x", "Good day")]) == [(0, 0, "exact"), (1, 0, "parent")]


def test_an_equal_id_alone_is_no_leak() -> None:
    assert leaks([record("1", "one")], [record("1", "two")]) == []
    other = record("1-de", "zwei", parent="1", source="other set")
    assert leaks([other], [record("1", "two")]) == []


def test_pictures_make_messages_differ() -> None:
    train = [record("a", "look", image="1.png"), record("b", "look", image="2.png")]
    assert leaks(train, [record("x", "look", image="2.png")]) == [(1, 0, "exact")]


def test_nothing_leaks_into_nothing() -> None:
    assert leaks([record("a", "Hi")], []) == []
    assert leaks([], [record("a", "Hi")]) == []
