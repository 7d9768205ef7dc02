from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.jsonl import Line, Source, chunks
from tongli.core import InputError, StorageError


def lines_of(path: Path, *, max_bytes: int = 100) -> list[Line]:
    source = Source(str(path))
    try:
        return list(source.lines(max_bytes=max_bytes))
    finally:
        source.close()


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
@pytest.mark.parametrize("last", [b"", b"tail"])
def test_lines_are_numbered_and_stripped(tmp_path: Path, ending: bytes, last: bytes) -> None:
    path = tmp_path / "in"
    path.write_bytes(ending.join([b"\xef\xbb\xbfone", b"", b"three", last]))
    tail = [Line(4, last)] if last else []
    assert lines_of(path) == [Line(1, b"one"), Line(2, b""), Line(3, b"three"), *tail]


def test_gzip_is_recognised_by_content(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    path.write_bytes(gzip.compress(b"one\n") + gzip.compress(b"two\n"))
    assert lines_of(path) == [Line(1, b"one"), Line(2, b"two")]


@given(lengths=st.lists(st.integers(0, 30), max_size=8), limit=st.integers(1, 12))
def test_a_line_is_kept_whole_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], limit: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "lengths"
    written = [b"x" * length for length in lengths]
    path.write_bytes(b"".join(line + b"\n" for line in written))
    assert lines_of(path, max_bytes=limit) == [
        Line(number, None if len(line) > limit else line) for number, line in enumerate(written, 1)
    ]


def test_a_huge_line_does_not_fill_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "in.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(64):
            file.write(b" " * (1 << 20))
        file.write(b"\nshort\n")
    tracemalloc.start()
    found = lines_of(path, max_bytes=1000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == [Line(1, None), Line(2, b"short")]
    assert peak < 8 << 20


def test_a_cut_gzip_gives_its_whole_lines_then_a_coded_error(tmp_path: Path) -> None:
    path = tmp_path / "in.gz"
    path.write_bytes(gzip.compress(b"one\n") + gzip.compress(b"two\n" * 1000)[:-12])
    source = Source(str(path))
    found = source.lines(max_bytes=100)
    assert next(found) == Line(1, b"one")
    with pytest.raises(StorageError, match=r"input\.damaged"):
        list(found)
    source.close()


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"input\.missing"):
        Source(str(tmp_path / "nothing"))
    with pytest.raises(InputError, match=r"input\.directory"):
        Source(str(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"input\.unreadable"):
        Source(str(tmp_path / "file" / "below"))


@given(st.lists(st.integers(0, 9)), st.integers(1, 4), st.integers(1, 20))
def test_chunks_lose_nothing_and_end_in_the_same_place(sizes: list[int], count: int, size: int) -> None:
    lines = [Line(number, b"x" * length) for number, length in enumerate(sizes, 1)]
    groups = list(chunks(iter(lines), max_lines=count, max_bytes=size))
    assert [line for group in groups for line in group] == lines
    assert all(1 <= len(group) <= count for group in groups)
    first = groups[0] if groups else []
    rest = list(chunks(iter(lines[len(first) :]), max_lines=count, max_bytes=size))
    assert groups[1:] == rest
