"""Everyday texts: what says their level, and that a head learns to leave the rest undecided."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.emotion.head import Arrays, Head
from tongli.emotion.words import grams
from tongli.encoders.text import TextEncoder
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.calibrate import plain_card
from tongli.learning.tasks import Example
from tongli.learning.train.blending import ReadTexts
from tongli.learning.train.everyday import UNDECIDED, aside, labelled, taught, with_confidence

NAN = np.array([np.nan], np.float32)
RANDOM = np.random.default_rng(0)


def example(text: str, lang: str = "de", source: str = "ours") -> Example:
    return Example(text, lang, NAN, source)


@pytest.fixture(scope="module")
def encoder(tiny_model, tiny_settings) -> TextEncoder:
    return TextEncoder(model=str(tiny_model), settings=tiny_settings)


def test_forms_of_address_say_the_level_and_none_says_nothing(encoder: TextEncoder) -> None:
    texts = [
        "Können Sie mir das bitte noch einmal erklären?",
        "Kannst du mir das noch einmal erklären?",
        "Gestern hat es den ganzen Tag geregnet.",
        "Hast du gefragt, ob Ihnen das gefällt, Frau Kern?",
    ]
    found = {
        item.text: float(item.target[0])
        for item in labelled(map(example, texts), languages=["de"], encoder=encoder)
    }
    assert found == {texts[0]: 1.0, texts[1]: 0.0, texts[2]: UNDECIDED}


def test_a_target_that_a_text_comes_with_is_kept(encoder: TextEncoder) -> None:
    told = Example("Können Sie mir helfen?", "de", np.array([UNDECIDED], np.float32), "ours")
    (found,) = labelled([told], languages=["de"], encoder=encoder)
    assert found.target.tolist() == [UNDECIDED]


def test_only_wanted_languages_and_lengths_once_each(encoder: TextEncoder) -> None:
    texts = [
        example("Ayer llovió todo el día.", "es-419"),
        example("Ayer llovió todo el día.", "es"),
        example("Det regnade hela dagen igår.", "sv"),
        example("Sí.", "es"),
    ]
    found = labelled(texts, languages=["es"], encoder=encoder)
    assert [(item.text, item.lang) for item in found] == [("Ayer llovió todo el día.", "es")]


def test_the_same_texts_are_kept_aside_every_time() -> None:
    examples = [example(f"Satz Nummer {number} von vielen.") for number in range(500)]
    kept = aside(examples)
    assert 0.1 < kept.mean() < 0.3
    np.testing.assert_array_equal(aside(examples[::-1])[::-1], kept)


def texts(features: np.ndarray, targets: np.ndarray) -> ReadTexts:
    return ReadTexts(
        features=features.astype(np.float32),
        found=grams([np.array([7], np.int32)] * len(features)),
        targets=targets.astype(np.float32)[:, None],
        languages=("de",) * len(features),
    )


def drawn(count: int, *, marked: bool) -> ReadTexts:
    """First input: what looks formal; second: whether anything is marked."""
    looks = RANDOM.choice([-1.0, 1.0], count)
    noise = RANDOM.normal(scale=0.1, size=(count, 2))
    features = np.stack([looks, np.full(count, float(marked))], axis=1) + noise
    return texts(features, (looks > 0).astype(float) if marked else np.full(count, UNDECIDED))


def joined(count: int) -> ReadTexts:
    """Unmarked texts, then marked ones."""
    parts = drawn(count, marked=False), drawn(count, marked=True)
    return texts(
        np.concatenate([part.features for part in parts]),
        np.concatenate([part.targets[:, 0] for part in parts]),
    )


def untaught() -> Head:
    """Takes whatever looks formal for formal."""
    inner = 16
    up = np.zeros((2, inner), np.float32)
    up[0, :2] = 3, -3
    up[:, 2:] = RANDOM.normal(scale=0.5, size=(2, inner - 2))
    down = np.zeros((inner, 1), np.float32)
    down[:2, 0] = 1, -1
    arrays = Arrays(
        mean=np.zeros(2, np.float32),
        scale=np.ones(2, np.float32),
        up=up,
        up_bias=np.zeros(inner, np.float32),
        down=down,
        bias=np.zeros(1, np.float32),
    )
    return Head(arrays, plain_card(SCHEMES["formality"]))


def values(head: Head, read: ReadTexts) -> np.ndarray:
    return head.values(read.features, read.found, languages=read.languages)[:, 0]


@pytest.fixture(scope="module")
def after() -> Head:
    """The head when it was taught."""
    head = untaught()
    arrays = taught(head, drawn(400, marked=True), joined(400), seed=0)
    return replace(head, arrays=arrays)


def test_a_head_learns_to_be_undecided_where_nothing_is_marked(after: Head) -> None:
    unmarked, marked = drawn(400, marked=False), drawn(400, marked=True)
    assert (np.abs(values(untaught(), unmarked) - 0.5) > 0.4).mean() > 0.9
    assert (np.abs(values(after, unmarked) - 0.5) < 0.25).mean() > 0.8
    assert ((values(after, marked) > 0.5) == (marked.targets[:, 0] > 0.5)).mean() > 0.98


def test_what_is_said_of_unlabelled_texts_is_said_again() -> None:
    """They lie away from the other texts, where learning would otherwise move the head freely."""
    head = untaught()
    own = drawn(400, marked=True)
    far = replace(own, features=own.features[:, ::-1] * 3)
    before = values(head, far)
    moved = {
        unlabelled is not None: np.abs(
            values(replace(head, arrays=taught(head, own, joined(400), seed=0, unlabelled=unlabelled)), far)
            - before
        ).mean()
        for unlabelled in (None, far)
    }
    assert moved[True] < moved[False] / 2


def test_without_marked_texts_no_share_of_them_is_told() -> None:
    card = with_confidence(untaught(), drawn(50, marked=False))
    assert set(card.metrics["everyday"]) == {"texts", "unmarked_decided"}


def test_the_same_seed_gives_the_same_weights() -> None:
    head, unmarked, marked = untaught(), drawn(50, marked=False), drawn(50, marked=True)
    first, second = (taught(head, marked, unmarked, seed=3, steps=5) for _ in range(2))
    np.testing.assert_array_equal(first.up, second.up)
    assert not np.array_equal(first.up, head.arrays.up)


def test_the_confidence_leaves_unmarked_texts_undecided(after: Head) -> None:
    both = joined(300)
    before = with_confidence(untaught(), both)
    assert before.thresholds.default == (0.95,)
    assert before.metrics["everyday"]["unmarked_decided"] > 0.4
    card = with_confidence(after, both)
    assert card.thresholds.default[0] < 0.95
    assert card.metrics["everyday"]["unmarked_decided"] <= 0.055, card.metrics
    assert card.metrics["everyday"]["marked_right"] > 0.95
