from __future__ import annotations

from pathlib import Path

import pytest

from tongli.core import ConfigError, StorageError
from tongli.learning.data import mapping as module
from tongli.learning.data.mapping import PRESETS, ColumnMapping, Labels, load_mapping, parse_mapping

TOML = """
[fields]
text = "tweet"

[constants]
lang = "en"

[labels]
intensity = "scores"

[labels.ekman6]
column = "mood"
separator = "|"
rename = { happy = "joy", none = "" }
unknown = ["disgust"]
"""


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(TOML, encoding="utf-8")
    found = load_mapping(str(path))
    assert found == ColumnMapping(
        fields={"text": "tweet"},
        constants={"lang": "en"},
        labels={
            "intensity": Labels(column="scores"),
            "ekman6": Labels(
                column="mood", separator="|", rename={"happy": "joy", "none": ""}, unknown=("disgust",)
            ),
        },
    )
    assert found.columns() == ("tweet", "scores", "mood")


def test_every_mapping_that_ships_is_listed_and_valid() -> None:
    folder = Path(module.__file__).with_name("presets")
    assert sorted(path.stem for path in folder.glob("*.toml")) == list(PRESETS)
    for name in PRESETS:
        found = load_mapping(name)
        assert found.constants["source"] == name
        assert found.labels


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"field": {}}, "mapping.key"),
        ({"fields": {"txt": "a"}}, "mapping.field"),
        ({"fields": {"text": 1}}, "mapping.key"),
        ({"constants": {"labels": "a"}}, "mapping.field"),
        ({"labels": []}, "mapping.key"),
        ({"labels": {"mood": "a"}}, "mapping.head"),
        ({"labels": {"ekman6": 3}}, "mapping.key"),
        ({"labels": {"ekman6": {"colum": "a"}}}, "mapping.key"),
        ({"labels": {"ekman6": {"column": "a", "unknown": "disgust"}}}, "mapping.key"),
        ({"labels": {"ekman6": {"column": "a", "unknown": ["pride"]}}}, "mapping.label"),
        ({"labels": {"ekman6": {"column": "a", "rename": {"happy": "pride"}}}}, "mapping.label"),
        ({"labels": {"ekman6": {}}}, "mapping.labels"),
        ({"labels": {"ekman6": {"column": "a", "columns": "{label}"}}}, "mapping.labels"),
        ({"labels": {"ekman6": {"columns": "emotion"}}}, "mapping.labels"),
        ({"labels": {"ekman6": {"column": "a", "separator": ""}}}, "mapping.labels"),
    ],
)
def test_bad_mappings_are_refused_with_a_code(data: dict[str, object], code: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_mapping(data)
    assert error.value.code == code


def test_files_that_are_no_mapping(tmp_path: Path) -> None:
    broken = tmp_path / "m.toml"
    broken.write_text("[", encoding="utf-8")
    for name, code in ((str(broken), "mapping.toml"), ("nothing", "mapping.unknown")):
        with pytest.raises(ConfigError) as error:
            load_mapping(name)
        assert error.value.code == code
    broken.write_bytes(b"\xff")
    with pytest.raises(StorageError) as unreadable:
        load_mapping(str(broken))
    assert unreadable.value.code == "mapping.unreadable"


def test_a_mapping_may_declare_a_head() -> None:
    data = {"labels": {"intent": "asked"}, "schemes": {"intent": {"labels": ["ask", "thank"]}}}
    assert parse_mapping(data).schemes["intent"].labels == ("ask", "thank")
    with pytest.raises(ConfigError) as caught:
        parse_mapping({"labels": {"intent": "asked"}})
    assert caught.value.code == "mapping.head"
    with pytest.raises(ConfigError) as caught:
        parse_mapping({**data, "labels": {"intent": {"column": "asked", "rename": {"x": "praise"}}}})
    assert caught.value.code == "mapping.label"
