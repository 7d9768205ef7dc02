"""Every text once, no leak, a stable split, and sampling that follows the weights."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import InputError
from tongli.learning.data.licences import judge
from tongli.learning.tasks import Example
from tongli.learning.train.corpus import Corpus
from tongli.learning.train.pool import buckets, epoch, gather, require_held_out, weights


def example(text, lang="en", value=1.0):
    return Example(text, lang, np.array([value], np.float32), "authored")


def corpus(train, dev=()):
    return Corpus(train=train, dev={"politeness": list(dev)}, verdict=judge([]))


def test_a_text_of_two_heads_is_one_item_with_two_targets():
    pool = gather(corpus({"politeness": [example("a")], "formality": [example("a", value=0)]}), held_out=0)
    (item,) = pool.items
    assert sorted(item.targets) == ["formality", "politeness"]
    assert list(pool.rows_of("formality", among=pool.fit)) == [0]


def test_what_cannot_be_calibrated_is_refused_before_it_is_trained():
    texts = [example(f"text {place}", value=place % 2) for place in range(40)]
    for pool in (
        gather(corpus({"politeness": texts}), held_out=0),
        gather(corpus({"politeness": texts}), held_out=1),
        gather(corpus({"politeness": texts}, dev=texts), held_out=0.5),
    ):
        with pytest.raises(InputError, match=r"train\.held-out"):
            require_held_out(pool, ["politeness"])
    require_held_out(gather(corpus({"politeness": texts}), held_out=0.5), ["politeness"])


def test_a_digest_tells_texts_targets_and_parts_apart():
    texts = [example(f"text {place}", value=place % 2) for place in range(9)]
    other = [*texts[:-1], example("text 8", value=1)]
    pools = [
        gather(corpus({"politeness": found}), held_out=share) for found, share in ((texts, 0), (texts, 0.5))
    ]
    pools += [gather(corpus({"politeness": found}), held_out=0) for found in (other, texts[1:])]
    assert len({pool.digest() for pool in pools}) == 4
    assert pools[0].digest() == gather(corpus({"politeness": texts[::-1]}), held_out=0).digest()


def test_texts_of_any_development_set_are_left_out_whatever_their_case():
    train = {"politeness": [example("Good  Morning"), example("other")]}
    pool = gather(corpus(train, dev=[example("good morning")]), held_out=0)
    assert [pool.items[row].text for row in pool.fit] == ["other"]
    assert len(pool.held_out) == 0


def test_texts_nearly_equal_to_a_development_text_are_left_out():
    texts = ["The bus is late again and nobody tells us why", "A bus came on time today and we were glad"]
    found = corpus(
        {"politeness": [example(text) for text in texts]},
        dev=[example("the bus is late again, and nobody tells us why!!")],
    )
    pool = gather(found, held_out=0)
    assert ([pool.items[row].text for row in pool.fit], pool.leaks) == (texts[1:], 1)
    assert gather(found, held_out=0, near=1).leaks == 0


@given(st.sets(st.text(min_size=1, max_size=8), min_size=5, max_size=60))
def test_the_split_depends_on_the_text_alone(texts):
    ordered = sorted(texts)
    one = gather(corpus({"politeness": [example(text) for text in ordered]}), held_out=0.5)
    two = gather(corpus({"politeness": [example(text) for text in reversed(ordered)]}), held_out=0.5)
    assert {one.items[row].text for row in one.held_out} == {two.items[row].text for row in two.held_out}
    assert set(one.fit) | set(one.held_out) == set(range(len(one.items)))
    assert not set(one.fit) & set(one.held_out)


def test_languages_weigh_by_the_power_of_their_size():
    train = {
        "politeness": [example(f"en {i}") for i in range(100)] + [example(f"sw {i}", "sw") for i in range(4)]
    }
    pool = gather(corpus(train), held_out=0)
    found = weights(pool, power=0.5, share={"politeness": 1.0})
    total = Counter()
    for row, weight in zip(pool.fit, found, strict=True):
        total[pool.items[row].langs["politeness"]] += weight
    assert total["en"] / total["sw"] == pytest.approx(np.sqrt(100 / 4))


@given(st.integers(1, 40), st.integers(1, 300), st.integers(0, 5))
def test_an_epoch_draws_each_row_as_often_as_its_weight_says(count, size, seed):
    chance = np.random.default_rng(seed)
    rows, shares = np.arange(count), chance.random(count) + 0.01
    times = np.bincount(epoch(rows, shares, size=size, generator=chance), minlength=count)
    assert (np.abs(times - shares / shares.sum() * size) < 1).all()


@given(st.integers(1, 200), st.integers(1, 16), st.integers(0, 5))
def test_batches_hold_every_row_once(count, batch, seed):
    chance = np.random.default_rng(seed)
    lengths = chance.integers(1, 50, count)
    found = list(buckets(np.arange(count), lengths, batch=batch, generator=chance))
    assert sorted(np.concatenate(found)) == list(range(count))
    assert max(map(len, found)) <= batch
