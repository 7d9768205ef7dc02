from __future__ import annotations

import pytest

from tongli.core import ConfigError, Message, ModelError
from tongli.emotion.heads import Heads, head_names, heads_in
from tongli.encoders.text import TextEncoder
from tongli.knowledge.schemes import SCHEMES


@pytest.fixture(scope="module")
def encodings(tiny_model, tiny_settings):
    encoder = TextEncoder(model=str(tiny_model), settings=tiny_settings)
    return encoder.encode([Message("I am glad", lang="en", id=1), Message("no", lang="th", id="b")])


def test_every_label_of_every_head_gets_a_value_in_its_range(encodings, tiny_settings):
    for reading in Heads(folder=tiny_settings.heads).read(encodings):
        assert list(reading.scores) == list(SCHEMES)
        for name, scheme in SCHEMES.items():
            value = reading.scores[name]
            values = list(value.values()) if isinstance(value, dict) else [value]
            assert len(values) == len(scheme.labels)
            assert all(scheme.low <= number <= scheme.high for number in values)


def test_restricted_heads_give_restricted_scores(encodings, tiny_settings):
    heads = Heads(names=["sentiment", "ekman6"], folder=tiny_settings.heads)
    assert [list(reading.scores) for reading in heads.read(encodings)] == [["ekman6", "sentiment"]] * 2


def test_features_of_another_encoder_are_refused(encodings):
    with pytest.raises(ModelError) as caught:
        Heads().read(encodings)
    assert caught.value.code == "heads.encoder"


@pytest.mark.parametrize("names", [[], ["ekman7"], ["ekman6", ""]])
def test_unknown_heads_are_a_coded_error(names):
    with pytest.raises(ConfigError) as caught:
        head_names(names)
    assert caught.value.code == "heads.unknown"


def test_nothing_to_read_is_nothing_read(tiny_settings):
    assert Heads(folder=tiny_settings.heads).read([]) == []


def test_a_folder_says_which_heads_it_has(tmp_path, make_card):
    for name, kind in (("mood", "multilabel"), ("sentiment", None), ("idioms", None)):
        (tmp_path / f"{name}.safetensors").touch()
        make_card(head=name, labels=("a", "b"), kind=kind).save(tmp_path / f"{name}.json")
    (tmp_path / "idioms.json").write_text('{"labels": ["idiom"]}')  # a tagger
    (tmp_path / "release.json").write_text("{}")
    assert heads_in(tmp_path) == ("sentiment", "mood")
    assert Heads(folder=tmp_path).names == ("sentiment", "mood")
    assert head_names(["mood", "ekman6"], folder=tmp_path) == ("ekman6", "mood")
    with pytest.raises(ConfigError):
        head_names(["idioms"], folder=tmp_path)
