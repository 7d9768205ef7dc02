"""What takes long is made once, by one process, and anew where it is damaged."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np
import pytest

from tongli.learning import kept as module
from tongli.learning.kept import counting, kept


def write(path: Path) -> None:
    with path.open("wb") as file:  # given a path, NumPy would add an ending
        np.save(file, np.arange(1000))


def load(path: Path) -> int:
    return int(np.load(path, mmap_mode="r").sum())


def never(_path: Path) -> None:
    raise AssertionError("it is there already")


def test_it_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.npy"
    assert kept(path, make=write, read=load) == 499_500
    assert kept(path, make=never, read=load) == 499_500


@pytest.mark.parametrize("left", [0, 60, 500])
def test_what_is_damaged_is_made_anew(tmp_path: Path, left: int) -> None:
    path = tmp_path / "a.npy"
    kept(path, make=write, read=load)
    path.write_bytes(path.read_bytes()[:left])
    assert kept(path, make=write, read=load) == 499_500


def test_a_folder_that_lost_a_file_is_made_anew(tmp_path: Path) -> None:
    def make(folder: Path) -> None:
        folder.mkdir()
        write(folder / "a.npy")

    path = tmp_path / "states"
    path.mkdir()
    (tmp_path / "states.part").mkdir()  # of a killed process
    assert kept(path, make=make, read=lambda folder: load(folder / "a.npy")) == 499_500


def test_what_could_not_be_made_leaves_no_room_taken(tmp_path: Path) -> None:
    def full(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        kept(tmp_path / "a.npy", make=full, read=load)
    assert [path.name for path in tmp_path.iterdir()] == ["a.npy.lock"]


def test_one_makes_it_and_the_others_wait(tmp_path: Path) -> None:
    made = []

    def slowly(path: Path) -> None:
        made.append(path)
        time.sleep(0.3)
        write(path)

    found: list[int] = []
    path = tmp_path / "a.npy"
    threads = [
        threading.Thread(target=lambda: found.append(kept(path, make=slowly, read=load))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [499_500] * 3
    assert len(made) == 1


def test_it_says_how_long_it_will_take(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.0, 5.0, 30.0, 300.0, 301.0])
    monkeypatch.setattr(module.time, "monotonic", lambda: next(now))
    told: list[str] = []
    count = counting(told.append)
    for done in (0, 50, 100, 900, 1000):
        count(done, 1000)
    assert told == [
        "0 of 1,000 texts encoded",
        "100 of 1,000 texts encoded, about 4 min left",
        "900 of 1,000 texts encoded, about 33 s left",
        "1,000 of 1,000 texts encoded",
    ]
