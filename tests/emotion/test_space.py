from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tongli.core import ModelError, StorageError
from tongli.emotion.card import Source
from tongli.emotion.head import Arrays
from tongli.emotion.space import CARD, Space, SpaceCard, load_space, nearest


@pytest.fixture(scope="module")
def space():
    """(x - 1) * 2 → two hidden units → three numbers."""
    one = np.float32
    arrays = Arrays(
        mean=np.ones(2, one),
        scale=np.full(2, 2, one),
        up=np.array([[1, 0], [0, 1]], one),
        up_bias=np.array([0, 1], one),
        down=np.array([[3, 0, 0], [0, 4, 0]], one),
        bias=np.array([0, 0, 0], one),
    )
    card = SpaceCard(
        encoder="toy@1",
        size=3,
        data=(Source(name="toy", licence="CC0-1.0", examples=2),),
        languages=("en", "ja"),
        metrics={"dev": {"texts": 2}},
        seed=7,
        releasable=False,
    )
    return Space(arrays, card)


def test_vectors_by_hand(space):
    # inputs (2, 0): hidden (2, 1): outputs (6, 4, 0), of length sqrt(52)
    found = space.vectors(np.array([[2, 1]], np.float64))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, np.array([[6, 4, 0]]) / np.sqrt(52), rtol=1e-6)


@given(features=hnp.arrays(np.float32, (4, 2), elements=st.floats(-1e4, 1e4, width=32)))
def test_vectors_have_unit_length_or_none(space, features):
    lengths = np.linalg.norm(space.vectors(features), axis=1)
    empty = np.abs(space.arrays.logits(features)).max(axis=1) == 0
    np.testing.assert_allclose(lengths, ~empty, atol=1e-5)


def test_files_come_back(space, tmp_path):
    space.save(tmp_path / "new")
    found = load_space(tmp_path / "new", encoder="toy@1")
    assert found.card == space.card
    features = np.array([[2, 1], [1.5, 3]], np.float32)
    np.testing.assert_allclose(found.vectors(features), space.vectors(features), atol=0.01)


def test_another_encoder_is_refused(space, tmp_path):
    space.save(tmp_path)
    with pytest.raises(ModelError) as caught:
        load_space(tmp_path, encoder="toy@2")
    assert caught.value.code == "space.encoder"


@pytest.mark.parametrize("damage", [b"", b"\x00" * 40, None])
def test_damaged_arrays_are_a_coded_error(space, tmp_path, damage):
    space.save(tmp_path)
    path = tmp_path / "space.safetensors"
    path.write_bytes(damage) if damage is not None else path.unlink()
    with pytest.raises(ModelError) as caught:
        load_space(tmp_path, encoder="toy@1")
    assert caught.value.code == "space.arrays"


def test_arrays_of_another_size_are_a_coded_error(space, tmp_path):
    Space(space.arrays, replace(space.card, size=4)).save(tmp_path)
    with pytest.raises(ModelError) as caught:
        load_space(tmp_path, encoder="toy@1")
    assert caught.value.code == "space.arrays"


@pytest.mark.parametrize("change", [{"format": 99}, {"data": [{}]}, {"surprise": 1}, {"languages": None}])
def test_a_card_that_does_not_fit_is_a_coded_error(space, tmp_path, change):
    space.save(tmp_path)
    path = tmp_path / CARD
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **change}), encoding="utf-8")
    with pytest.raises(ModelError) as caught:
        load_space(tmp_path, encoder="toy@1")
    assert caught.value.code == "space.card"


def test_a_folder_without_a_space_or_without_room(space, tmp_path):
    with pytest.raises(ModelError) as caught:
        load_space(tmp_path, encoder="toy@1")
    assert caught.value.code == "space.card"
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(StorageError) as refused:
        space.save(tmp_path / "file")
    assert refused.value.code == "space.unwritable"


def test_nearest_by_hand():
    among = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float32)
    rows, cosines = nearest(among[:1], among, count=3)
    assert rows.tolist() == [[0, 2, 1]]
    np.testing.assert_allclose(cosines, [[1, 0.6, 0]], atol=1e-6)
    rows, cosines = nearest(among[:1], among, count=3, barred=np.array([[True, False, True, True]]))
    assert rows.tolist() == [[1, -1, -1]]
    assert np.isneginf(cosines[0, 1:]).all()
    assert nearest(among[:1], among[:0], count=3)[0].shape == (1, 0)


@given(data=st.data())
def test_nearest_is_what_sorting_everything_finds(data):
    queries, messages = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 12))
    numbers = st.integers(-3, 3).map(float)
    left = data.draw(hnp.arrays(np.float32, (queries, 2), elements=numbers))
    right = data.draw(hnp.arrays(np.float32, (messages, 2), elements=numbers))
    count = data.draw(st.integers(1, 15))
    rows, cosines = nearest(left, right, count=count)
    expected = -np.sort(-(left @ right.T), axis=1)[:, :count]
    np.testing.assert_array_equal(cosines, expected)
    np.testing.assert_array_equal(np.take_along_axis(left @ right.T, rows, axis=1), cosines)


def test_many_queries_are_answered_in_blocks(monkeypatch):
    monkeypatch.setattr("tongli.emotion.space._BLOCK", 3)
    among = np.eye(8, dtype=np.float32)
    rows, _ = nearest(among, among, count=1)
    assert rows[:, 0].tolist() == list(range(8))


def test_reading_needs_no_torch():
    code = "import sys, tongli.emotion.space; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
