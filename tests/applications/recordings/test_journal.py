"""A journal survives being cut off anywhere, and counts only for the same run."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tongli.applications.recordings.journal import head_of, heard_journal
from tongli.core import TranscriptSegment, TranscriptWord
from tongli.encoders.audio.transcribe import Heard

HEAD = {"format": 1, "model": "tiny", "lang": None}


def heard(number):
    words = (TranscriptWord(text=f" wörd{number}", times=(number, number + 0.5), confidence=0.25),)
    segments = (TranscriptSegment(words=words, turn=number % 2 == 1),)
    return Heard(until=number + 1.0, speech=0.5, segments=segments, languages={"de": 0.75})


def written(path, count):
    journal = heard_journal(path, HEAD)
    assert journal.open() == []
    for number in range(count):
        journal.add(heard(number))
    journal.close()
    return path.read_bytes()


def left(path):
    journal = heard_journal(path, HEAD)
    done = journal.open()
    journal.close()
    return done


def test_what_was_heard_comes_back(tmp_path):
    written(tmp_path / "j", 3)
    again = heard_journal(tmp_path / "j", HEAD)
    assert again.open() == [heard(0), heard(1), heard(2)]
    again.add(heard(3))
    again.close()
    assert len(left(tmp_path / "j")) == 4


def test_another_run_starts_anew(tmp_path):
    written(tmp_path / "j", 3)
    other = heard_journal(tmp_path / "j", {**HEAD, "lang": "de"})
    assert other.open() == []
    other.close()
    assert len((tmp_path / "j").read_bytes().splitlines()) == 1


@given(cut=st.integers(0, 800), junk=st.binary(max_size=5))
def test_a_journal_that_was_cut_off(tmp_path_factory, cut, junk):
    path = tmp_path_factory.mktemp("journal") / "j"
    whole = written(path, 3)
    path.write_bytes(whole[:cut] + junk.replace(b"\n", b""))
    journal = heard_journal(path, HEAD)
    done = journal.open()
    assert done == [heard(number) for number in range(len(done))]
    journal.add(heard(len(done)))
    journal.close()
    assert len(left(path)) == len(done) + 1


def test_the_head_knows_the_recording(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(b"abc")
    one = head_of(path, model="tiny", lang=None)
    path.write_bytes(b"abd")
    assert head_of(path, model="tiny", lang=None) != one
    assert head_of(path, model="base", lang=None) != head_of(path, model="tiny", lang=None)
