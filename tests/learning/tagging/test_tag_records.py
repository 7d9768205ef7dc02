from __future__ import annotations

import gzip
import json

import pytest

from tongli.core import InputError, StorageError
from tongli.learning.tagging.records import formality_markers, parse, read_span_records, tidy

GOOD = {"id": "1", "text": "it rains cats and dogs", "spans": [[3, 22, "idiom"]], "lang": "en"}


def line(**changes) -> str:
    return json.dumps({**GOOD, **changes})


def test_a_record(tmp_path):
    path = tmp_path / "idioms.jsonl"
    path.write_text(line(licence="CC0-1.0", group="rain") + "\n\n" + line(id="2", spans=[]) + "\n")
    first, second = read_span_records(path)
    assert (first.spans, first.group, first.licence) == (((3, 22, "idiom"),), "rain", "CC0-1.0")
    assert second.spans == ()
    assert second.licence == "unknown"


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("{", "spans.json"),
        ("[]", "spans.field"),
        (json.dumps({"id": "1", "text": "x"}), "spans.field"),
        (line(colour="red"), "spans.field"),
        (line(lang=3), "spans.field"),
        (line(spans="all"), "spans.field"),
        (line(spans=[[3, 22]]), "spans.range"),
        (line(spans=[[3, 22, ""]]), "spans.range"),
        (line(spans=[[True, 22, "idiom"]]), "spans.range"),
        (line(spans=[[3, 99, "idiom"]]), "spans.range"),
        (line(spans=[[5, 5, "idiom"]]), "spans.range"),
        (line(spans=[[0, 5, "idiom"], [4, 8, "idiom"]]), "spans.range"),
    ],
)
def test_a_broken_line_is_named_without_its_text(broken, code):
    with pytest.raises(InputError) as caught:
        parse(broken, place="idioms.jsonl:7")
    assert caught.value.code == code
    assert "idioms.jsonl:7" in caught.value.received
    assert "cats" not in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(StorageError) as caught:
        list(read_span_records(tmp_path / "none.jsonl"))
    assert caught.value.code == "record.unreadable"


def test_tidy_trims_orders_and_drops():
    text = "ab  cd  ef"
    assert tidy([(7, 10, "x"), (0, 3, "x"), (0, 3, "x"), (1, 4, "x"), (2, 4, "x")], text) == (
        (0, 2, "x"),
        (8, 10, "x"),
    )


def write_formality(folder, lines):
    (folder / "formality_mt").mkdir()
    with gzip.open(folder / "formality_mt" / "train.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(item) + "\n" for item in lines)


def test_both_sides_of_a_translation_share_a_group(tmp_path):
    write_formality(
        tmp_path,
        [
            {
                "id": "a-1",
                "lang": "de",
                "en": "Do you see it?",
                "formal": "Sehen Sie es?",
                "formal_spans": [[0, 9]],
                "informal": "Siehst du es?",
                "informal_spans": [[0, 6], [6, 9]],
            },
            {
                "id": "b-1",
                "lang": "fr",
                "en": "do you see it",
                "formal": "Le voyez-vous ?",
                "formal_spans": [[3, 13]],
                "informal": "Le vois-tu ?",
                "informal_spans": [[3, 10]],
            },
        ],
    )
    formal, informal, french, _ = formality_markers(tmp_path)
    assert formal.group == informal.group == french.group != ""
    assert formal.spans == ((0, 9, "formal"),)
    assert informal.spans == ((0, 6, "informal"), (7, 9, "informal"))
    assert formal.licence == "CDLA-Sharing-1.0"


def test_missing_and_broken_sets(tmp_path):
    with pytest.raises(InputError) as caught:
        formality_markers(tmp_path)
    assert caught.value.code == "data.missing"
    write_formality(tmp_path, [{"id": "a-1"}])
    with pytest.raises(InputError) as caught:
        formality_markers(tmp_path)
    assert caught.value.code == "data.broken"


@pytest.mark.shared
def test_the_real_set(shared_data):
    records = formality_markers(shared_data)
    assert {record.lang for record in records} >= {"de", "es", "fr", "hi", "it", "ja", "ko", "nl", "pt", "vi"}
    assert all(
        record.text[start:end].strip() == record.text[start:end] != ""
        for record in records
        for start, end, _ in record.spans
    )
