from __future__ import annotations

from tongli.learning.data.lineage import roots
from tongli.learning.data.record import Record


def record(identity: str, parent: str = "", source: str = "s") -> Record:
    return Record(id=identity, text="x", parent=parent, source=source)


def test_links_are_followed_to_the_first_record() -> None:
    chain = [record("a"), record("b", "a"), record("c", "b")]
    assert roots(chain) == [("s", "a")] * 3


def test_links_lead_through_other_files() -> None:
    assert roots([record("c", "b")], [record("b", "a")]) == [("s", "a")]


def test_a_parent_that_is_nowhere_is_a_root() -> None:
    assert roots([record("de", "12"), record("fr", "12")]) == [("s", "12")] * 2


def test_ids_of_other_sources_are_others() -> None:
    assert roots([record("b", "a", source="t")], [record("a", "z")]) == [("t", "a")]


def test_circles_end() -> None:
    assert len(roots([record("a", "b"), record("b", "a"), record("c", "c")])) == 3
