"""Recordings to voice encodings, with made-up layers and voice activity."""

from __future__ import annotations

import numpy as np
import pytest

from tongli.core import Settings, Waveform
from tongli.encoders.audio.voice_encoder import VoiceEncoder

RATE = 16_000


class Layers:
    """States that are the frames' loudness, three layers of 512."""

    def states(self, samples):
        frames = -(-len(samples) // 320)
        rows = np.pad(samples, (0, frames * 320 - len(samples))).reshape(frames, 320)
        return np.repeat((rows**2).mean(axis=1)[None, :, None], 3, axis=0).repeat(512, axis=2)


class Activity:
    """Speech is what is louder than a hundredth."""

    def load(self):
        pass

    def listen(self):
        def heard(samples):
            frames = samples[: len(samples) // 512 * 512].reshape(-1, 512)
            return (np.abs(frames).max(axis=1, initial=0) > 0.01).astype(np.float32)

        return heard


@pytest.fixture
def encoder(tmp_path):
    made = VoiceEncoder(settings=Settings(cache=tmp_path, threads=1, offline=True))
    made._layers, made._voice = Layers(), Activity()
    return made


def hum(seconds, *, gain=0.1):
    times = np.arange(int(seconds * RATE)) / RATE
    return (gain * np.sin(2 * np.pi * 150 * times)).astype(np.float32)


def test_speech_between_silences(encoder):
    samples = np.concatenate([np.zeros(RATE), hum(2.0), np.zeros(RATE)]).astype(np.float32)
    found = encoder.encode(Waveform(samples=samples))
    ((start, end),) = found.speech
    assert (start, end) == (pytest.approx(1, abs=0.05), pytest.approx(3, abs=0.05))
    assert found.seconds == 4
    assert found.features.shape == (found.states + 97,)
    assert found.level == pytest.approx(-23, abs=1)
    assert found.snr > 50
    assert [window.times for window in found.windows] == [pytest.approx((start - 0.1, end + 0.1))]


def test_the_gain_of_the_microphone_does_not_matter(encoder):
    loud, quiet = (encoder.encode(Waveform(samples=hum(2.0, gain=gain))) for gain in (0.2, 0.02))
    np.testing.assert_allclose(loud.features[:1536], quiet.features[:1536], rtol=1e-3)


def test_long_sound_is_encoded_in_pieces_and_as_blocks(encoder):
    samples = hum(25.0)
    whole = encoder.encode(Waveform(samples=samples))
    blocks = [Waveform(samples=part) for part in np.array_split(samples, 3)]
    streamed = encoder.encode(iter(blocks))
    assert whole.seconds == streamed.seconds == 25
    assert len(whole.windows) >= 11
    assert whole.windows[-1].times[1] == pytest.approx(25, abs=0.1)
    np.testing.assert_allclose(whole.features[:1536], streamed.features[:1536], rtol=1e-3)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(0), np.zeros(1), np.ones(1), np.zeros(RATE), np.ones(800) * 0.1],
    ids=["empty", "a zero", "a sample", "silence", "50 ms"],
)
def test_too_little_has_no_features(encoder, samples):
    found = encoder.encode(Waveform(samples=samples.astype(np.float32)))
    assert found.features is None
    assert found.windows == ()
    assert np.isfinite([found.level, found.snr, found.clipped]).all()


def test_no_blocks(encoder):
    assert encoder.encode(iter(())).seconds == 0


@pytest.mark.models
@pytest.mark.parametrize("kind", ["noise", "hum", "clicks"])
def test_what_is_no_speech_is_not_heard_as_speech(kind):
    rng = np.random.default_rng(0)
    samples = {
        "noise": rng.normal(size=2 * RATE) * 0.1,
        "hum": hum(2.0),
        "clicks": (rng.random(2 * RATE) < 0.001).astype(float),
    }[kind]
    assert VoiceEncoder().encode(Waveform(samples=samples.astype(np.float32))).speech == ()
