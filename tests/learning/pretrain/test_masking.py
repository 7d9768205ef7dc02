"""What is hidden, how much of it, and what stands in its place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tongli.learning.pretrain.masking import Masker, choose
from tongli.learning.pretrain.windows import FIXED, Windows

MASK, PAD = 50, 51
OTHERS = np.arange(40, dtype=np.int64)


def windows_of(*words: NDArray[np.int32]) -> Windows:
    """Windows whose ids count up from 0, so that every token can be told from the mask."""
    lengths = [len(part) for part in words]
    ids = np.concatenate([np.arange(length) % 40 for length in lengths]).astype(np.int32)
    return Windows(
        ids=ids,
        words=np.concatenate(words),
        starts=np.cumsum([0, *lengths], dtype=np.int64),
        texts=np.arange(len(words), dtype=np.int64),
        vocabulary=np.arange(52, dtype=np.int64),
        counts=np.bincount(ids, minlength=52).astype(np.int64),
    )


def masker(*, share: float = 0.15, whole_words: bool = False) -> Masker:
    return Masker(share=share, whole_words=whole_words, mask_id=MASK, pad_id=PAD, others=OTHERS)


@st.composite
def worded(draw: st.DrawFn) -> NDArray[np.int32]:
    """Word numbers of a window: fixed tokens at both ends, words of one to six pieces between."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=30))
    inner = np.repeat(np.arange(len(sizes)), sizes)
    head, tail = draw(st.integers(0, 4)), draw(st.integers(0, 2))
    return np.concatenate([[FIXED] * head, inner, [FIXED] * tail]).astype(np.int32)


@given(worded(), st.floats(0.01, 0.99), st.integers(0, 2**32))
def test_so_many_tokens_are_chosen_and_none_that_is_fixed(words, share, seed):
    chosen = choose(words, share=share, whole_words=False, generator=np.random.default_rng(seed))
    assert len(set(chosen.tolist())) == len(chosen) == max(1, round(share * int((words != FIXED).sum())))
    assert (words[chosen] != FIXED).all()


@given(worded(), st.floats(0.01, 0.99), st.integers(0, 2**32))
def test_whole_words_are_hidden_whole_and_not_too_many(words, share, seed):
    chosen = choose(words, share=share, whole_words=True, generator=np.random.default_rng(seed))
    taken = set(words[chosen].tolist())
    assert sorted(chosen) == [place for place, word in enumerate(words) if word in taken]
    assert FIXED not in taken
    budget = max(1, round(share * int((words != FIXED).sum())))
    assert len(chosen) <= budget or len(taken) == 1
    left = np.unique(words[words != FIXED], return_counts=True)
    assert all(  # what was passed over did not fit any more
        size > budget - len(chosen) for word, size in zip(*left, strict=True) if word not in taken
    )


@given(st.integers(0, 2**32))
def test_eighty_percent_masks_ten_percent_others_ten_percent_as_they_were(seed):
    targets = np.full(20_000, 45, np.int64)  # none of the others
    found = masker().replaced(targets, generator=np.random.default_rng(seed))
    shares = [(found == MASK).mean(), np.isin(found, OTHERS).mean(), (found == 45).mean()]
    # Five standard deviations of a share among 20,000.
    assert np.abs(np.array(shares) - [0.8, 0.1, 0.1]).max() < 5 * np.sqrt(0.8 * 0.2 / 20_000)
    assert sum(shares) == pytest.approx(1)
    assert set(found[(found != MASK) & (found != 45)]) == set(OTHERS)


@given(st.lists(worded(), min_size=1, max_size=5), st.booleans(), st.integers(0, 2**32))
def test_a_batch_changes_hidden_tokens_only_and_knows_what_they_were(parts, only_mask, seed):
    windows = windows_of(*parts)
    rows = list(range(len(parts)))
    batch = masker(share=0.4).batch(windows, rows, generator=np.random.default_rng(seed), only_mask=only_mask)
    for row in rows:
        ids, words = windows.window(row)
        hidden = batch.hidden[row, : len(ids)]
        assert (batch.ids[row, : len(ids)][~hidden] == ids[~hidden]).all()
        assert (batch.targets[batch.rows == row] == ids[hidden]).all()
        assert not hidden[words == FIXED].any()
        assert (batch.ids[row, len(ids) :] == PAD).all()
        assert not batch.hidden[row, len(ids) :].any()
        assert batch.mask[row].sum() == len(ids)
    if only_mask:
        assert (batch.ids[batch.hidden] == MASK).all()


def test_masks_are_dynamic_and_repeat_with_the_seed():
    windows = windows_of(np.arange(30, dtype=np.int32))

    def drawn(seed: int) -> list[int]:
        batch = masker().batch(windows, [0], generator=np.random.default_rng(seed))
        return np.flatnonzero(batch.hidden[0]).tolist()

    assert drawn(1) == drawn(1)
    assert len({tuple(drawn(seed)) for seed in range(20)}) > 15


def test_over_many_draws_every_token_is_hidden_as_often_as_any_other():
    words = np.repeat(np.arange(8), 2).astype(np.int32)
    generator = np.random.default_rng(0)
    for whole_words in (False, True):
        counts = np.zeros(len(words))
        for _ in range(4000):
            counts[choose(words, share=0.25, whole_words=whole_words, generator=generator)] += 1
        assert np.abs(counts / 4000 - 0.25).max() < 0.04
