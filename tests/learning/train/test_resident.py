from __future__ import annotations

import math

import numpy as np
import pytest

from tongli.learning.states import States
from tongli.learning.train import resident as module
from tongli.learning.train.resident import available, resident


@pytest.fixture
def states(tmp_path):
    """20,000 bytes of tokens and 4,000 of pooled states, on disk."""
    chance = np.random.default_rng(0)
    for name, shape in (("tokens", (1000, 10)), ("pooled", (200, 10))):
        np.save(tmp_path / f"{name}.npy", chance.normal(size=shape).astype(np.float16))
    return States(
        tokens=np.load(tmp_path / "tokens.npy", mmap_mode="r"),
        starts=np.arange(0, 1001, 5),
        pooled=np.load(tmp_path / "pooled.npy", mmap_mode="r"),
    )


def test_what_fits_is_read_and_is_the_same(states, monkeypatch):
    monkeypatch.setattr(module, "available", lambda: 48_000)
    told = []
    found = resident(states, copies=1, tell=told.append)
    for name in ("tokens", "pooled"):
        assert not isinstance(getattr(found, name), np.memmap)
        assert not np.shares_memory(getattr(found, name), getattr(states, name))
        np.testing.assert_array_equal(getattr(found, name), getattr(states, name))
    assert len(told) == 1
    assert resident(found, copies=1, tell=told.append) is found
    assert len(told) == 1


@pytest.mark.parametrize(("free", "copies"), [(47_999, 1), (95_999, 2), (0, 1)])
def test_what_does_not_fit_stays_on_disk(states, monkeypatch, free, copies):
    monkeypatch.setattr(module, "available", lambda: free)
    assert resident(states, copies=copies, tell=lambda _: None) is states


def write_group(folder, *, limit, used=700, stat="active_file 100\ninactive_file 50\nanon 5\n"):
    for name, text in (("memory.max", f"{limit}\n"), ("memory.current", f"{used}\n"), ("memory.stat", stat)):
        (folder / name).write_text(text, encoding="utf-8")


def test_a_container_with_less_memory_than_the_machine_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_GROUP", tmp_path / "none")
    machine = available()
    assert 0 < machine < math.inf
    monkeypatch.setattr(module, "_GROUP", tmp_path)
    write_group(tmp_path, limit=1000)
    assert available() == 1000 - 700 + 150
    for changes in ({"limit": "max"}, {"limit": "a lot"}, {"limit": 1000, "stat": "anon 5\n"}):
        write_group(tmp_path, **changes)
        assert available() > 1_000_000
