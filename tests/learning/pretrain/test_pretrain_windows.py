"""Texts as windows: nothing is lost, and neither prefix nor special tokens are predicted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tokenizers import Tokenizer

from tongli.encoders.weights import from_folder
from tongli.learning.pretrain.vocabulary import with_mask
from tongli.learning.pretrain.windows import FIXED, tokenise

TEXTS = ("the rain falls in the garden", "my aunt paints", "un pájaro canta " * 12, "…")


@pytest.fixture(scope="module")
def vocabulary(tiny_model):
    return with_mask(from_folder(tiny_model), (tiny_model / "tokenizer.json").read_bytes())[1]


def cut(vocabulary, *, prefix="", size=16, texts=TEXTS):
    keep = (vocabulary.mask_id, vocabulary.pad_id)
    return tokenise(texts, tokenizer=vocabulary.tokenizer, prefix=prefix, max_tokens=size, keep=keep)


def tokens(vocabulary, windows, index, *, free):
    ids, words = windows.window(index)
    chosen = windows.vocabulary[ids[(words != FIXED) == free]]
    return [vocabulary.tokenizer.id_to_token(int(token)) for token in chosen]


@pytest.mark.parametrize("prefix", ["", "query: "])
def test_windows_of_a_text_hold_its_tokens_in_order_each_with_prefix_and_specials(vocabulary, prefix):
    windows = cut(vocabulary, prefix=prefix)
    assert windows.lengths.max() <= 16
    for text, content in enumerate(TEXTS):
        mine = [index for index, owner in enumerate(windows.texts) if owner == text]
        *head, last = tokens(vocabulary, windows, mine[0], free=False)
        assert (head[0], last) == ("<s>", "</s>")
        assert "".join(head[1:]).replace("▁", "") == prefix.strip()
        found = [token for index in mine for token in tokens(vocabulary, windows, index, free=True)]
        whole = vocabulary.tokenizer.encode(prefix + content).tokens
        assert found == whole[len(head) : -1]
        for index in mine:
            assert tokens(vocabulary, windows, index, free=False) == [*head, "</s>"]
    assert (windows.texts == 2).sum() > 1


def test_the_vocabulary_is_what_occurs_and_the_mask(vocabulary):
    windows = cut(vocabulary)
    seen = {token for text in TEXTS for token in vocabulary.tokenizer.encode(text).ids}
    assert set(windows.vocabulary) == seen | {vocabulary.mask_id, vocabulary.pad_id}
    assert windows.vocabulary[windows.place(vocabulary.mask_id)] == vocabulary.mask_id
    assert windows.counts[windows.place(vocabulary.mask_id)] == 0
    assert windows.counts.sum() == (windows.words != FIXED).sum()


def test_a_text_without_anything_to_mask_has_no_window(vocabulary):
    assert len(cut(vocabulary, texts=("",)).starts) == 1


def test_pieces_of_a_word_share_a_number_but_not_those_of_a_sentence_without_spaces(vocabulary):
    windows = cut(
        vocabulary, texts=("unbelievable nonsense", "今天天气真好啊我们去公园吧今天天气真好"), size=64
    )
    _, words = windows.window(0)
    assert len(set(words[words != FIXED].tolist())) == 2
    ids, words = windows.window(1)
    assert len(set(words[words != FIXED].tolist())) == len(ids) - 2


def test_a_tokenizer_without_a_mask_gets_one(tiny_model):
    weights, content = from_folder(tiny_model), (tiny_model / "tokenizer.json").read_bytes()
    more, vocabulary = with_mask(weights, content)
    assert Tokenizer.from_buffer(content).token_to_id("<mask>") is None
    assert vocabulary.mask_id == len(weights.words)
    assert len(more.words) == len(weights.words) + 1
    assert (more.words[:-1] == weights.words).all()
    assert vocabulary.special == {"mask_token": "<mask>", "pad_token": "<pad>"}
    before, after = (Tokenizer.from_buffer(raw) for raw in (content, vocabulary.content))
    assert [before.encode(text).ids for text in TEXTS] == [after.encode(text).ids for text in TEXTS]
    assert after.encode("a <mask>").ids[-2] == vocabulary.mask_id


def test_a_mask_that_is_there_is_used_and_the_file_stays_as_it_was(tiny_model):
    weights = from_folder(tiny_model)
    _, first = with_mask(weights, (tiny_model / "tokenizer.json").read_bytes())
    data = json.loads(first.content)
    data["added_tokens"][-1]["content"] = "[MASK]"
    data["truncation"] = {"max_length": 4, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}
    content = json.dumps(data).encode()
    _, second = with_mask(replace(weights), content)
    assert second.content == content
    assert second.special["mask_token"] == "[MASK]"
    assert len(second.tokenizer.encode(TEXTS[2]).ids) > 4  # windows are cut later, nothing is dropped here
