"""The same words in another room, over another line, at another speed: what a feeling must survive.

References:
    Ko et al. (2015), "Audio augmentation for speech recognition", Interspeech: changes of speed.
    Ko et al. (2017), "A study on data augmentation of reverberant speech for robust speech recognition",
    ICASSP: made-up rooms and noise.
"""

from __future__ import annotations

import numpy as np

from tongli.core import FloatArray

RATE = 16_000
_SPEEDS = (0.88, 1.13)
_TILT = 8.0
"""Decibels by which a band may be louder or softer than it was."""
_NOISE = (10.0, 30.0)
_ECHO = (0.15, 0.6)
_TELEPHONE = (300.0, 3400.0)


def varied(samples: FloatArray, *, rng: np.random.Generator) -> FloatArray:
    """One made-up recording of the same speech.

    Args:
        samples: shape ``(n,)``, 16 kHz.
        rng: what decides.

    Returns:
        ``(m,)``; longer or shorter when the speed was changed.
    """
    if rng.random() < 0.5:
        samples = at_speed(samples, float(rng.uniform(*_SPEEDS)))
    if rng.random() < 0.4:
        samples = with_echo(samples, float(rng.uniform(*_ECHO)), rng=rng)
    samples = with_response(samples, telephone=bool(rng.random() < 0.25), rng=rng)
    return with_noise(samples, float(rng.uniform(*_NOISE)), rng=rng)


def at_speed(samples: FloatArray, speed: float) -> FloatArray:
    """Played faster or slower; pitch and resonances move with it."""
    count = max(1, int(len(samples) / speed))
    return np.asarray(np.interp(np.arange(count) * speed, np.arange(len(samples)), samples), np.float32)


def with_echo(samples: FloatArray, seconds: float, *, rng: np.random.Generator) -> FloatArray:
    """In a room whose echo falls by 60 dB in ``seconds``; as long as before."""
    times = np.arange(int(seconds * RATE)) / RATE
    response = rng.standard_normal(len(times)) * np.exp(-6.9 * times / seconds)
    response *= rng.uniform(0.3, 1.0) / np.sqrt((response**2).sum())
    response[0] = 1
    size = len(samples) + len(response)
    found = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(response, size), size)
    return np.asarray(found[: len(samples)], np.float32)


def with_response(samples: FloatArray, *, telephone: bool, rng: np.random.Generator) -> FloatArray:
    """Through another microphone: some bands louder, others softer, and perhaps a telephone's only."""
    hertz = np.fft.rfftfreq(len(samples), 1 / RATE)
    knots = np.array([0, 125, 250, 500, 1000, 2000, 4000, 8000])
    decibels = np.interp(hertz, knots, rng.uniform(-_TILT, _TILT, len(knots)))
    gains = 10 ** (decibels / 20)
    if telephone:
        low, high = _TELEPHONE
        gains *= np.where((hertz >= low) & (hertz <= high), 1, 0.003)
    return np.asarray(np.fft.irfft(np.fft.rfft(samples) * gains, len(samples)), np.float32)


def with_noise(samples: FloatArray, ratio: float, *, rng: np.random.Generator) -> FloatArray:
    """With noise between white and brown, ``ratio`` dB below the sound."""
    spectrum = np.fft.rfft(rng.standard_normal(len(samples)))
    spectrum[1:] /= np.arange(1, len(spectrum)) ** (rng.uniform(0, 2) / 2)
    noise = np.fft.irfft(spectrum, len(samples))
    level = np.sqrt((samples**2).mean() / max((noise**2).mean(), 1e-20))
    return np.asarray(samples + noise * level * 10 ** (-ratio / 20), np.float32)
