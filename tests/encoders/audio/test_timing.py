"""Words at their times in the recording."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import TranscriptWord
from tongli.encoders.audio.timing import placed, segments
from tongli.encoders.audio.windows import Piece, Window


def window(*spans):
    """Pieces of speech with a quarter of a second around each."""
    pieces, at = [], 0.0
    for start, end in spans:
        pieces.append(Piece(at=at, times=(start - 0.25, end + 0.25), speech=(start, end)))
        at += end - start + 0.5
    return Window(samples=np.zeros(round(at * 16_000), np.float32), pieces=tuple(pieces))


def words(*rows):
    return [TranscriptWord(text=f" {text}", times=(start, end), confidence=0.9) for text, start, end in rows]


def test_words_reach_the_edges_of_their_speech():
    found = placed(words(("Come", 0.4, 0.8), ("in.", 0.8, 1.0)), window((10.0, 11.5)))
    assert [word.times for word in found] == [(10.0, 10.55), (10.55, 11.5)]


def test_the_first_word_after_a_pause_is_not_left_before_it():
    two = window((10.0, 12.0), (15.0, 17.0))
    heard = words(
        ("Where", 0.3, 0.6), ("have", 0.6, 0.9), ("you", 0.9, 1.2), ("been?", 1.2, 2.2),
        ("Nowhere", 2.2, 2.3), ("at", 3.4, 3.7), ("all,", 3.7, 4.1), ("really.", 4.1, 4.7),
    )  # fmt: skip
    found = placed(heard, two)
    assert [word.times[0] >= 15.0 for word in found] == [False] * 4 + [True] * 4
    assert found[4].times[0] == 15.0
    assert found[3].times[1] == 12.0


def test_no_words():
    assert placed([], window((1.0, 2.0))) == []
    assert segments([], []) == []


spans = st.lists(st.tuples(st.floats(0.3, 4.0), st.floats(0.3, 4.0)), min_size=1, max_size=4)


@given(spans, st.lists(st.tuples(st.text("abcd", min_size=1, max_size=9), st.floats(0.0, 1.0)), max_size=25))
def test_words_lie_in_speech_in_order_and_none_is_lost(lengths, drawn):
    at, places = 1.0, []
    for quiet, loud in lengths:
        places.append((at + quiet + 0.5, at + quiet + 0.5 + loud))
        at = places[-1][1]
    box = window(*places)
    ends = sorted(share * box.waveform.seconds for _, share in drawn)
    heard = words(*((text, max(0, end - 0.3), end) for (text, _), end in zip(drawn, ends, strict=True)))
    found = placed(heard, box)
    assert [word.text for word in found] == [word.text for word in heard]
    for word in found:
        assert word.times[0] <= word.times[1]
        assert any(a - 0.01 <= word.times[0] and word.times[1] <= b + 0.01 for a, b in places)
    assert all(one.times[0] <= other.times[0] + 0.001 for one, other in pairwise(found))
    assert all(one.times[1] <= other.times[0] + 0.002 for one, other in pairwise(found))


def test_segments_start_at_pauses_turns_and_where_the_model_says():
    said = words(("a", 0, 1), ("b", 1, 2), ("c", 4, 5), ("d", 5, 6), ("e", 6, 7))
    found = segments(said, [3], {4})
    assert [item.text for item in found] == ["a b", "c", "d", "e"]
    assert [item.turn for item in found] == [False, False, False, True]
    assert found[0].times == (0, 2)
