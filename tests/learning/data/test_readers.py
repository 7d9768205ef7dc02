from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ConfigError, InputError, StorageError
from tongli.learning.data.readers import Row, guess_format, read_rows


def codes(rows: list[Row]) -> dict[int, str]:
    return {row.line: row.cells.code for row in rows if isinstance(row.cells, InputError)}


def cells(rows: list[Row]) -> dict[int, Any]:
    return {row.line: dict(row.cells) for row in rows if not isinstance(row.cells, InputError)}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.jsonl", "jsonl"), ("a.CSV.gz", "csv"), ("a.tsv", "tsv"), ("a.parquet", "parquet")],
)
def test_names_promise_formats(name: str, kind: str) -> None:
    assert guess_format(Path(name)) == kind


def test_other_names_promise_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as error:
        guess_format(Path("a.docx"))
    assert error.value.code == "import.format"


def test_json_lines_with_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    lines = [
        b'\xef\xbb\xbf{"text": "Gr\xc3\xbc\xc3\x9fe"}',
        b"{",
        b"[1]",
        b"",
        b'{"text": "\xff"}',
        b'"\\ud83d"',
    ]
    lines += [b'{"text": "\\ud83d"}', b"[" * 100_000, b'{"text": "\\ud83d\\ude00"}']
    path.write_bytes(gzip.compress(b"\n".join(lines)))
    rows = list(read_rows(path))
    assert cells(rows) == {1: {"text": "Grüße"}, 9: {"text": "😀"}}
    assert codes(rows) == {
        2: "record.json",
        3: "record.object",
        5: "import.encoding",
        6: "import.encoding",
        7: "import.encoding",
        8: "record.json",
    }


def test_csv_knows_on_which_line_a_row_starts(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'text;n\r\n"two\nlines";1\r\n\r\nshort\r\n"good" bad;2\r\n\xff;3\r\nlast;4\r\n')
    rows = list(read_rows(path, delimiter=";"))
    assert cells(rows) == {2: {"text": "two\nlines", "n": "1"}, 8: {"text": "last", "n": "4"}}
    assert codes(rows) == {5: "import.row", 6: "import.row", 7: "import.encoding"}


def test_tsv_has_no_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('text\tn\n"open\t1\nnext\t2\n', encoding="utf-8")
    assert cells(list(read_rows(path))) == {2: {"text": '"open', "n": "1"}, 3: {"text": "next", "n": "2"}}


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), min_size=1), max_size=4))
def test_what_csv_writes_is_read_back(tmp_path_factory: Any, texts: list[str]) -> None:
    import csv

    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["text", "n"], *([text, 1] for text in texts)])
    rows = list(read_rows(path))
    assert [row.cells["text"] for row in rows if not isinstance(row.cells, InputError)] == texts


@pytest.mark.parametrize("header", ["", "text,text\n", ",\n"])
def test_a_table_needs_a_header(tmp_path: Path, header: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(header, encoding="utf-8")
    with pytest.raises(InputError) as error:
        list(read_rows(path))
    assert error.value.code == "import.header"


@pytest.mark.parametrize(
    ("char", "option"), [(";", "--delimiter ';'"), ("\t", "--delimiter tab"), ("|", "--delimiter '|'")]
)
def test_another_delimiter_is_told_before_every_row_fails(tmp_path: Path, char: str, option: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"id{char}text\n1{char}Hi\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        list(read_rows(path))
    assert error.value.code == "import.delimiter"
    assert option in error.value.fix


def test_a_header_of_one_column_is_a_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\nHi; you\n", encoding="utf-8")
    assert cells(list(read_rows(path))) == {2: {"text": "Hi; you"}}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz"])
def test_utf_16_is_told_once(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / name
    raw = "id,text\n1,Hi\n".encode(encoding)
    path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    with pytest.raises(InputError) as error:
        list(read_rows(path))
    assert error.value.code == "import.encoding"
    assert "UTF-8" in error.value.fix


def test_json_lines_in_utf_16_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Hi"}\n', encoding="utf-16")
    with pytest.raises(InputError, match=r"import\.encoding"):
        list(read_rows(path))


def test_parquet(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"text": ["Hi", None], "labels": [["joy"], []]}), path)
    assert cells(list(read_rows(path))) == {
        1: {"text": "Hi", "labels": ["joy"]},
        2: {"text": None, "labels": []},
    }
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(StorageError) as error:
        list(read_rows(path))
    assert error.value.code == "import.unreadable"


def test_parquet_without_its_library_names_the_extra(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "a.parquet"
    path.touch()
    with pytest.raises(ConfigError) as error:
        list(read_rows(path))
    assert error.value.code == "extra.missing"
    assert "tongli[parquet]" in error.value.fix


def test_a_cut_gzip_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    line = json.dumps({"text": "x" * 50}).encode() + b"\n"
    path.write_bytes(gzip.compress(line * 9)[:-12])
    with pytest.raises(StorageError) as error:
        list(read_rows(path))
    assert error.value.code == "import.unreadable"


@pytest.mark.parametrize("delimiter", ["", ";;", '"'])
def test_a_delimiter_is_one_character(tmp_path: Path, delimiter: str) -> None:
    with pytest.raises(ConfigError) as error:
        list(read_rows(tmp_path / "a.csv", delimiter=delimiter))
    assert error.value.code == "import.delimiter"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        list(read_rows(tmp_path / "a.csv"))
    assert error.value.code == "import.missing"
