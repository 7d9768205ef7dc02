"""How the records of public sets become targets."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import InputError
from tongli.learning.tasks import TASKS, load, multilabel, one_of, sentiment_of_emotions


@pytest.mark.parametrize(("content", "code"), [(None, "data.missing"), (b"not gzip", "data.broken")])
def test_bad_data_is_a_coded_error(tmp_path, content, code):
    if content is not None:
        (tmp_path / "brighter").mkdir()
        (tmp_path / "brighter/dev.jsonl.gz").write_bytes(content)
    with pytest.raises(InputError) as caught:
        load(TASKS["ekman6"].dev, data=tmp_path)
    assert caught.value.code == code


def test_labels_map_to_targets():
    record = {"text": "x", "labels": ["happy"], "not_annotated": ["fear"]}
    ((_, target),) = multilabel("ekman6", rename={"happy": "joy"}, unknown=("disgust",))(record)
    np.testing.assert_array_equal(target, np.array([0, np.nan, np.nan, 1, 0, 0], np.float32))
    ((_, target),) = one_of("sentiment")({"text": "x", "labels": ["neutral"]})
    assert target.tolist() == [0, 1, 0]
    assert list(one_of("sentiment")({"text": "x", "labels": []})) == []


@pytest.mark.parametrize(
    ("labels", "target"),
    [
        (["joy"], [0, 0, 1]),
        (["fear"], [1, 0, 0]),
        ([], [0, 1, 0]),
        (["joy", "fear"], None),
        (["surprise"], None),
    ],
)
def test_emotions_imply_a_sentiment_only_where_they_agree(labels, target):
    label = sentiment_of_emotions(frozenset({"joy"}), frozenset({"fear"}))
    found = [value.tolist() for _, value in label({"text": "x", "labels": labels})]
    assert found == ([target] if target else [])


def test_only_sets_that_may_be_shipped_are_trained_on(shared_data):
    readme = (shared_data / "README.md").read_text(encoding="utf-8")
    for task in TASKS.values():
        for part in (*task.train, *task.dev):
            (line,) = (
                row for row in readme.splitlines() if row.startswith("|") and part.name in row.split("|")[1]
            )
            assert line.rstrip(" |").endswith("yes"), part.name
            assert "dev" not in part.path or part not in task.train
