from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tongli.core import ConfigError, Settings, StorageError

pytest.importorskip("torch", reason="needs tongli[train]")

from tongli.emotion.head import load_head
from tongli.emotion.words import grams
from tongli.encoders.sources import OVERLAY
from tongli.encoders.text import TextEncoder
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.calibrate import plain_card
from tongli.learning.data.licences import judge
from tongli.learning.label_efficient.contrastive import fit_logistic
from tongli.learning.label_efficient.decisions import fitted
from tongli.learning.label_efficient.labelled import gather
from tongli.learning.label_efficient.write import Origin, write_head


@pytest.fixture
def learnt(polite, has_words):
    labelled = gather(
        [*polite(["please", "now"] * 10), *polite(["please"], lang="und", prefix="u")], "politeness"
    )
    arrays = fit_logistic(has_words(labelled.texts, ["please", "now"]), labelled.targets, kind="binary")
    return labelled, arrays


def test_a_head_is_read_back_with_its_origin(learnt, tmp_path, tiny_model, tiny_settings, has_words):
    labelled, arrays = learnt
    features = has_words(labelled.texts, ["please", "now"])
    card = fitted(plain_card(SCHEMES["politeness"]), arrays.logits(features), labelled)
    verdict = judge(labelled.records, research_only=True)
    origin = Origin(verdict=verdict, metrics={"x": {"y": 1}}, recipe="r", seed=7)
    encoder = TextEncoder(model=str(tiny_model), settings=tiny_settings)
    write_head(tmp_path / "new" / "head", arrays, card, labelled=labelled, origin=origin, encoder=encoder)
    head = load_head(tmp_path / "new" / "head", "politeness")
    assert (head.card.encoder, head.card.languages, head.card.seed) == (encoder.id, ("en",), 7)
    assert not head.card.releasable
    assert [(item.name, item.licence, item.examples) for item in head.card.data] == [
        ("authored", "CC0-1.0", 21)
    ]
    nothing = grams([np.empty(0, np.int32)] * len(features))
    values = head.values(features, nothing, languages=labelled.languages)
    np.testing.assert_array_equal(values[:, 0] > 0.5, labelled.targets[:, 0] > 0.5)


def test_tuned_layers_go_along(learnt, tmp_path, tiny_model, tiny_settings, monkeypatch):
    import tongli.learning.label_efficient.write as module

    labelled, arrays = learnt
    tuned = tmp_path / "tuned" / OVERLAY
    tuned.parent.mkdir()
    tuned.write_bytes(b"layers")
    find = module.find_source
    monkeypatch.setattr(
        module,
        "find_source",
        lambda model, settings: replace(find(model, settings), overlay=tuned),
    )
    origin = Origin(verdict=judge(labelled.records), metrics={}, recipe="r", seed=0)
    encoder = TextEncoder(model=str(tiny_model), settings=tiny_settings)
    card = plain_card(SCHEMES["politeness"])
    for folder in (tmp_path / "out", tuned.parent):
        write_head(folder, arrays, card, labelled=labelled, origin=origin, encoder=encoder)
        assert (folder / OVERLAY).read_bytes() == b"layers"


def test_weights_of_another_encoder_are_not_spoilt(learnt, tmp_path, tiny_model, tiny_settings):
    labelled, arrays = learnt
    origin = Origin(verdict=judge(labelled.records), metrics={}, recipe="r", seed=0)
    encoder = TextEncoder(model=str(tiny_model), settings=replace(tiny_settings, heads=None))
    card = plain_card(SCHEMES["politeness"])
    tuned, others = tmp_path / "tuned", tmp_path / "others"
    for folder in (tuned, others):
        folder.mkdir()
    (tuned / OVERLAY).write_bytes(b"layers")
    write_head(others, arrays, card, labelled=labelled, origin=origin, encoder=encoder)
    write_head(others, arrays, card, labelled=labelled, origin=origin, encoder=encoder)  # beside its own kind
    replace(load_head(others, "politeness").card, encoder="another").save(others / "politeness.json")
    for folder in (tuned, others):
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        with pytest.raises(ConfigError, match=r"head\.folder"):
            write_head(folder, arrays, card, labelled=labelled, origin=origin, encoder=encoder)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_that_cannot_be_written(learnt, tmp_path, tiny_model, tiny_settings):
    labelled, arrays = learnt
    (tmp_path / "file").write_text("", encoding="utf-8")
    encoder = TextEncoder(model=str(tiny_model), settings=Settings(cache=tiny_settings.cache, threads=1))
    origin = Origin(verdict=judge(labelled.records), metrics={}, recipe="r", seed=0)
    with pytest.raises(StorageError, match=r"head\.unwritable"):
        write_head(
            tmp_path / "file" / "x",
            arrays,
            plain_card(SCHEMES["politeness"]),
            labelled=labelled,
            origin=origin,
            encoder=encoder,
        )
