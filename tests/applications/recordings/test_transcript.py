"""Files to transcripts: what cannot be heard, long files, killed runs."""

from __future__ import annotations

import wave
from types import SimpleNamespace

import numpy as np
import pytest

from tongli.applications.recordings import transcript as module
from tongli.applications.recordings.transcript import transcript_of
from tongli.core import InputError, TranscriptSegment, TranscriptWord
from tongli.encoders.audio.transcribe import Heard

pytest.importorskip("av")
WHISPER = SimpleNamespace(id="tiny")


class Deaf:
    """A voice activity detector that never hears anybody."""

    def listen(self):
        return lambda samples: np.zeros(len(samples) // 512 + 4, np.float32)


def save(path, samples):
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes((samples * 32_000).astype("<i2").tobytes())
    return path


@pytest.fixture
def recording(tmp_path):
    return save(tmp_path / "a.wav", np.zeros(16_000 * 3))


@pytest.fixture
def listener(monkeypatch):
    """A stand-in that hears a word a second, and may be killed after some."""

    def serve(*, dies_after=None):
        asked = []

        def fake(blocks, *, whisper, voice, lang, done):
            asked.append(len(done))
            for block in blocks:
                seconds = round(block.seconds)
            for number in range(len(done), seconds):
                if number == dies_after:
                    raise KeyboardInterrupt
                word = TranscriptWord(text=f" w{number}", times=(number, number + 1), confidence=1.0)
                yield Heard(
                    until=number + 1.0,
                    speech=1.0,
                    segments=(TranscriptSegment(words=(word,)),),
                    languages={"pl": 0.9},
                )

        monkeypatch.setattr(module, "transcribe", fake)
        return asked

    return serve


def test_progress_and_result(recording, listener):
    listener()
    told = []
    found = transcript_of(
        recording, whisper=WHISPER, voice=Deaf(), progress=lambda done, total: told.append((done, total))
    )
    assert [word.text for word in found.words] == [" w0", " w1", " w2"]
    assert (found.seconds, found.language.tag, found.source) == (3.0, "pl", "tiny")
    assert told == [(1.0, 3.0), (2.0, 3.0), (3.0, 3.0)]


def test_a_killed_run_goes_on(recording, listener, tmp_path):
    journal = tmp_path / "out.srt.journal"
    listener(dies_after=2)
    with pytest.raises(KeyboardInterrupt):
        transcript_of(recording, whisper=WHISPER, voice=Deaf(), journal=journal)
    asked = listener()
    found = transcript_of(recording, whisper=WHISPER, voice=Deaf(), journal=journal)
    assert asked == [2]
    assert [word.text for word in found.words] == [" w0", " w1", " w2"]
    assert journal.exists(), "the caller removes it when the output is written"


def test_sounds_are_told_though_nobody_speaks(tmp_path, listener):
    listener()
    hum = 0.2 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 16_000)
    found = transcript_of(save(tmp_path / "a.wav", hum), whisper=WHISPER, voice=Deaf())
    assert [sound.kind for sound in found.sounds] == ["tones"]
    assert found.to_dict()["sounds"][0]["level"] == pytest.approx(-17, abs=0.5)


@pytest.mark.models
@pytest.mark.parametrize("samples", [np.zeros(0), np.ones(1) * 0.5, np.zeros(16_000 * 5)])
def test_nothing_said_is_an_empty_transcript(tmp_path, samples):
    from tongli.encoders.audio import Voice

    found = transcript_of(save(tmp_path / "a.wav", samples), whisper=WHISPER, voice=Voice())
    assert (found.segments, found.language.tag) == ((), "und")


def test_what_is_no_recording(tmp_path):
    (tmp_path / "a.mp4").write_text("hello")
    with pytest.raises(InputError) as caught:
        transcript_of(tmp_path / "a.mp4", whisper=WHISPER, voice=Deaf())
    assert caught.value.code == "audio.format"
