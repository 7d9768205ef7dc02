from __future__ import annotations

import json

import pytest

from tongli.core import InputError, StorageError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.controls import encode
from tongli.learning.annotate.labelstudio import (
    Suggestion,
    part_of,
    read_annotations,
    to_task,
    write_file,
    write_tasks,
)
from tongli.learning.annotate.soft import labelled, soft_labels
from tongli.learning.data.record import Record, read_records, write_records

RECORD = Record(
    id="r1", text="Was für ein Tag", lang="de", culture="de-AT", licence="CC0-1.0", consent="given"
)


def judged(*labels):
    return encode(
        SCHEMES["ekman6"],
        {
            label: float(label in labels)
            for label in ("anger", "disgust", "fear", "joy", "sadness", "surprise")
        },
    )


def annotation(result, who=1, **more):
    return {"id": 5, "completed_by": who, "result": result, "was_cancelled": False, **more}


def saved(tmp_path, *tasks):
    path = tmp_path / "export.json"
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return path


def test_a_record_comes_back_whole(tmp_path):
    path = tmp_path / "tasks.json"
    write_tasks(path, [to_task(RECORD)])
    (task,) = json.loads(path.read_text("utf-8"))
    found = read_annotations(saved(tmp_path, {**task, "id": 9, "annotations": [annotation(judged("joy"))]}))
    assert found.items[0].record == RECORD


def test_shares_of_annotators_become_soft_labels(tmp_path):
    task = to_task(RECORD) | {
        "annotations": [
            annotation(judged("joy"), 11),
            annotation(judged("joy", "surprise"), 12),
            annotation(judged(), 13),
            annotation(judged("anger"), 14, was_cancelled=True),
        ]
    }
    found = read_annotations(saved(tmp_path, task))
    (record,) = labelled(found.items)
    assert record.labels["ekman6"] == pytest.approx(
        {"anger": 0, "disgust": 0, "fear": 0, "joy": 2 / 3, "sadness": 0, "surprise": 1 / 3}
    )
    assert (found.annotators, found.skipped, found.unused) == (3, 1, {})
    write_records(tmp_path / "out.jsonl", [record])
    assert list(read_records(tmp_path / "out.jsonl")) == [record]


def test_annotators_are_anonymous(tmp_path):
    who = {"id": 3, "email": "ann@example.org", "first_name": "Ann"}
    again = to_task(RECORD) | {"annotations": [annotation(judged("fear"), 8), annotation(judged("joy"), who)]}
    first = to_task(RECORD) | {"annotations": [annotation(judged("joy"), 3), annotation(judged("joy"), None)]}
    found = read_annotations(saved(tmp_path, first, again))
    names = [[judgement.annotator for judgement in item.judgements] for item in found.items]
    assert names == [["a1", "a2"], ["a3", "a1"]]
    assert "ann" not in repr(found).lower().replace("annot", "")


def test_the_last_answer_of_one_annotator_counts(tmp_path):
    task = to_task(RECORD) | {"annotations": [annotation(judged("joy")), annotation(judged("fear"))]}
    (item,) = read_annotations(saved(tmp_path, task)).items
    assert soft_labels(item.judgements)["ekman6"]["fear"] == 1
    assert soft_labels(item.judgements)["ekman6"]["joy"] == 0


def test_records_with_too_few_annotators_are_left_out(tmp_path):
    one = to_task(RECORD) | {"annotations": [annotation(judged("joy"))]}
    none = to_task(RECORD) | {"annotations": []}
    items = read_annotations(saved(tmp_path, one, none)).items
    assert len(list(labelled(items))) == 1
    assert list(labelled(items, least=2)) == []


def test_labels_of_other_heads_stay(tmp_path):
    known = Record(id="r", text="x", labels={"sentiment": {"positive": 1.0}, "ekman6": {"joy": 0.0}})
    task = to_task(known) | {"annotations": [annotation(judged("joy"))]}
    (record,) = labelled(read_annotations(saved(tmp_path, task)).items)
    assert record.labels["sentiment"] == {"positive": 1.0}
    assert record.labels["ekman6"]["joy"] == 1


def test_a_project_of_another_origin(tmp_path):
    task = {"id": 77, "data": {"text": "hola", "channel": "mail"}, "annotations": [annotation(judged("joy"))]}
    (item,) = read_annotations(saved(tmp_path, task)).items
    assert (item.record.id, item.record.text) == ("77", "hola")


def test_suggestions_become_predictions():
    values = {"sentiment": {"negative": 0.0, "neutral": 0.0, "positive": 1.0}}
    task = to_task(RECORD, suggestion=Suggestion(values=values, model="m@1", confidence=0.7))
    (prediction,) = task["predictions"]
    assert prediction["model_version"] == "m@1"
    assert prediction["score"] == 0.7
    assert prediction["result"][0]["value"] == {"choices": ["positive"]}
    assert "predictions" not in to_task(RECORD, suggestion=Suggestion(values={}, model="m@1"))


def test_the_part_that_all_records_share():
    sound = Record(id="s", audio="s.wav")
    assert part_of([RECORD]) == "text"
    assert part_of([sound, Record(id="t", text="x", audio="t.wav")]) == "audio"
    for records, code in (([], "annotate.none"), ([RECORD, sound], "annotate.parts")):
        with pytest.raises(InputError) as caught:
            part_of(records)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "labelstudio.json"),
        ('{"a": 1}', "labelstudio.json"),
        ("[" * 100_000, "labelstudio.json"),
        ('[{"id": 1, "text": "x", "ekman6": "joy"}]', "labelstudio.task"),
        ("[3]", "labelstudio.task"),
        ('[{"data": {"text": "x"}, "annotations": [4]}]', "labelstudio.task"),
        ('[{"annotations": []}]', "labelstudio.task"),
        ('[{"data": {"text": "x"}, "annotations": [{"id": 1}]}]', "labelstudio.result"),
        ('[{"data": {"lang": "en"}, "annotations": []}]', "record.empty"),
    ],
)
def test_bad_files(tmp_path, content, code):
    path = tmp_path / "export.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_annotations(path)
    assert caught.value.code == code


def test_files_that_cannot_be_read_or_written(tmp_path):
    with pytest.raises(StorageError) as caught:
        read_annotations(tmp_path / "absent.json")
    assert caught.value.code == "labelstudio.unreadable"
    with pytest.raises(StorageError) as caught:
        write_file(tmp_path / "absent" / "x.xml", "x")
    assert caught.value.code == "labelstudio.unwritable"
