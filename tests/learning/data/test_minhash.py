from __future__ import annotations

import random
import time
from itertools import combinations

import numpy as np
import pytest

from tongli.learning.data.minhash import SHINGLE, jaccard, signatures, similar_pairs

WORDS = (
    *("rain", "today", "again", "while", "everybody", "waits", "tengo", "hambre", "quiere", "cocinar"),
    *(
        "今天",
        "又",
        "下雨",
        "公交车",
        "一直",
        "不来",
        "मौसम",
        "आज",
        "बहुत",
        "अच्छा",
        "الطقس",
        "جميل",
        "дождь",
        "опять",
    ),
)


def made(count: int, *, seed: int = 0) -> list[str]:
    """Texts in several scripts, of which every third varies one before it a little."""
    chance = random.Random(seed)
    texts: list[str] = []
    while len(texts) < count:
        words = chance.choices(WORDS, k=chance.randint(1, 20))
        if len(texts) % 3 == 2:
            words = texts[chance.randrange(len(texts))].split()
            words[chance.randrange(len(words))] = chance.choice(WORDS)
        texts.append(" ".join(words))
    return list(dict.fromkeys(texts))


@pytest.mark.parametrize(("threshold", "recall"), [(0.7, 0.95), (0.8, 0.99), (0.9, 0.99)])
def test_the_pairs_are_those_of_all_comparisons(threshold: float, recall: float) -> None:
    texts = made(600)
    truth = {
        (one, other): jaccard(texts[one], texts[other])
        for one, other in combinations(range(len(texts)), 2)
        if jaccard(texts[one], texts[other]) >= threshold
    }
    found = {(first, second): share for first, second, share in similar_pairs(texts, threshold=threshold)}
    assert len(truth) > 5
    assert found.items() <= truth.items()
    assert len(found) >= recall * len(truth)


def test_pairs_across_two_parts_only() -> None:
    texts = made(300)
    every = {pair[:2] for pair in similar_pairs(texts, threshold=0.75)}
    across = {pair[:2] for pair in similar_pairs(texts, threshold=0.75, across=100)}
    assert across == {(first, second) for first, second in every if first < 100 <= second}
    assert across


def test_signatures_estimate_the_resemblance() -> None:
    one = "the quick brown fox jumps over the lazy dog, and then it runs away from all of us"
    other = one.replace("lazy", "very lazy").replace("runs", "ran")
    found = signatures([one, other])
    assert abs(float((found[0] == found[1]).mean()) - jaccard(one, other)) < 0.15


def test_a_signature_does_not_depend_on_its_neighbours() -> None:
    texts = [text for text in made(50) if len(text) >= SHINGLE]
    together, long = signatures(texts), signatures([*texts, "x" * 200_000])
    assert np.array_equal(together, long[:-1])
    assert all(np.array_equal(together[i], signatures([text])[0]) for i, text in enumerate(texts))


def test_short_and_strange_texts() -> None:
    assert list(similar_pairs([], threshold=0.8)) == []
    assert list(similar_pairs(["", "a", "abc", "abcd"], threshold=0.8)) == []
    assert list(similar_pairs(["aaaa", "aaaaa"], threshold=1.0)) == [(0, 1, 1.0)]
    assert list(similar_pairs(["\ud800\ud800abcd", "\ud800\ud800abcd!"], threshold=0.5))


def test_progress_reaches_the_end() -> None:
    seen: list[int] = []
    texts = made(40)
    list(similar_pairs(texts, threshold=0.8, progress=seen.append))
    assert seen[-1] == sum(len(text) >= SHINGLE for text in texts)


def template(count: int) -> list[str]:
    return [
        f"your order number {number:05} has been sent and will arrive in three days"
        for number in range(count)
    ]


def test_a_crowd_of_one_template_stays_quick() -> None:
    texts = template(5_000)
    start = time.process_time()
    pairs = sum(1 for _ in similar_pairs(texts, threshold=0.8))
    assert len(texts) - 1 <= pairs <= 30 * len(texts)
    assert time.process_time() - start < 15


def test_in_a_crowd_too_whoever_resembles_the_other_part_is_found() -> None:
    texts = template(2_000)
    found = {pair.second for pair in similar_pairs(texts, threshold=0.8, across=400)}
    assert len(found) > 0.99 * 1_600


def test_long_texts_and_shares_are_exact() -> None:
    text = " ".join(made(3_000))
    ((first, second, resemblance),) = similar_pairs([text, text + "!"], threshold=0.9)
    assert (first, second, resemblance) == (0, 1, jaccard(text, text + "!"))
