from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, StorageError, TongliError
from tongli.learning.data.importing import errors_path, import_file
from tongli.learning.data.mapping import ColumnMapping, Labels
from tongli.learning.data.record import read_records

MAPPING = ColumnMapping(constants={"source": "shop"}, labels={"sentiment": Labels(column="mood")})
GOOD, BAD = "Nice shop,positive", "Odd shop,purple"


def write(folder: Path, *rows: str) -> Path:
    path = folder / "in.csv"
    path.write_text("\n".join(["text,mood", *rows]) + "\n", encoding="utf-8")
    return path


def test_rows_become_records_or_errors(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    tally = import_file(write(tmp_path, GOOD, BAD, GOOD, ",positive"), target, mapping=MAPPING)
    assert (tally.read, tally.written, tally.failed) == (4, 2, 2)
    assert tally.codes == {"import.label": 1, "record.empty": 1}
    assert [record.id for record in read_records(target)] == ["shop-2", "shop-4"]
    errors = [json.loads(line) for line in errors_path(target).read_text("utf-8").splitlines()]
    assert [(line["line"], line["code"]) for line in errors] == [(3, "import.label"), (5, "record.empty")]
    assert "Odd shop" not in errors_path(target).read_text("utf-8")


@given(st.lists(st.sampled_from([GOOD, BAD, ",", "a,b,c", '"broken'])))
def test_counts_add_up(tmp_path_factory: pytest.TempPathFactory, rows: list[str]) -> None:
    folder = tmp_path_factory.mktemp("import")
    target = folder / "out.jsonl"
    tally = import_file(write(folder, *rows), target, mapping=MAPPING)
    assert tally.read == tally.written + tally.failed
    assert len(list(read_records(target))) == tally.written
    errors = errors_path(target)
    assert (len(errors.read_bytes().splitlines()) if errors.exists() else 0) == tally.failed


def test_without_failures_there_is_no_errors_file(tmp_path: Path) -> None:
    source, target = write(tmp_path, GOOD), tmp_path / "out.jsonl"
    errors_path(target).write_text("old\n", encoding="utf-8")
    import_file(source, target, mapping=MAPPING, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.jsonl"]


def test_ids_differ(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "a"}\n{"id": "1", "text": "b"}\n', encoding="utf-8")
    tally = import_file(source, tmp_path / "out.jsonl")
    assert tally.codes == {"record.repeated": 1}


def test_progress_sees_every_row(tmp_path: Path) -> None:
    seen: list[int] = []
    import_file(
        write(tmp_path, GOOD, BAD),
        tmp_path / "out.jsonl",
        mapping=MAPPING,
        progress=lambda tally: seen.append(tally.read),
    )
    assert seen == [1, 2]


def test_a_mapped_column_must_be_there_and_nothing_is_left(tmp_path: Path) -> None:
    mapping = ColumnMapping(fields={"text": "tweet"})
    with pytest.raises(ConfigError) as error:
        import_file(write(tmp_path, GOOD), tmp_path / "out.jsonl", mapping=mapping)
    assert (error.value.code, error.value.allowed) == ("import.column", "text, mood")
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_table_without_messages_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("Ticket,Message\n1,Hi\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        import_file(source, tmp_path / "out.jsonl")
    assert error.value.code == "import.column"
    assert (error.value.allowed, error.value.fix.endswith("--map text=COLUMN.")) == ("Ticket, Message", True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv"]
    tally = import_file(source, tmp_path / "out.jsonl", mapping=ColumnMapping(fields={"text": "Message"}))
    assert tally.written == 1


def test_files_that_are_there_stay(tmp_path: Path) -> None:
    source, target = write(tmp_path, GOOD), tmp_path / "out.jsonl"
    for old in (target, errors_path(target)):
        old.write_text("old", encoding="utf-8")
        with pytest.raises(ConfigError) as error:
            import_file(source, target, mapping=MAPPING)
        assert (error.value.code, old.read_text("utf-8")) == ("output.exists", "old")
        old.unlink()
    with pytest.raises(ConfigError) as same:
        import_file(source, source, mapping=MAPPING)
    assert same.value.code == "output.same-file"


def test_folders_that_cannot_be_written_are_told(tmp_path: Path) -> None:
    source = write(tmp_path, GOOD, BAD)
    for target, errors in (("no/out.jsonl", "bad"), ("out.jsonl", "no/bad")):
        with pytest.raises(StorageError) as error:
            import_file(source, tmp_path / target, mapping=MAPPING, errors=tmp_path / errors)
        assert error.value.code == "record.unwritable"
    with pytest.raises(StorageError) as folder:
        import_file(source, tmp_path / "out.jsonl", mapping=MAPPING, errors=tmp_path, overwrite=True)
    assert folder.value.code == "output.directory"


def test_public_sets_import_whole(shared_data: Path, tmp_path: Path) -> None:
    from tongli.learning.data.mapping import load_mapping

    for name in ("brighter_intensity", "empathic_reactions", "indonlu_emot"):
        source = shared_data / name / "dev.jsonl.gz"
        try:
            tally = import_file(source, tmp_path / f"{name}.jsonl", mapping=load_mapping(name))
        except TongliError as error:  # a folder without this set
            pytest.skip(error.code)
        assert tally.written == tally.read > 0
