"""Speech to words, with a stand-in for Whisper; the embedded one hears espeak-ng."""

from __future__ import annotations

import shutil
import subprocess
from types import SimpleNamespace

import numpy as np
import pytest

from tongli.core import ConfigError, Settings, Waveform
from tongli.encoders.audio import Voice, Whisper, blocks, read_audio
from tongli.encoders.audio.transcribe import language_of, transcribe, whisper_code

RATE = 16_000


class Backend:
    """Says one sentence in each window; counts how often it was asked."""

    supported_languages = ("en", "de", "he", "jw", "no")

    def __init__(self, *, text="Good morning everybody.", log_probability=-0.2, no_speech=0.0):
        self.asked = []
        self._text, self._log, self._no_speech = text, log_probability, no_speech

    def transcribe(self, samples, **options):
        self.asked.append(options)
        spoken = self._text.split()
        step = len(samples) / RATE / len(spoken)
        words = [
            SimpleNamespace(word=f" {word}", start=at * step, end=(at + 1) * step, probability=0.9)
            for at, word in enumerate(spoken)
        ]
        found = SimpleNamespace(
            text=self._text, words=words, avg_logprob=self._log, no_speech_prob=self._no_speech
        )
        return [found], None


class Stand(Whisper):
    def __init__(self, backend, *, languages=None):
        super().__init__(settings=Settings.from_env({"TONGLI_CACHE": "unused"}))
        self._loaded, self._languages = backend, languages or {"de": 0.7, "en": 0.3}

    def load(self):
        """Nothing to read."""

    def language(self, waveform):
        return self._languages


class LoudVoice:
    def listen(self):
        return Loud()


class Loud:
    def __init__(self):
        self._held = np.zeros(0, np.float32)

    def __call__(self, samples):
        samples = np.concatenate([self._held, samples])
        whole = len(samples) // 512 * 512
        self._held = samples[whole:]
        return (np.abs(samples[:whole].reshape(-1, 512)).max(axis=1) > 0.1).astype(np.float32)

    def rest(self):
        return np.zeros(0, np.float32)


def sound(*stretches):
    """Quiet and loud seconds in turn."""
    rng = np.random.default_rng(0)
    parts = [rng.normal(0, 0.3 if at % 2 else 1e-4, round(s * RATE)) for at, s in enumerate(stretches)]
    return [Waveform(samples=np.concatenate(parts).astype(np.float32))]


def heard(blocks_, backend, **options):
    return list(transcribe(blocks_, whisper=Stand(backend), voice=LoudVoice(), **options))


def test_silence_is_never_sent_to_the_model():
    backend = Backend()
    assert heard(sound(30.0), backend) == []
    assert heard([], backend) == []
    assert backend.asked == []
    assert language_of([]).tag == "und"


def test_words_come_with_times_language_and_confidence():
    (found,) = heard(sound(3.0, 2.0, 3.0), Backend())
    (segment,) = found.segments
    assert segment.text == "Good morning everybody."
    assert segment.times == (pytest.approx(3.0, abs=0.05), pytest.approx(5.0, abs=0.05))
    assert segment.confidence == pytest.approx(0.9)
    language = language_of([found])
    assert (language.tag, language.score, language.abstained) == ("de", pytest.approx(0.7), False)


def test_a_declared_language_is_not_looked_for():
    backend = Backend()
    (found,) = heard(sound(1.0, 2.0), backend, lang="en-GB")
    assert backend.asked[0]["language"] == "en"
    assert found.languages == {}
    assert language_of([found], lang="en-GB").declared


@pytest.mark.parametrize(
    "backend",
    [
        Backend(log_probability=-1.3, no_speech=0.9),
        Backend(log_probability=-2.5),
    ],
)
def test_what_is_not_believed_is_not_written(backend):
    (found,) = heard(sound(1.0, 2.0, 1.0), backend)
    assert found.segments == ()


def test_a_loop_is_decoded_again_and_cut():
    backend = Backend(text="thank you " * 40)
    (found,) = heard(sound(1.0, 20.0, 1.0), backend, lang="en")
    assert [options.get("no_repeat_ngram_size") for options in backend.asked] == [None, 4]
    assert " ".join(item.text for item in found.segments).split() == ["thank", "you"] * 12


def test_a_run_goes_on_where_it_was():
    recording = sound(1.0, 25.0, 1.0, 25.0, 1.0, 25.0, 1.0)
    whole = heard(recording, Backend())
    assert len(whole) == 3
    backend = Backend()
    rest = heard(recording, backend, done=whole[:2])
    assert rest == whole[2:]
    assert len(backend.asked) == 1


@pytest.mark.parametrize(("lang", "code"), [("en", "en"), ("he", "he"), ("jv", "jw"), ("nb-NO", "no")])
def test_names_of_languages(lang, code):
    assert whisper_code(lang, Stand(Backend())) == code


def test_an_unknown_language():
    with pytest.raises(ConfigError) as caught:
        heard(sound(1.0, 1.0), Backend(), lang="qu")
    assert caught.value.code == "audio.language"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed (Debian: espeak-ng)")
    path = tmp_path_factory.mktemp("espeak") / "a.wav"
    text = "The bridge is closed until Monday morning."
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "140", "-w", path, text], check=True)
    return path


@pytest.mark.models
def test_the_embedded_model_hears_words(spoken):
    pytest.importorskip("faster_whisper")
    found = list(transcribe(blocks(spoken), whisper=Whisper(), voice=Voice()))
    text = " ".join(item.text for window in found for item in window.segments).lower()
    assert sum(word in text for word in ("bridge", "closed", "until", "monday", "morning")) >= 4
    assert language_of(found).tag == "en"


@pytest.mark.models
def test_states_are_fifty_a_second(spoken):
    pytest.importorskip("faster_whisper")
    whisper, sound_ = Whisper(), read_audio(spoken)
    states = whisper.states(sound_)
    assert states.shape == (-(-len(sound_.samples) * 50 // RATE), 512)
    assert np.isfinite(states).all()
    for count, frames in ((0, 0), (1, 1), (400, 2), (RATE, 50)):
        assert whisper.states(Waveform(samples=np.zeros(count, np.float32))).shape == (frames, 512)
