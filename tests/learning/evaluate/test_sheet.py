import numpy as np
import pytest

from tongli.core import ConfigError
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.data.record import Record
from tongli.learning.evaluate.sheet import annotated, decided_labels, make_sheet


def claim(dimension, label, *, scheme=None):
    return {"dimension": dimension, "label": label, "scheme": scheme, "abstained": label is None}


def test_a_set_of_labels():
    lines = [
        {
            "scores": {"ekman6": dict.fromkeys(SCHEMES["ekman6"].labels, 0.25)},
            "claims": [
                claim("emotion", "joy", scheme="ekman6"),
                claim("emotion", "trust", scheme="plutchik8"),
            ],
        }
    ]
    sheet = make_sheet("ekman6", [Record(id="a", text="x", labels={"ekman6": {"joy": 0.4}})], lines)
    assert sheet.decided.tolist() == [[False, False, False, True, False, False]]
    np.testing.assert_array_equal(sheet.truth, [[np.nan] * 3 + [0] + [np.nan] * 2])
    np.testing.assert_allclose(sheet.targets[0, 3], 0.4)


@pytest.mark.parametrize(
    ("labels", "truth"),
    [
        ({"positive": 1.0}, [0, 0, 1]),
        ({"negative": 0.4, "neutral": 0.35, "positive": 0.25}, [1, 0, 0]),
        ({"negative": 0.5, "positive": 0.5}, [np.nan] * 3),
        ({}, [np.nan] * 3),
    ],
)
def test_a_choice(labels, truth):
    scores = {"sentiment": {"negative": 0.1, "neutral": 0.5, "positive": 0.4}}
    records = [Record(id="a", text="x", labels={"sentiment": labels})]
    sheet = make_sheet("sentiment", records, [{"scores": scores, "claims": [claim("sentiment", None)]}])
    np.testing.assert_array_equal(sheet.truth, [truth])
    assert sheet.decided.tolist() == [[False, True, False]]
    assert sheet.abstained.tolist() == [True]


def test_a_binary_head_has_two_columns():
    records = [Record(id="a", text="x", labels={"formality": {"formal": 1.0}})]
    sheet = make_sheet("formality", records, [{"scores": {"formality": 0.25}, "claims": []}])
    assert sheet.labels == ("not formal", "formal")
    assert sheet.values.tolist() == [[0.75, 0.25]]
    assert sheet.truth.tolist() == [[0, 1]]
    assert sheet.decided.tolist() == [[True, False]]


def test_decided_labels_leave_abstentions_out():
    line = {"claims": [claim("sentiment", None), claim("emotion", "joy", scheme="ekman6")]}
    assert decided_labels(line, SCHEMES["sentiment"]) == frozenset()
    assert decided_labels(line, SCHEMES["ekman6"]) == {"joy"}


def test_rows_can_be_taken_twice():
    records = [Record(id=str(at), text="x", labels={"formality": {"formal": at}}) for at in (0, 1)]
    lines = [{"scores": {"formality": 0.1 + at}, "claims": []} for at in (0.0, 0.5)]
    sheet = make_sheet("formality", records, lines).take(np.asarray([1, 1, 0]))
    assert sheet.truth[:, 1].tolist() == [1, 1, 0]
    assert len(sheet) == 3


def test_annotated_records():
    records = [Record(id="a", text="x"), Record(id="b", text="x", labels={"ekman6": {"joy": 0}})]
    assert annotated(records, "ekman6") == [1]


@pytest.mark.parametrize("scores", [{}, {"ekman6": {"joy": 1.0}}, {"ekman6": 0.5}])
def test_predictions_without_the_head(scores):
    with pytest.raises(ConfigError) as caught:
        make_sheet("ekman6", [Record(id="a", text="x")], [{"scores": scores, "claims": []}])
    assert caught.value.code == "evaluate.head"
