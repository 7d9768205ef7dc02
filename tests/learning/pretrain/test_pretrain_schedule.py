from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.learning.pretrain.loop import sampling
from tongli.learning.pretrain.recipe import PretrainRecipe
from tongli.learning.pretrain.schedule import by_length, draw, factor, rates


@given(
    st.integers(1, 500),
    st.floats(0, 0.9),
    st.sampled_from(["linear", "cosine", "constant"]),
)
def test_rates_rise_to_the_largest_and_then_never_rise(steps, warm_up, schedule):
    found = [factor(step, steps=steps, warm_up=warm_up, schedule=schedule) for step in range(steps)]
    rising = max(1, round(steps * warm_up))
    assert found[:rising] == sorted(found[:rising])
    assert found[rising - 1] == 1
    assert found[rising:] == sorted(found[rising:], reverse=True)
    assert all(0 < value <= 1 for value in found)
    assert factor(-1, steps=steps, warm_up=warm_up, schedule=schedule) == 0


def test_schedules_end_as_their_names_say():
    ends = {name: factor(100, steps=100, warm_up=0.1, schedule=name) for name in ("linear", "cosine")}
    assert ends == pytest.approx({"linear": 0, "cosine": 0})
    assert factor(55, steps=100, warm_up=0.1, schedule="cosine") == pytest.approx(0.5)
    assert factor(99, steps=100, warm_up=0.1, schedule="constant") == 1


def test_the_encoder_starts_when_it_joins_the_head():
    encoder, _, head, _ = rates(PretrainRecipe(steps=100, warm_up=0.1), head_steps=20)
    assert [encoder(step) for step in (0, 19)] == [0, 0]
    assert encoder(20) == pytest.approx(1 / 8)
    assert head(20) < 1 == head(10)


@given(st.lists(st.integers(1, 64), max_size=200), st.integers(64, 300))
def test_batches_hold_every_row_once_and_no_more_tokens_than_allowed(lengths, tokens):
    sizes = np.array(lengths, np.int64)
    batches = list(by_length(np.arange(len(sizes)), lengths=sizes, tokens=tokens))
    assert sorted(row for batch in batches for row in batch) == list(range(len(sizes)))
    assert all(len(batch) * sizes[batch].max() <= tokens for batch in batches)


def test_a_draw_depends_on_the_generator_alone_and_balances_languages():
    langs = ["en"] * 90 + ["sw"] * 10
    rows, weights = np.arange(100), sampling(langs, power=0.5)
    lengths = np.full(100, 8, np.int64)

    def drawn(seed: int) -> list[list[int]]:
        generator = np.random.default_rng(seed)
        return [
            batch.tolist() for batch in draw(rows, weights, lengths=lengths, tokens=64, generator=generator)
        ]

    assert drawn(1) == drawn(1) != drawn(2)
    flat = [row for batch in drawn(1) for row in batch]
    assert sum(row >= 90 for row in flat) == pytest.approx(25, abs=3)  # sqrt(10) of sqrt(90) + sqrt(10)
