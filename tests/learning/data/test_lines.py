from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tongli.core import InputError, StorageError
from tongli.learning.data.lines import read_objects


def test_plain_and_gzip_lines_with_their_places(tmp_path: Path) -> None:
    content = '{"a": 1}\n\n{"a": "\u00fc"}\n'
    (tmp_path / "a.jsonl").write_text(content, encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(content.encode()))
    (tmp_path / "gzip by its content.jsonl").write_bytes(gzip.compress(content.encode()))
    (tmp_path / "only called.gz").write_text(content, encoding="utf-8")
    (tmp_path / "windows.jsonl").write_bytes(b"\xef\xbb\xbf" + content.replace("\n", "\r\n").encode())
    for name in (path.name for path in tmp_path.iterdir()):
        found = list(read_objects(tmp_path / name))
        assert found == [(f"{name}:1", {"a": 1}), (f"{name}:3", {"a": "\u00fc"})]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "record.json"),
        ("[" * 100_000, "record.json"),
        ('{"a": "half of a pair: \\ud83d"}', "record.json"),
        ("3", "record.object"),
    ],
)
def test_a_line_that_is_no_object_is_named(line: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" + line, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_objects(tmp_path / "a.jsonl"))
    assert (caught.value.code, "a.jsonl:2" in caught.value.received) == (code, True)


def test_a_file_cut_short_or_of_other_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"a": 1}\n' * 99)[:-9])
    (tmp_path / "b.jsonl").write_bytes(b'{"a": "\xff"}')
    packed = bytearray(gzip.compress(bytes(range(256)) * 99))
    packed[len(packed) // 2] ^= 255
    (tmp_path / "c.jsonl.gz").write_bytes(packed)
    for name in ("a.jsonl.gz", "b.jsonl", "c.jsonl.gz", "none.jsonl"):
        with pytest.raises(StorageError) as caught:
            list(read_objects(tmp_path / name))
        assert caught.value.code == "record.unreadable"
