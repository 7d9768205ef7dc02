import math

import pytest

from tongli.encoders.common_words import RARE, collect, key_of, load, save
from tongli.encoders.ngrams import MERGED

SHARES = {"en": {"the": 0.05, "dog": 0.001, "rare": RARE / 2}, "nl": {"de": 0.05, "dog": 0.0001}}


def test_a_common_word_speaks_for_its_languages_by_its_share():
    found = collect(SHARES).evidence(["dog"])
    assert found == {
        "en": pytest.approx(math.log(0.001 / RARE), abs=1 / 24),
        "nl": pytest.approx(math.log(0.0001 / RARE), abs=1 / 24),
    }


def test_unknown_and_rare_words_say_nothing():
    words = collect(SHARES)
    assert words.evidence(["rare", "xyz"]) == {}
    assert words.evidence([]) == {}


def test_words_of_a_sentence_count_by_the_root_of_their_number():
    words = collect(SHARES)
    assert words.evidence(["the"] * 4)["en"] == pytest.approx(2 * words.evidence(["the"])["en"])


def test_signs_at_the_ends_and_apostrophes_are_no_matter():
    assert key_of("’don’t'") == key_of("don't")


def test_saving_and_loading(tmp_path, monkeypatch):
    path = tmp_path / "words.safetensors"
    save(collect(SHARES), path)
    monkeypatch.setattr("tongli.encoders.common_words.files", lambda _: tmp_path)
    monkeypatch.setattr("tongli.encoders.common_words.FILE", path.name)
    assert load.__wrapped__().evidence(["the", "dog"]) == collect(SHARES).evidence(["the", "dog"])


def test_what_ships():
    words = load()
    assert (words.keys[1:] >= words.keys[:-1]).all()
    assert len(words.keys) == len(words.of) == len(words.steps) > 50_000
    assert not set(MERGED) & set(words.languages)
    assert max(words.evidence(["however"]), key=words.evidence(["however"]).__getitem__) == "en"
