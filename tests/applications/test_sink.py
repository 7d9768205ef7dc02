from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from tongli.applications.sink import Sink
from tongli.core import StorageError


def test_appends_after_what_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(b"one\ntw")
    sink = Sink(path)
    sink.open(keep=4)
    sink.append(b"two\n")
    sink.close()
    assert path.read_bytes() == b"one\ntwo\n"


def test_each_append_is_one_gzip_member(tmp_path: Path) -> None:
    path = tmp_path / "out.gz"
    sink = Sink(path, packed=True)
    sink.append(b"one\n")
    size = path.stat().st_size
    sink.append(b"two\n")
    sink.close()
    assert gzip.decompress(path.read_bytes()) == b"one\ntwo\n"
    assert gzip.decompress(path.read_bytes()[:size]) == b"one\n"


def test_a_failed_append_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "out"
    sink = Sink(path)
    sink.append(b"good\n")
    import signal

    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        with pytest.raises(StorageError, match=r"storage\.full"):
            sink.append(b"too much\n")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    sink.close()
    assert path.read_bytes() == b"good\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_device() -> None:
    sink = Sink(Path("/dev/full"))
    with pytest.raises(StorageError, match=r"storage\.full"):
        sink.append(b"x\n")
    sink.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"storage\.write"):
        Sink(tmp_path / "no" / "out").open()


def test_a_descriptor_without_a_reader() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    sink = Sink(write_end)
    with pytest.raises(BrokenPipeError):
        sink.append(b"x\n")
    sink.close()
    os.close(write_end)
