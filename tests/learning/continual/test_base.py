"""A network started from weights says what they say; weights that do not fit are refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tongli.core import ConfigError, ModelError
from tongli.emotion.head import Arrays
from tongli.emotion.words import grams
from tongli.learning.continual.base import open_base, start, to_arrays
from tongli.learning.continual.run import Job, prepare
from tongli.learning.continual.weights import between
from tongli.learning.states import open_trunk
from tongli.learning.train.recipe import Recipe
from tongli.learning.words import fit_words


def quiet(*_):
    """Tells nobody."""


@pytest.fixture(scope="module")
def opened(tiny_model, tiny_settings):
    """Heads whose means, scales and widths differ, as those of bags do."""
    found = open_base(str(tiny_settings.heads), model=str(tiny_model), settings=tiny_settings)
    random = np.random.default_rng(0)
    heads = {}
    for index, (name, head) in enumerate(found.heads.items()):
        width, inner, labels = len(head.arrays.mean), 4 + index, len(head.card.labels)
        arrays = Arrays(
            mean=random.normal(0, 1, width).astype(np.float32),
            scale=random.uniform(0.5, 2, width).astype(np.float32),
            up=random.normal(0, 0.2, (width, inner)).astype(np.float32),
            up_bias=random.normal(0, 0.2, inner).astype(np.float32),
            down=random.normal(0, 0.5, (inner, labels)).astype(np.float32),
            bias=random.normal(0, 0.5, labels).astype(np.float32),
        )
        words = fit_words(
            [np.array([index % 5], np.int32) for index in range(200)],
            random.uniform(0, 1, (200, labels)).astype(np.float32),
            languages=["en"] * 200,
            kind="multilabel",
            strength=1.0,
        )
        words = replace(words, slope=random.uniform(0, 1, labels), offset=random.normal(0, 1, labels))
        heads[name] = replace(head, arrays=arrays, words=words if index % 2 else None)
    return replace(found, heads=heads)


@pytest.fixture(scope="module")
def network(opened):
    trunk = open_trunk(opened.source, max_tokens=32, offline=True)
    return start(opened, trunk=trunk, recipe=Recipe()).eval()


def test_every_head_is_what_it_is_expected_to_say(opened, network):
    """With words, those are expected to add what the dense part leads one to expect."""
    random = np.random.default_rng(1)
    for name, head in opened.heads.items():
        features = random.normal(0, 1, (20, len(head.arrays.mean))).astype(np.float32)
        found = to_arrays(network, name).logits(features)
        strange = head.logits(features, grams([np.array([9], np.int32)] * 20), languages=["xx"] * 20)
        np.testing.assert_allclose(found, strange, atol=5e-4)


def test_between_two_networks(network):
    other = between(network, network, 1.0)
    with torch.no_grad():
        for value in other.parameters():
            value.add_(1)
    for share in (0.0, 0.3, 1.0):
        found = between(network, other, share)
        for value, before in zip(found.parameters(), network.parameters(), strict=True):
            torch.testing.assert_close(value, before + share)


def test_weights_of_another_encoder_or_none(tiny_settings, tiny_model, tmp_path):
    for folder, model in ((tiny_settings.heads, "embedded"), (tmp_path, str(tiny_model))):
        with pytest.raises(ModelError) as caught:
            open_base(str(folder), model=model, settings=tiny_settings)
        assert caught.value.code == "continue.base"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"penalty": "ewc"}, "continue.penalty"),
        ({"recipe": Recipe(train=("a.jsonl",))}, "continue.recipe"),
        ({"out": "base"}, "output.same-file"),
    ],
)
def test_options_that_contradict_each_other(tmp_path, tiny_settings, changes, code):
    if "out" in changes:
        changes = {"out": tmp_path / "base"}
    job = Job(base=str(tmp_path / "base"), new=tmp_path / "new.jsonl", out=tmp_path / "out", cache=tmp_path)
    with pytest.raises(ConfigError) as caught:
        prepare(replace(job, **changes), settings=tiny_settings, tell=quiet)
    assert caught.value.code == code
