"""The set of prosody features, in a fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, Waveform
from tongli.encoders.audio.prosody.cycles import find_cycles, runs
from tongli.encoders.audio.prosody.formants import FORMANTS, find_formants
from tongli.encoders.audio.prosody.frames import RATE, decibels, power_spectrum
from tongli.encoders.audio.prosody.functionals import (
    SECONDS_A_FRAME,
    level,
    movement,
    peaks,
    smoothed,
    spread,
)
from tongli.encoders.audio.prosody.harmonics import harmonic_differences
from tongli.encoders.audio.prosody.pitch import Pitch, find_pitch
from tongli.encoders.audio.prosody.spectrum import loudness_track, mel_power, spectral_tracks

_ACTIVE = 30.0
"""Decibels below the loud frames down to which a frame counts as sound."""
_SILENT = -90.0
_SYLLABLE = 10
"""Frames from one syllable to the next, at least: a tenth of a second."""
_PAUSE = 10
"""Frames of quiet that make a pause."""
_RHYTHM = ((1.0, 4.0), (4.0, 8.0), (8.0, 16.0))
"""Hz: bands of the spectrum of the loudness contour; syllables lie in the middle one."""

Found = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """Frame by frame, 100 a second.

    Attributes:
        power: spectrum, ``(frames, 257)``.
        mel: power in mel bands, ``(frames, 26)``.
        loudness: as a multiple of its mean over the active frames, ``(frames,)``.
        active: whether a frame is within 30 dB of the loud ones, ``(frames,)``.
        pitch: of the voice.
    """

    power: FloatArray
    mel: FloatArray
    loudness: FloatArray
    active: NDArray[np.bool_]
    pitch: Pitch


def measure(waveform: Waveform) -> Found:
    """Name → value, always the same names in the same order; see :func:`prosody`."""
    samples = waveform.samples
    tracks = _tracks(samples)
    return {
        **_pitch(tracks.pitch),
        **_loudness(tracks),
        **_timing(tracks),
        **_rhythm(tracks.loudness),
        **_spectrum(tracks),
        **_quality(samples, tracks),
    }


def prosody(waveform: Waveform) -> FloatArray:
    """Features of 16 kHz sound, ``(97,)``, in the order of :func:`prosody_names`.

    A feature is not a number where the sound lacks what is measured. None of them changes with the gain of
    the microphone: how far away somebody sat is no feeling.
    """
    return np.array(list(measure(waveform).values()), np.float32)


def _tracks(samples: FloatArray) -> Tracks:
    power = power_spectrum(samples)
    mel = mel_power(power)
    levels = decibels(power.sum(axis=1))
    active = levels > max(float(np.percentile(levels, 95)) - _ACTIVE, _SILENT)
    loudness = loudness_track(mel)
    mean = loudness[active].mean() if active.any() else 1.0
    return Tracks(power=power, mel=mel, loudness=loudness / mean, active=active, pitch=find_pitch(samples))


def _pitch(pitch: Pitch) -> Found:
    semitones = pitch.semitones
    whole = np.zeros(len(pitch.hertz), np.float32)
    whole[pitch.hertz > 0] = semitones
    return {
        **level("f0", semitones),
        **spread("f0", semitones),
        **movement("f0", whole, runs(pitch.hertz > 0)),
    }


def _loudness(tracks: Tracks) -> Found:
    contour = smoothed(tracks.loudness, frames=3)
    return {
        **level("loudness", tracks.loudness[tracks.active]),
        **spread("loudness", tracks.loudness[tracks.active]),
        **movement("loudness", contour, runs(tracks.active)),
    }


def _timing(tracks: Tracks) -> Found:
    """Rates a second of the sound between its first and last active frame, lengths in seconds."""
    active = np.flatnonzero(tracks.active)
    inside = slice(int(active[0]), int(active[-1]) + 1) if len(active) else slice(0, 0)
    on, voiced = tracks.active[inside], tracks.pitch.hertz[inside] > 0
    seconds = max(len(on), 1) * SECONDS_A_FRAME
    voices = [(end - start) * SECONDS_A_FRAME for start, end in runs(voiced)]
    gaps = [(end - start) * SECONDS_A_FRAME for start, end in runs(~voiced)]
    pauses = [end - start for start, end in runs(~on) if end - start >= _PAUSE]
    return {
        "syllables": peaks(smoothed(tracks.loudness[inside], frames=5), apart=_SYLLABLE, over=0.5) / seconds
        if len(on)
        else np.nan,
        "voiced.rate": len(voices) / seconds,
        "voiced.share": float(voiced.mean()) if len(on) else 0.0,
        **level("voiced.length", np.array(voices)),
        **level("unvoiced.length", np.array(gaps)),
        "pauses.share": sum(pauses) * SECONDS_A_FRAME / seconds,
    }


def _rhythm(loudness: FloatArray) -> Found:
    """Share of the loudness contour's changes that is slow, as fast as syllables, and faster."""
    contour = loudness - loudness.mean()
    power = np.abs(np.fft.rfft(contour * np.hanning(len(contour)), max(256, len(contour)))) ** 2
    hertz = np.fft.rfftfreq(max(256, len(contour)), SECONDS_A_FRAME)
    total = max(float(power[hertz < _RHYTHM[-1][1]].sum()), 1e-12)
    return {
        f"rhythm.{low:g}_{high:g}": float(power[(hertz >= low) & (hertz < high)].sum()) / total
        for low, high in _RHYTHM
    }


def _spectrum(tracks: Tracks) -> Found:
    voiced = tracks.pitch.hertz > 0
    found: dict[str, float] = {}
    for name, track in spectral_tracks(tracks.power, tracks.mel).items():
        found |= level(f"{name}.voiced", track[voiced])
        found |= level(f"{name}.unvoiced", track[tracks.active & ~voiced])
    return found


def _quality(samples: FloatArray, tracks: Tracks) -> Found:
    pitch = tracks.pitch
    voiced = np.flatnonzero(pitch.hertz)
    formants = find_formants(samples, voiced)
    cycles = find_cycles(samples, pitch)
    found: dict[str, float] = {
        **level("jitter", cycles.jitter),
        **level("shimmer", cycles.shimmer),
        **level("hnr", pitch.harmonics_to_noise),
    }
    for name, values in harmonic_differences(tracks.power[voiced], pitch.hertz[voiced], formants).items():
        found |= level(name, values)
    for index in range(FORMANTS):
        found |= level(f"formant_{index + 1}.hertz", formants[:, index, 0])
        found |= level(f"formant_{index + 1}.bandwidth", formants[:, index, 1])
    return found


@cache
def prosody_names() -> tuple[str, ...]:
    """Names of the features, in order."""
    return tuple(measure(Waveform(samples=np.zeros(RATE, np.float32))))
