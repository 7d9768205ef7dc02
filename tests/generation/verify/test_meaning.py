import gc

import pytest

from tongli.generation.verify import meaning
from tongli.generation.verify.lexicon import table


def test_shared_words_pass_and_foreign_ones_do_not(subject):
    asked = "my parcel never came and nobody answers my calls about the parcel"
    near = meaning.check(subject("sorry that my parcel never came and nobody answers my calls", asked=asked))
    far = meaning.check(subject("zebra quartz vivid oxygen jumping", asked=asked))
    assert near.passed is True
    assert near.score > 2 > far.score


def test_the_background_is_encoded_once_a_reader_and_language(subject, reader):
    for _ in range(3):
        meaning.check(subject("Thank you."))
    assert reader.encoded.count(table("background")["en"][0]) == 1
    meaning.check(subject("Danke.", lang="de"))
    assert reader.encoded.count(table("background")["de"][0]) == 1


def test_a_language_without_a_background_gets_all(subject, reader):
    meaning.check(subject("Ni dupe.", lang="yo"))
    assert set(reader.encoded) >= {text for texts in table("background").values() for text in texts}


def test_a_dropped_reader_drops_its_background(reader):
    other = type(reader)()
    assert meaning._background(other, "en") is meaning._background(other, "en")
    kept = len(meaning._backgrounds)
    del other
    gc.collect()
    assert len(meaning._backgrounds) == kept - 1


@pytest.mark.parametrize("lang", sorted(table("background")))
def test_backgrounds_have_one_shape(lang):
    sentences = table("background")[lang]
    assert len(sentences) == len(set(sentences)) == 8
    assert all(sentence[-1] in ".。।" for sentence in sentences)
