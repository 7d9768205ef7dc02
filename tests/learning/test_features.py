"""Features are computed once, by content."""

from __future__ import annotations

import errno

import numpy as np
import pytest

from tongli.encoders.text import TextEncoder
from tongli.learning.features import cached_features, new_table


def test_features_are_cached_by_content(tiny_model, tiny_settings, tmp_path, monkeypatch):
    encoder = TextEncoder(model=str(tiny_model), settings=tiny_settings)
    texts = ["one", "two words", "three more words of Maria"]
    told = []
    first = cached_features(texts, encoder=encoder, folder=tmp_path, tell=lambda *done: told.append(done))
    assert told == [(0, 3), (3, 3)]
    np.testing.assert_allclose(first, encoder.features(texts), atol=2e-3)
    monkeypatch.setattr(encoder, "features", None)  # a second time, it is not asked, whoever is named
    swapped = [text.replace("Maria", "Ahmed") for text in texts]
    again = cached_features(swapped, encoder=encoder, folder=tmp_path, tell=lambda *_: None)
    np.testing.assert_array_equal(again, first)
    assert not list(tmp_path.glob("*.part"))


def test_a_full_disk_is_an_error_before_anything_is_computed(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tongli.learning.features.os.posix_fallocate", full)
    with pytest.raises(OSError, match="No space"):
        new_table(tmp_path / "table.part", shape=(4, 8))
