from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, StorageError
from tongli.knowledge.schemes import EKMAN6
from tongli.learning.data.record import Record, parse, read_distinct, read_records, write_records

records = st.builds(
    Record,
    id=st.text(min_size=1),
    text=st.text(min_size=1).filter(str.strip),
    lang=st.sampled_from(["en", "zh-Hans", "und"]),
    labels=st.dictionaries(
        st.just("ekman6"), st.dictionaries(st.sampled_from(EKMAN6), st.floats(0, 1, width=32), max_size=6)
    ),
    consent=st.sampled_from(["public", "given", "unknown"]),
    gender_expression=st.sampled_from([None, "neutral"]),
)


@given(records)
def test_a_record_survives_the_round_trip(record: Record) -> None:
    assert parse(record.to_dict(), place="here") == record


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ([], "record.object"),
        ({"id": "1", "text": "Hi", "mood": "good"}, "record.field"),
        ({"id": "1", "text": 7}, "record.field"),
        ({"id": 1.0, "text": "Hi"}, "record.field"),
        ({"id": True, "text": "Hi"}, "record.field"),
        ({"id": "1", "text": "Hi", "consent": "maybe"}, "record.field"),
        ({"id": "1", "text": "Hi", "gender_expression": "she"}, "record.field"),
        ({"id": "1", "text": " "}, "record.empty"),
        ({"text": "Hi"}, "record.empty"),
        ({"id": "1", "text": "Hi", "labels": {"mood": {}}}, "record.head"),
        ({"id": "1", "text": "Hi", "labels": {"ekman6": ["joy"]}}, "record.field"),
        ({"id": "1", "text": "Hi", "labels": {"ekman6": {"pride": 1}}}, "record.label"),
        ({"id": "1", "text": "Hi", "labels": {"ekman6": {"joy": 2}}}, "record.value"),
        ({"id": "1", "text": "Hi", "labels": {"ekman6": {"joy": True}}}, "record.value"),
    ],
)
def test_bad_records_are_refused_with_a_code(data: object, code: str) -> None:
    with pytest.raises(InputError) as error:
        parse(data, place="x.jsonl:3")
    assert error.value.code == code
    assert "x.jsonl:3" in error.value.received


def test_an_id_may_be_a_whole_number() -> None:
    assert parse({"id": 17, "text": "Hi"}, place="here") == Record(id="17", text="Hi")


def test_a_parent_may_be_a_whole_number_too() -> None:
    assert parse({"id": 2, "text": "x", "parent": 1}, place="f:1").parent == "1"


def test_records_that_are_told_by_their_ids_must_differ_in_them(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    write_records(path, [Record(id="1", text="a"), Record(id="2", text="b")])
    assert [record.id for record in read_distinct(path)] == ["1", "2"]
    write_records(path, [Record(id="1", text="a"), Record(id="1", text="b")])
    with pytest.raises(InputError) as raised:
        read_distinct(path)
    assert raised.value.code == "record.repeated"
    assert "record 2" in raised.value.received


def test_a_file_is_read_in_order_and_names_its_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    made = [Record(id=str(number), text="你好", lang="zh") for number in range(3)]
    assert write_records(path, made) == 3
    assert list(read_records(path)) == made
    path.write_text(path.read_text(encoding="utf-8") + "{\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl:4") as error:
        list(read_records(path))
    assert error.value.code == "record.json"


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    write_records(path, [Record(id="1", text="one")])

    def broken() -> list[Record]:
        raise OSError("full")

    with pytest.raises(StorageError) as error:
        write_records(path, (record for record in [Record(id="2", text="two")] if broken()))
    assert error.value.code == "record.unwritable"
    assert [record.id for record in read_records(path)] == ["1"]
    assert list(tmp_path.iterdir()) == [path]


def test_missing_files_have_a_code(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as error:
        list(read_records(tmp_path / "none.jsonl"))
    assert error.value.code == "record.unreadable"
