"""Encoding keeps the order, windows long texts, and treats strange text kindly."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError, Message
from tongli.core.text import require_text
from tongli.encoders.text import TextEncoder


@pytest.fixture(scope="module")
def encoder(tiny_model, tiny_settings):
    return TextEncoder(model=str(tiny_model), settings=tiny_settings)


def test_order_and_batch_do_not_matter(encoder):
    texts = [
        "one",
        "two words here",
        "three",
        "a much longer text with many more words in it " * 3,
        "five",
    ] * 9
    together = encoder.features(texts)
    alone = np.concatenate([encoder.features([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-4)


def test_a_long_text_is_windowed(encoder):
    (encoding,) = encoder.encode([Message("hope and fear " * 400, lang="en")])
    assert encoding.windows > 10
    assert np.isfinite(encoding.features).all()
    (vector,) = encoder.sentences(["hope and fear " * 400])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_sentence_vectors_do_not_depend_on_the_batch(encoder):
    texts = ["one", "two words here", "a longer text with more words in it"]
    alone = np.concatenate([encoder.sentences([text]) for text in texts])
    np.testing.assert_allclose(encoder.sentences(texts), alone, atol=1e-4)
    assert encoder.sentences([]).shape == (0, 32)


def test_every_window_fits_the_model(encoder, monkeypatch):
    seen = []
    original = encoder._run
    monkeypatch.setattr(
        encoder, "_run", lambda rows, *a, **k: seen.extend(map(len, rows)) or original(rows, *a, **k)
    )
    encoder.features(["word " * count for count in (1, 50, 55, 60, 61, 62, 63, 64, 65, 200)])
    assert max(seen) <= 64


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "input.empty"),
        (" \n\t\u200b", "input.blank"),
        ("\x00\x00", "input.blank"),
        ("x" * 50_001, "input.too-long"),
        (7, "input.type"),
    ],
)
def test_what_cannot_be_read_is_a_coded_error(encoder, text, code):
    with pytest.raises(InputError) as caught:
        encoder.encode([Message(text)])
    assert caught.value.code == code
    assert str(text)[:20] not in str(caught.value) or not str(text).strip()


@given(st.text(alphabet=st.characters(), min_size=1, max_size=80))
def test_any_string_is_read_or_refused_with_a_code(tiny_model, tiny_settings, text):
    encoder = _shared(tiny_model, tiny_settings)
    with contextlib.suppress(InputError):
        require_text(text, max_chars=100)
        (encoding,) = encoder.encode([Message(text)])
        assert np.isfinite(encoding.features).all()
        assert encoding.message.text == text
        return
    with pytest.raises(InputError, match=r"input\.blank"):
        encoder.encode([Message(text)])


_CACHE = {}


def _shared(model, settings):
    return _CACHE.setdefault(model, TextEncoder(model=str(model), settings=settings))
