from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.knowledge.schemes import EKMAN6
from tongli.learning.data.cells import lookup, to_record
from tongli.learning.data.mapping import ColumnMapping, Labels
from tongli.learning.data.record import Record


def record(cells: dict[str, Any], **mapping: Any) -> Record:
    return to_record({"text": "Hi", **cells}, ColumnMapping(**mapping), place="a.csv:2", default_id="a-2")


def labels(head: str, cell: Any, **options: Any) -> dict[str, float]:
    found = record({"cell": cell}, labels={head: Labels(column="cell", **options)})
    return dict(found.labels.get(head, {}))


def ones(found: dict[str, float]) -> list[str]:
    return [label for label, value in found.items() if value == 1]


def test_fields_constants_and_an_id() -> None:
    found = record(
        {"tweet": "Hola", "l": "spa", "licence": "", "parent": 7, "extra": 1},
        fields={"text": "tweet", "lang": "l"},
        constants={"licence": "cc by 4.0", "lang": "de"},
    )
    assert found == Record(id="a-2", text="Hola", lang="es", licence="CC-BY-4.0", parent="7")


@pytest.mark.parametrize(
    "cell", ["joy,fear", " joy , fear ", ["joy", "fear"], '["joy", "fear"]', "fear,joy,"]
)
def test_label_lists_in_every_form(cell: Any) -> None:
    found = labels("ekman6", cell)
    assert (ones(found), list(found)) == (["fear", "joy"], list(EKMAN6))


@pytest.mark.parametrize("cell", [None, "", "  ", float("nan")])
def test_blank_is_not_annotated(cell: Any) -> None:
    assert labels("ekman6", cell) == labels("sentiment", cell) == labels("politeness", cell) == {}


@pytest.mark.parametrize("cell", [[], "[]", "none"])
def test_an_empty_list_is_annotated_with_nothing(cell: Any) -> None:
    assert labels("ekman6", cell, rename={"none": ""}) == dict.fromkeys(EKMAN6, 0.0)


def test_partial_annotation_is_masked() -> None:
    mapping = {"ekman6": Labels(column="cell", unknown=("disgust",))}
    found = record({"cell": ["joy"], "not_annotated": ["surprise"]}, labels=mapping).labels["ekman6"]
    assert set(EKMAN6) - set(found) == {"disgust", "surprise"}


def test_labels_are_renamed_and_separated() -> None:
    assert ones(labels("ekman6", "happy|anger", separator="|", rename={"happy": "joy"})) == ["anger", "joy"]


def test_scores_keep_what_they_leave_out_masked() -> None:
    assert labels("intensity", {"joy": 3, "fear": None}) == {"joy": 3.0}
    assert labels("ekman6", {"happy": 0.67}, rename={"happy": "joy"}) == {"joy": 0.67}


def test_one_label_heads_take_numbers_yes_and_names() -> None:
    for cell, value in ((1, 1), (0, 0), ("yes", 1), ("false", 0), (True, 1), ("polite", 1)):
        assert labels("politeness", cell) == {"polite": value}
    assert labels("politeness", "rude", rename={"rude": ""}) == {"polite": 0}
    assert labels("empathy", "5.8") == {"empathy": 5.8}


def test_one_label_of_several_classes() -> None:
    assert labels("sentiment", "neutral") == {"negative": 0, "neutral": 1, "positive": 0}


def test_one_column_a_label() -> None:
    mapping = {"ekman6": Labels(columns="e_{label}", rename={"happy": "joy"})}
    found = record({"e_anger": "1", "e_happy": "0", "e_fear": ""}, labels=mapping)
    assert found.labels == {"ekman6": {"anger": 1, "joy": 0}}


def test_a_path_leads_into_objects() -> None:
    assert lookup({"a": {"b": {"c": 1}}}, "a.b.c") == 1
    assert lookup({"a.b": 2}, "a.b") == 2
    assert lookup({"a": 3}, "a.b") is None


def test_records_pass_through() -> None:
    ready = {"ekman6": {"joy": 1.0}}
    assert record({"labels": ready}).labels == ready
    assert record({"labels": ["joy"]}).labels == {}


@pytest.mark.parametrize(
    ("head", "cell", "code"),
    [
        ("ekman6", "euphoria", "import.label"),
        ("ekman6", {"euphoria": 1}, "import.label"),
        ("ekman6", 3, "import.labels"),
        ("ekman6", [["joy"]], "import.labels"),
        ("sentiment", "positive,negative", "import.labels"),
        ("empathy", "high", "import.value"),
        ("empathy", 9, "record.value"),
        ("ekman6", {"joy": "much"}, "import.value"),
        ("ekman6", {"joy": 2}, "record.value"),
    ],
)
def test_cells_that_cannot_be_used(head: str, cell: Any, code: str) -> None:
    with pytest.raises(InputError) as error:
        labels(head, cell)
    assert error.value.code == code
    assert "a.csv:2" in error.value.received


@pytest.mark.parametrize("tag", ["english", "x y", "?"])
def test_a_language_is_a_tag(tag: str) -> None:
    with pytest.raises(InputError) as error:
        record({"lang": tag})
    assert error.value.code == "import.lang"
    assert tag not in error.value.received


def test_a_text_in_the_place_of_a_label_is_not_repeated() -> None:
    with pytest.raises(InputError) as error:
        labels("ekman6", "Yesterday my neighbour Ana told me about her illness")
    assert "Ana" not in str(error.value)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=4))
def test_any_cell_gives_labels_or_a_code(cell: Any) -> None:
    for head in ("ekman6", "sentiment", "politeness", "empathy"):
        try:
            found = labels(head, cell)
        except InputError:
            continue
        assert all(isinstance(value, float) for value in found.values())
