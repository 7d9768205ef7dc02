import gc
from dataclasses import replace
from weakref import ref

import pytest

from tongli.generation.realiser import Realiser
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


def _fitting(subject):
    """A reply of the realiser, with a word that it never wrote."""
    asked = subject("x", feeling="sadness")
    return f"{Realiser().draft(asked.plan, asked.reading, n=1)[0].text} Truly"


def test_a_general_reply_that_fits_the_plan_is_enough(subject):
    fitting = _fitting(subject)
    near = meaning.check(subject(fitting, asked="zebra quartz vivid oxygen", feeling="sadness"))
    assert near.passed is True
    assert "a reference reply" in near.detail


def test_the_message_is_not_encoded_for_a_draft_that_is_surely_near_a_reference(subject, reader):
    fitting = _fitting(subject)
    near = meaning.check(subject(fitting, asked="zebra quartz vivid oxygen", feeling="sadness"))
    assert near.score >= meaning.SURE
    assert "zebra quartz vivid oxygen" not in reader.encoded


def test_what_the_realiser_writes_to_the_plan_is_not_encoded(subject, reader):
    asked = subject("x", feeling="sadness")
    for draft in Realiser().draft(asked.plan, asked.reading, n=4):
        own = meaning.check(subject(draft.text, asked="zebra quartz vivid oxygen", feeling="sadness"))
        assert own.passed is True
        assert "own wording" in own.detail
    assert not reader.encoded


def test_what_it_writes_to_another_plan_is_compared(subject, reader):
    asked = subject("x")
    text = Realiser().draft(replace(asked.plan, acts=("thank",)), asked.reading, n=1)[0].text
    assert "own wording" not in meaning.check(subject(text)).detail
    assert text in reader.encoded


def test_a_reader_can_be_dropped(subject, reader):
    other = type(reader)()
    meaning._background(ref(other), "en")
    gone = ref(other)
    del other
    gc.collect()
    assert gone() is None


@pytest.mark.parametrize("lang", sorted(table("background")))
def test_backgrounds_have_one_shape(lang):
    sentences = table("background")[lang]
    assert len(sentences) == len(set(sentences)) == 8
    assert all(sentence[-1] in ".。।" for sentence in sentences)
