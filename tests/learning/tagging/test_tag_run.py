"""The whole way, with a tiny encoder: what is learnt, saved, loaded without torch and measured."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from tongli.core import ConfigError, InputError, ModelError, StorageError
from tongli.emotion.markers import Markers
from tongli.encoders.text import TextEncoder
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.tagging.alignment import align
from tongli.learning.tagging.fit import Options, batch_of, fit
from tongli.learning.tagging.records import SpanRecord
from tongli.learning.tagging.run import Job, encode, gather, plan, run

QUICK = Options(epochs=12, batch=16, rate=5e-3, inner=16)
LABELS = ("formal", "informal")


@pytest.fixture(scope="module")
def encoder(tiny_model, tiny_settings) -> TextEncoder:
    return TextEncoder(model=str(tiny_model), settings=tiny_settings)


@pytest.fixture(scope="module")
def examples(encoder, spans):
    return encode(spans(120), encoder=encoder, labels=LABELS, tell=lambda _: None)


@pytest.fixture(scope="module")
def trained(encoder, spans, tmp_path_factory):
    """A finished run: folder, card, and the numbers of steps that were told."""
    out = tmp_path_factory.mktemp("tagger")
    records, told = spans(240), []
    job = Job(out=out, options=QUICK, how=Resampling(draws=20))
    card = run(
        records, job, agreed=plan(records, job), encoder=encoder, tell=lambda _: None, step=told.append
    )
    return out, card, told


def test_a_tagger_learns_both_scripts(trained):
    _, card, told = trained
    assert card.metrics["test"]["span_f1_worst"] > 0.9
    assert card.labels == LABELS
    assert card.languages == ("en", "ja")
    assert told == list(range(1, len(told) + 1))


def test_new_words_around_the_markers(trained, encoder):
    out, _, _ = trained
    markers = Markers(folder=out)
    for text, marked in (("today hey come", "hey"), ("鳥だよ", "だよ"), ("kindly wait", "kindly")):
        found = markers.spans(text, encoder.tokens([text])[0], threshold=0.0)
        assert marked in [text[item.start : item.end] for item in found]


def test_the_card_names_data_and_licence(trained):
    _, card, _ = trained
    (source,) = card.data
    assert (source.name, source.licence, card.releasable) == ("authored", "CC0-1.0", True)
    assert set(card.metrics) == {"held_out", "test"}


def test_numpy_reads_what_torch_wrote(examples):
    network = fit(examples, labels=2, options=replace(QUICK, epochs=2), step=lambda _: None)
    states, forms, _, mask = batch_of(examples[:4])
    with torch.no_grad():
        expected = network(states, forms, mask).numpy()
    arrays = network.arrays()
    for row, example in enumerate(examples[:4]):
        size = len(example.tags)
        found = arrays.logits(states[row, :size].numpy(), example.units.forms)
        assert np.abs(found - expected[row, :size]).max() < 1e-4


def test_the_same_seed_gives_the_same_weights(examples):
    options = replace(QUICK, epochs=1)
    first, second, other = (
        fit(examples, labels=2, options=replace(options, seed=seed), step=lambda _: None).arrays()
        for seed in (1, 1, 2)
    )
    assert (first.up == second.up).all()
    assert not (first.up == other.up).all()


def test_tags_of_units(encoder):
    text = "見ますか? then go on"
    record = SpanRecord(id="1", text=text, spans=((1, 3, "formal"), (6, 13, "informal")))
    example = align(record, encoder.tokens([text])[0], labels=LABELS)
    tagged = {
        text[start:end]: tag
        for (start, end), tag in zip(example.units.spans, example.tags.tolist(), strict=True)
    }
    assert tagged["ま"] == 1
    assert tagged["す"] == 2
    assert tagged["見"] == tagged["か"] == 0
    first, *rest = [tag for tag in example.tags.tolist() if tag in (3, 4)]
    assert first == 3
    assert set(rest) <= {4}


def test_languages_with_few_texts_are_drawn_more_often(examples):
    from tongli.learning.tagging.fit import _draw

    few = [item for item in examples if item.record.lang == "ja"][:4]
    many = [item for item in examples if item.record.lang == "en"]
    rows = _draw(few + many, steps=40, options=QUICK, generator=np.random.default_rng(0))
    share = np.mean([row < 4 for batch in rows for row in batch])
    assert share > 2 * 4 / (4 + len(many))


def test_licences_stop_a_run_before_it_starts(tmp_path, spans):
    records = spans(10, licence="CC-BY-NC-4.0")
    with pytest.raises(ConfigError) as caught:
        plan(records, Job(out=tmp_path))
    assert caught.value.code == "licence.not-free"
    assert plan(records, Job(out=tmp_path, research_only=True)).verdict.releasable is False


@pytest.mark.parametrize("name", ["../up", "", "formality", "a b"])
def test_names_that_would_go_astray(tmp_path, spans, name):
    with pytest.raises(ConfigError) as caught:
        plan(spans(10), Job(out=tmp_path, name=name))
    assert caught.value.code == "tag.name"


def test_nothing_or_one_thing_to_learn(examples):
    for some, code in (
        ([], "train.empty"),
        ([replace(item, tags=np.zeros_like(item.tags)) for item in examples], "train.one-class"),
        ([item for item in examples if 3 not in item.tags], "train.one-class"),
    ):
        with pytest.raises(InputError) as caught:
            fit(some, labels=2, options=QUICK, step=lambda _: None)
        assert caught.value.code == code


def test_a_loss_that_is_no_number(examples):
    with pytest.raises(ModelError) as caught:
        fit(examples, labels=2, options=replace(QUICK, rate=float("inf")), step=lambda _: None)
    assert caught.value.code == "train.nan"


def test_a_folder_that_cannot_be_written(encoder, spans, tmp_path):
    (tmp_path / "file").write_text("")
    job = Job(out=tmp_path / "file", options=replace(QUICK, epochs=1), how=Resampling(draws=2))
    records = spans(40)
    with pytest.raises(StorageError) as caught:
        run(
            records, job, agreed=plan(records, job), encoder=encoder, tell=lambda _: None, step=lambda _: None
        )
    assert caught.value.code == "record.unwritable"


def test_files_or_the_public_sets(tmp_path):
    for files, data in (((), None), ((tmp_path / "a",), tmp_path)):
        with pytest.raises(ConfigError) as caught:
            gather(files, data=data)
        assert caught.value.code == "train.data"


def test_texts_in_which_nothing_is_marked_are_refused_before_anything_is_written(spans, tmp_path):
    bare = [replace(record, spans=()) for record in spans(8)]
    with pytest.raises(InputError) as caught:
        plan(bare, Job(out=tmp_path / "out"))
    assert (caught.value.code, "8 texts" in caught.value.received) == ("train.empty", True)
