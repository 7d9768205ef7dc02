from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.encoders.text import TextEncoder
from tongli.encoders.tokens import trunk_of


@pytest.fixture(scope="module")
def encoder(tiny_model, tiny_settings) -> TextEncoder:
    return TextEncoder(model=str(tiny_model), settings=tiny_settings)


def pieces(text, tokens):
    return [text[start:end] for start, end in tokens.spans]


def test_tokens_are_places_in_the_text(encoder):
    text = "Well,  thank you\tso much!"
    (found,) = encoder.tokens([text])
    assert "".join(pieces(text, found)) == "".join(text.split())
    assert found.states.shape[0] == len(found.spans)
    assert found.encoder == trunk_of(encoder.id)


def test_broken_characters_move_nothing(encoder):
    text = "go\x00od \ud800 day"
    (found,) = encoder.tokens([text])
    assert pieces(text, found)[-1] in "day"
    assert found.spans[-1][1] == len(text)


def test_nothing_to_read(encoder):
    for found in encoder.tokens(["", "  \n"]):
        assert found.spans == ()
        assert found.states.shape[0] == 0


def test_a_text_reads_alike_alone_and_beside_others(encoder):
    texts = ["How are you?", "A much longer line about the weather of today and tomorrow", "Fine."]
    for text, found in zip(texts, encoder.tokens(texts), strict=True):
        (alone,) = encoder.tokens([text])
        assert alone.spans == found.spans
        assert np.allclose(alone.states, found.states, atol=1e-5)


def test_the_states_of_a_short_text_are_the_graphs(encoder):
    text = "see you soon"
    (found,) = encoder.tokens([text])
    runtime = encoder._loaded()
    ids = np.array([runtime.tokenizer.encode(text).ids])
    states = runtime.graphs.states({"ids": ids, "mask": np.ones_like(ids, np.int32)})
    assert all(np.abs(states[0] - row).sum(axis=1).min() < 1e-4 for row in found.states)


def test_a_long_text_keeps_every_token(encoder):
    text = " ".join(f"word{number}" for number in range(80))
    (found,) = encoder.tokens([text])
    assert "".join(pieces(text, found)) == text.replace(" ", "")
    assert np.isfinite(found.states).all()
    assert len(np.unique(found.states.round(3), axis=0)) > 80


@given(st.text(max_size=60))
def test_spans_are_ordered_disjoint_and_not_blank(encoder, text):
    (found,) = encoder.tokens([text])
    edges = [edge for span in found.spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in found.spans)
    assert all(piece.strip() == piece != "" for piece in pieces(text, found))


@pytest.mark.parametrize(
    ("encoder_id", "trunk"),
    [
        ("small@0123456789ab-ba9876543210-f3", "small@0123456789ab-f3"),
        ("small@0123456789ab-f3", "small@0123456789ab-f3"),
        ("my-model-2@0123456789ab-ba9876543210-f12", "my-model-2@0123456789ab-f12"),
        ("toy@1", "toy@1"),
    ],
)
def test_tuned_layers_do_not_change_the_trunk(encoder_id, trunk):
    assert trunk_of(encoder_id) == trunk
