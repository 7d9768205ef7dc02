"""A sentence said three times is written three times, and a loop is not; a stand-in plays Whisper."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from tongli.core import Settings
from tongli.encoders.audio import Whisper
from tongli.encoders.audio.hearing import hear
from tongli.encoders.audio.windows import Piece, Window

RATE = 16_000
SENTENCE = "The ferry leaves at nine."


class Scripted:
    """Says what a script has for a sound of so many seconds; without repeats, what it has for that."""

    def __init__(self, script, without_repeats=()):
        self.asked = []
        self._script, self._without_repeats = script, dict(without_repeats)

    def transcribe(self, samples, **options):
        seconds = round(len(samples) / RATE, 1)
        again = "no_repeat_ngram_size" in options
        self.asked.append((seconds, again))
        return list((self._without_repeats if again else self._script)[seconds]), None


def segment(text, start, end, *, log_probability=-0.2, probability=0.9):
    """Words that share a time equally."""
    said = text.split()
    step = (end - start) / len(said)
    words = [
        SimpleNamespace(
            word=f" {word}", start=start + at * step, end=start + (at + 1) * step, probability=probability
        )
        for at, word in enumerate(said)
    ]
    return SimpleNamespace(text=f" {text}", words=words, avg_logprob=log_probability, no_speech_prob=0.1)


def window(*lengths):
    """Stretches of speech of so many seconds, which start 100 s into a recording, two seconds apart."""
    pieces, at, time = [], 0.0, 100.0
    for length in lengths:
        times = (time, time + length)
        pieces.append(Piece(at=at, times=times, speech=times))
        at, time = at + length, time + length + 2
    return Window(samples=np.zeros(round(at * RATE), np.float32), pieces=tuple(pieces))


def heard(backend, sound):
    whisper = Whisper(settings=Settings.from_env({"TONGLI_CACHE": "unused"}))
    whisper._loaded = backend
    whisper.load = lambda: None
    return hear(sound, code="en", whisper=whisper)


def text(said):
    return " ".join(item.word.text.strip() for item in said)


def test_a_sentence_that_was_passed_over_is_heard_by_itself():
    backend = Scripted(
        {
            7.0: [segment(SENTENCE, 0.0, 2.0), segment("Be there.", 5.0, 6.5)],
            3.0: [segment(SENTENCE, 0.2, 1.8)],
        }
    )
    found = heard(backend, window(2.0, 3.0, 2.0))
    assert text(found) == f"{SENTENCE} {SENTENCE} Be there."
    assert [item.starts for item in found] == [True, *[False] * 4] * 2 + [True, False]
    assert found[5].word.times == (pytest.approx(2.2), pytest.approx(2.52))
    assert backend.asked == [(7.0, False), (3.0, False)]


@pytest.mark.parametrize(
    ("again", "lengths"),
    [
        (segment("Thank you.", 0.2, 1.8, probability=0.4), (2.0, 3.0)),
        (segment("Thank you.", 0.2, 1.8, log_probability=-2.0), (2.0, 3.0)),
    ],
)
def test_what_is_not_sure_stays_out(again, lengths):
    found = heard(Scripted({5.0: [segment(SENTENCE, 0.0, 2.0)], 3.0: [again]}), window(*lengths))
    assert text(found) == SENTENCE


def test_a_short_sound_is_not_heard_again():
    backend = Scripted({2.5: [segment(SENTENCE, 0.0, 2.0)]})
    assert text(heard(backend, window(2.0, 0.5))) == SENTENCE
    assert len(backend.asked) == 1


def test_where_nothing_was_understood_nothing_is_heard_again():
    backend = Scripted({5.0: []})
    assert heard(backend, window(2.0, 3.0)) == []
    assert len(backend.asked) == 1


def test_words_whose_times_ran_ahead_are_not_doubled():
    backend = Scripted(
        {2.0: [segment(f"{SENTENCE} Be there.", 0.0, 1.0)], 1.0: [segment("Be there.", 0.1, 0.9)]}
    )
    assert text(heard(backend, window(1.0, 1.0))) == f"{SENTENCE} Be there."


def test_a_loop_over_several_stretches_is_heard_in_halves():
    loop = segment(" ".join([SENTENCE] * 12), 0.0, 5.0)
    backend = Scripted(
        {5.0: [loop], 2.0: [segment(SENTENCE, 0.0, 1.9)], 3.0: [segment("Take the bus instead.", 0.0, 2.9)]}
    )
    assert text(heard(backend, window(2.0, 3.0))) == f"{SENTENCE} Take the bus instead."


def test_a_loop_within_one_stretch_is_cut_where_its_words_take_no_time():
    said, tail = segment("no " * 8, 0.0, 3.6), segment("no " * 90, 3.6, 3.7)
    backend = Scripted({4.0: [said, tail]})
    assert text(heard(backend, window(4.0))) == " ".join(["no"] * 8)
    assert len(backend.asked) == 1


def test_a_loop_over_other_words_is_heard_without_repeats():
    loop = [
        segment("in the past " * 3, 0.0, 1.5),
        *(segment("in the past", 2.0 + at, 2.1 + at) for at in range(20)),
    ]
    backend = Scripted({25.0: loop}, {25.0: [segment("We met in the past year.", 0.0, 20.0)]})
    assert text(heard(backend, window(25.0))) == "We met in the past year."


def test_a_segment_made_up_after_the_end_is_left_out():
    backend = Scripted({2.0: [segment(SENTENCE, 0.0, 1.9), segment("Thank you very much.", 1.9, 2.0)]})
    assert text(heard(backend, window(2.0))) == SENTENCE
