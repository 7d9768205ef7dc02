"""The network: BERT as Hugging Face computes it, tied to its embeddings, open to learning where it should."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from transformers import BertForMaskedLM

from tongli.encoders.weights import from_folder
from tongli.learning.pretrain.checkpoint import read_predictor, write_checkpoint
from tongli.learning.pretrain.network import MaskedLM, new_predictor
from tongli.testing import tiny_checkpoint

VOCABULARY = np.array([0, 1, 2, 5, 9, 40, 41, 42, 100, 300], np.int64)
IDS = torch.tensor([[0, 3, 5, 9, 2], [0, 7, 2, 1, 1]])
MASK = torch.tensor([[1.0, 1, 1, 1, 1], [1, 1, 1, 0, 0]])
HIDDEN = torch.tensor([[0, 1, 0, 1, 0], [0, 1, 0, 0, 0]]).bool()


@pytest.fixture(scope="module", params=["bert", "xlm-roberta"])
def base(request, tmp_path_factory):
    return from_folder(tiny_checkpoint(tmp_path_factory.mktemp("base"), kind=request.param, seed=3))


@pytest.fixture(scope="module")
def predictor(base):
    counts = np.arange(len(base.words), dtype=np.int64)
    return new_predictor(base.hidden, counts=counts, seed=0)


def network_of(base, predictor, *, layers=3, embeddings=False):
    return MaskedLM(
        base,
        vocabulary=VOCABULARY,
        predictor=predictor,
        layers=layers,
        embeddings=embeddings,
        dropout=0.0,
    )


def step(network):
    """One update of everything that may learn."""
    loss = torch.nn.functional.cross_entropy(network(IDS, MASK, HIDDEN), torch.tensor([4, 6, 8]))
    loss.backward()
    torch.optim.SGD(network.parameters(), lr=1.0).step()


def test_a_written_checkpoint_predicts_in_transformers_what_the_network_does(base, predictor, tmp_path):
    network = network_of(base, predictor).eval()
    step(network)
    write_checkpoint(
        tmp_path,
        weights=network.encoder(base),
        predictor=network.predictor(predictor),
        tokenizer=b"{}",
        special={},
    )
    theirs = BertForMaskedLM.from_pretrained(tmp_path).eval()
    with torch.no_grad():
        found = theirs(input_ids=torch.from_numpy(VOCABULARY)[IDS], attention_mask=MASK).logits[HIDDEN]
        expected = network(IDS, MASK, HIDDEN)
    torch.testing.assert_close(found[:, VOCABULARY], expected, rtol=1e-4, atol=1e-4)
    kept = read_predictor(str(tmp_path))
    assert np.array_equal(kept.bias, network.predictor(predictor).bias)
    assert np.array_equal(kept.dense, network.predictor(predictor).dense)


def test_untrained_it_is_the_encoder_that_it_was_made_from(base, predictor):
    after = network_of(base, predictor).encoder(base)
    assert np.array_equal(after.words, base.words)
    assert np.array_equal(after.positions, base.positions)
    for left, right in zip(after.layers, base.layers, strict=True):
        assert np.array_equal(left.qkv, right.qkv)
        assert np.array_equal(left.output_norm[1], right.output_norm[1])


def test_the_output_matrix_is_the_token_embeddings(base, predictor):
    network = network_of(base, predictor, embeddings=True)
    square = [name for name, item in network.named_parameters() if item.shape[0] == len(VOCABULARY)]
    assert sorted(square) == ["bias", "words.weight"]
    network(IDS, MASK, HIDDEN).sum().backward()
    never_read = [place for place in range(len(VOCABULARY)) if place not in IDS]
    assert (network.words.weight.grad[never_read].abs().sum(1) > 0).all()
    before = network(IDS, MASK, HIDDEN)
    with torch.no_grad():
        network.words.weight[4] *= 2  # read nowhere in the batch
    after = network(IDS, MASK, HIDDEN)
    assert not torch.allclose(before[:, 4], after[:, 4])
    torch.testing.assert_close(before[:, :4], after[:, :4])


def test_only_what_may_learn_changes(base, predictor):
    network = network_of(base, predictor, layers=1)
    step(network)
    after = network.encoder(base)
    assert np.array_equal(after.words, base.words)
    assert np.array_equal(after.embedding_norm[0], base.embedding_norm[0])
    changed = [
        not np.array_equal(left.qkv, right.qkv) for left, right in zip(after.layers, base.layers, strict=True)
    ]
    assert changed == [False, False, True]


def test_a_new_head_alone_leaves_the_encoder_as_it_is(base, predictor):
    network = network_of(base, predictor, embeddings=True)
    network.learn(encoder=False)
    step(network)
    after = network.encoder(base)
    assert np.array_equal(after.words, base.words)
    assert np.array_equal(after.layers[-1].up, base.layers[-1].up)
    assert not np.array_equal(network.predictor(predictor).dense, predictor.dense)


def test_embeddings_of_other_tokens_stay(base, predictor):
    network = network_of(base, predictor, embeddings=True)
    step(network)
    after = network.encoder(base)
    others = np.setdiff1d(np.arange(len(base.words)), VOCABULARY)
    assert np.array_equal(after.words[others], base.words[others])
    assert (after.words[VOCABULARY] != base.words[VOCABULARY]).any(axis=1).all()
    assert not np.array_equal(after.positions, base.positions)


def test_a_new_head_predicts_what_is_frequent(base, predictor):
    assert np.exp(predictor.bias).sum() == pytest.approx(1, abs=1e-4)
    assert predictor.bias.argmax() == len(base.words) - 1


def test_padding_changes_nothing(base, predictor):
    network = network_of(base, predictor).eval()
    alone = network(IDS[1:, :3], MASK[1:, :3], HIDDEN[1:, :3])
    torch.testing.assert_close(network(IDS, MASK, HIDDEN)[2:], alone, rtol=1e-4, atol=1e-4)
