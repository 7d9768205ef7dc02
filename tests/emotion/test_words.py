from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongli.core import ModelError
from tongli.emotion.head import Arrays, Head, load_head
from tongli.emotion.words import Words, grams, read_words

TEXTS = st.lists(st.lists(st.integers(0, 250_000), max_size=12), max_size=8)


def ids(*texts):
    return [np.array(text, np.int32) for text in texts]


def knowing(text, *, languages=("en", "pt-BR", "pt-MZ"), labels=2):
    """Words that give each gram of a text, in every language, another weight."""
    found = grams(ids(text))
    keys = np.unique(np.concatenate([found.keys([tag]) for tag in languages]))
    return Words(
        languages=languages,
        keys=keys,
        weights=np.arange(1, 1 + len(keys) * labels, dtype=np.float32).reshape(len(keys), labels),
        bias=np.arange(len(languages) * labels, dtype=np.float32).reshape(len(languages), labels),
        slope=np.array([0.5, 2], np.float32),
        offset=np.array([1, -1], np.float32),
    )


@given(texts=TEXTS)
def test_grams_are_the_different_pieces_and_pairs_of_each_text(texts):
    found = grams(ids(*texts))
    sizes = [len(set(text)) + len(set(pairwise(text))) for text in texts]
    assert np.diff(found.starts).tolist() == sizes
    for row, text in enumerate(texts):
        alone = grams(ids(text))
        assert np.array_equal(found.codes[found.starts[row] : found.starts[row + 1]], alone.codes)


@given(texts=TEXTS.filter(len), data=st.data())
def test_some_of_the_texts(texts, data):
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), max_size=6))
    found = grams(ids(*texts)).of(np.array(rows, np.intp))
    wanted = grams(ids(*(texts[row] for row in rows)))
    assert np.array_equal(found.starts, wanted.starts)
    assert np.array_equal(found.codes, wanted.codes)


def test_order_matters_to_pairs_only():
    one, other = (set(grams(ids(text)).codes.tolist()) for text in ([5, 6], [6, 5]))
    assert len(one & other) == 2
    assert len(one | other) == 4


def test_a_gram_has_another_key_in_another_language():
    found = grams(ids([5, 6, 7]))
    assert not set(found.keys(["en"]).tolist()) & set(found.keys(["de"]).tolist())


def test_logits_by_hand():
    words = knowing([5, 6])
    found, dense = grams(ids([5, 6, 5], [9])), np.zeros((2, 2), np.float32)
    logits = words.logits(found, languages=["en", "en"], dense=dense)
    keys = found.of(np.array([0])).keys(["en"])
    known = np.isin(keys, words.keys)
    assert known.sum() == 3  # "5", "6", "5 6", but not "6 5"
    summed = words.weights[np.searchsorted(words.keys, keys[known])].sum(axis=0)
    np.testing.assert_allclose(logits[0], summed / np.sqrt(4) + [0, 1], rtol=1e-6)
    np.testing.assert_allclose(logits[1], [0, 1])  # the bias alone


def test_relatives_are_averaged_and_strangers_guessed_from_the_dense_part():
    words = knowing([5, 6])
    found, dense = grams(ids([5], [5], [5], [5])), np.full((4, 2), 3, np.float32)
    logits = words.logits(found, languages=["pt-BR", "pt-MZ", "pt", "ja"], dense=dense)
    np.testing.assert_allclose(logits[2], logits[0])  # Brazil is where most of its speakers live
    np.testing.assert_allclose(logits[3], [2.5, 5])
    spread = replace(words, languages=("en", "arq", "ary"))
    own = spread.logits(found, languages=["arq", "ary", "ar", "und"], dense=dense)
    np.testing.assert_allclose(own[2], (own[0] + own[1]) / 2, rtol=1e-6)
    np.testing.assert_allclose(own[3], [2.5, 5])


def test_no_words_at_all():
    words = replace(knowing([5]), keys=np.empty(0, np.uint32), weights=np.empty((0, 2), np.float32))
    logits = words.logits(grams(ids([5], [])), languages=["en", "en"], dense=np.zeros((2, 2), np.float32))
    np.testing.assert_allclose(logits, [[0, 1], [0, 1]])
    again = read_words(words.stored(), languages=words.languages, labels=2)
    assert again is not None
    assert again.weights.shape == (0, 2)


def test_half_of_words_is_half_of_what_they_say():
    words, found = knowing([5, 6]), grams(ids([5, 6]))
    whole, half = (
        item.logits(found, languages=["en"], dense=np.ones((1, 2), np.float32))
        for item in (words, words.scaled(0.5))
    )
    np.testing.assert_allclose(half, whole / 2)


@pytest.fixture
def saved(tmp_path, make_card):
    arrays = Arrays(
        mean=np.zeros(3, np.float32),
        scale=np.ones(3, np.float32),
        up=np.eye(3, dtype=np.float32),
        up_bias=np.zeros(3, np.float32),
        down=np.ones((3, 6), np.float32),
        bias=np.zeros(6, np.float32),
    )
    words = replace(knowing([5, 6], labels=6), slope=np.ones(6, np.float32), offset=np.zeros(6, np.float32))
    card = make_card("ekman6", words=words.languages)
    arrays.save(tmp_path / "ekman6.safetensors", words=words)
    card.save(tmp_path / "ekman6.json")
    return tmp_path, Head(arrays, card, words)


def test_a_file_holds_them(saved):
    folder, head = saved
    loaded = load_head(folder, "ekman6")
    assert loaded.words is not None
    found, features = grams(ids([5, 6], [7])), np.ones((2, 3), np.float32)
    wanted, values = (item.logits(features, found, languages=["en", "ja"]) for item in (head, loaded))
    np.testing.assert_allclose(values, wanted, rtol=0.02)


def test_a_head_without_words_says_what_its_arrays_say(saved):
    head = replace(saved[1], words=None)
    features = np.ones((1, 3), np.float32)
    logits = head.logits(features, grams(ids([5])), languages=["en"])
    np.testing.assert_array_equal(logits, head.arrays.logits(features))


def test_missing_and_ill_fitting_words_are_refused(saved):
    folder, head = saved
    replace(head.card, words=("en",)).save(folder / "ekman6.json")
    with pytest.raises(ModelError) as caught:
        load_head(folder, "ekman6")
    assert caught.value.code == "heads.arrays"
    head.card.save(folder / "ekman6.json")
    head.arrays.save(folder / "ekman6.safetensors")
    with pytest.raises(ModelError):
        load_head(folder, "ekman6")
    assert read_words({}, languages=(), labels=6) is None
