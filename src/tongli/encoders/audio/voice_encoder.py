"""E of a voice: a recording to numbers about how something is said."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, Settings, Times, Waveform
from tongli.core.voice import VoiceEncoding, VoiceWindow
from tongli.encoders.audio.loudness import FLOOR, loudness
from tongli.encoders.audio.prosody import prosody
from tongli.encoders.audio.voice import Voice, times_of
from tongli.encoders.audio.weights import WHISPER_NAME, whisper_folder
from tongli.encoders.audio.whisper_layers import LAYERS, WIDTH, WhisperLayers

VOICE_ENCODER = f"{WHISPER_NAME}-layers-{''.join(map(str, LAYERS))}-prosody-1"
"""Id of the features; it changes whenever they do."""

_RATE = 16_000
_PIECE = 10.0
"""Seconds encoded at once; states of far longer sound differ from those that heads learn from."""
_WINDOW = 2.0
_LEAST_WINDOW = 0.5
"""Seconds of sound that a window must have."""
_SHORTEST = 0.1
_MARGIN = 0.1
"""Seconds kept before and after speech."""
_FRAME = 320
"""Samples of one state: 20 ms."""
_ACTIVE = 35.0
"""Decibels below the loud frames down to which a frame counts as sound."""
_SILENT = -90.0
_TARGET = 0.05
"""Root mean square to which speech is brought before it is encoded."""
_MOST_GAIN = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A piece of a recording; ``power``: of its frames of 20 ms, ``inside``: whether each is speech."""

    speech: tuple[Times, ...]
    features: FloatArray | None
    frames: int
    windows: tuple[VoiceWindow, ...]
    power: FloatArray
    inside: NDArray[np.bool_]
    seconds: float
    clipped: float


class VoiceEncoder:
    """Layers of Whisper's encoder and prosody, after voice activity.

    Args:
        settings: cache and offline switch; ``None`` reads the environment.

    The constructor is cheap; :meth:`load` prepares and reads the models, and is called by the first sound.
    """

    id = VOICE_ENCODER

    def __init__(self, *, settings: Settings | None = None) -> None:
        self._settings = settings or Settings.from_env()
        self._voice = Voice(settings=self._settings)
        self._layers: WhisperLayers | None = None
        self._lock = Lock()

    def load(self) -> None:
        """Read the models; may be called twice.

        Raises:
            ModelError, StorageError: they cannot be had, read or written.
        """
        self._voice.load()
        with self._lock:
            if self._layers is None:
                self._layers = WhisperLayers(whisper_folder("embedded", self._settings) / "model.bin")

    def encode(self, sound: Waveform | Iterable[Waveform]) -> VoiceEncoding:
        """Encode a recording, its pieces side by side on the threads of the settings.

        Args:
            sound: 16 kHz; or its blocks in order, as ``blocks`` gives them, for a recording of any length in
                little memory.

        Raises:
            ModelError, StorageError: as for :meth:`load`.
        """
        self.load()
        listener = self._voice.listen()
        pieces: list[_Piece] = []
        pending: deque[Future[_Piece]] = deque()
        start = 0.0
        with ThreadPoolExecutor(self._settings.threads) as pool:
            for block in [sound] if isinstance(sound, Waveform) else sound:
                for part in _parts(block.samples):
                    power = _powers(part)
                    heard = times_of(listener(part * _gain(power)))
                    pending.append(pool.submit(self._piece, part, power, heard, start=start))
                    start += len(part) / _RATE
                    if len(pending) > 2 * self._settings.threads:
                        pieces.append(pending.popleft().result())
            return _joined([*pieces, *(piece.result() for piece in pending)])

    def _piece(
        self, samples: FloatArray, power: FloatArray, heard: Sequence[Times], *, start: float
    ) -> _Piece:
        first, last = _stretch(heard, len(samples))
        inside = _inside(heard, len(power))
        features, frames, windows = self._encoded(samples[first:last], start=start + first / _RATE)
        return _Piece(
            speech=tuple((start + a, start + min(b, len(samples) / _RATE)) for a, b in heard),
            features=features,
            frames=frames,
            windows=windows if heard else (),
            power=power,
            inside=inside,
            seconds=len(samples) / _RATE,
            clipped=loudness(Waveform(samples=samples)).clipped,
        )

    def _encoded(
        self, samples: FloatArray, *, start: float
    ) -> tuple[FloatArray | None, int, tuple[VoiceWindow, ...]]:
        """Features of a stretch, of how many frames, and those of its windows; nothing of too little."""
        if len(samples) < _SHORTEST * _RATE:
            return None, 0, ()
        states, active = self._states(samples)
        if not active.any():
            return None, 0, ()
        features = _features(states, active, samples)
        return features, int(active.sum()), tuple(_windows(states, active, samples, features, start=start))

    def _states(self, samples: FloatArray) -> tuple[FloatArray, NDArray[np.bool_]]:
        """States ``(layers, frames, width)``, and which frames have sound."""
        assert self._layers is not None  # noqa: S101 - set by load
        power = _powers(samples)
        states = self._layers.states(samples * _gain(power))
        active = _active(power)[: states.shape[1]]
        return states, np.pad(active, (0, states.shape[1] - len(active)))


def _parts(samples: FloatArray) -> list[FloatArray]:
    """Of equal length, at most 10 s."""
    return np.array_split(samples, max(1, -(-len(samples) // int(_PIECE * _RATE))))


def _powers(samples: FloatArray) -> FloatArray:
    """Mean power of frames of 20 ms, ``(n // 320,)``, at least one."""
    whole = len(samples) // _FRAME * _FRAME
    frames = samples[:whole].reshape(-1, _FRAME) if whole else samples[None]
    return np.asarray((frames.astype(np.float64) ** 2).sum(axis=1) / max(1, frames.shape[1]), np.float32)


def _levels(power: FloatArray) -> FloatArray:
    return np.asarray(10 * np.log10(np.maximum(power, 1e-12)), np.float32)


def _active(power: FloatArray) -> NDArray[np.bool_]:
    levels = _levels(power)
    return levels > max(float(np.percentile(levels, 95)) - _ACTIVE, _SILENT)


def _gain(power: FloatArray) -> np.float32:
    """What brings the frames with sound to the level at which speech is encoded."""
    active = _active(power)
    if not active.any():
        return np.float32(1)
    return np.float32(min(_MOST_GAIN, _TARGET / float(np.sqrt(power[active].mean()))))


def _stretch(heard: Sequence[Times], size: int) -> tuple[int, int]:
    """Samples from just before the first speech to just after the last; all where there is none."""
    if not heard:
        return 0, size
    first, last = heard[0][0] - _MARGIN, heard[-1][1] + _MARGIN
    return max(0, int(first * _RATE)), min(size, int(last * _RATE))


def _inside(heard: Sequence[Times], frames: int) -> NDArray[np.bool_]:
    inside = np.zeros(frames, bool)
    for start, end in heard:
        inside[int(start * _RATE / _FRAME) : int(np.ceil(end * _RATE / _FRAME))] = True
    return inside


def _features(states: FloatArray, active: NDArray[np.bool_], samples: FloatArray) -> FloatArray:
    pooled = states[:, active].mean(axis=1).reshape(-1)
    return np.concatenate([pooled, prosody(Waveform(samples=samples))])


def _windows(
    states: FloatArray, active: NDArray[np.bool_], samples: FloatArray, whole: FloatArray, *, start: float
) -> Iterator[VoiceWindow]:
    """Windows of equal length, about two seconds, that have enough sound; ``whole``: features of them all."""
    count = max(1, round(len(samples) / (_WINDOW * _RATE)))
    if count == 1:
        yield VoiceWindow(times=(start, start + len(samples) / _RATE), features=whole)
        return
    edges = [round(edge) for edge in np.linspace(0, states.shape[1], count + 1)]
    for left, right in pairwise(edges):
        heard = active[left:right]
        part = samples[left * _FRAME : right * _FRAME]
        if heard.sum() * _FRAME < _LEAST_WINDOW * _RATE:
            continue
        times = (start + left * _FRAME / _RATE, start + min(right * _FRAME, len(samples)) / _RATE)
        yield VoiceWindow(times=times, features=_features(states[:, left:right], heard, part))


def _joined(pieces: Sequence[_Piece]) -> VoiceEncoding:
    spoken = [piece for piece in pieces if piece.speech]
    power, inside = (
        np.concatenate([getattr(piece, name) for piece in pieces] or [np.zeros(0)])
        for name in ("power", "inside")
    )
    level, snr = _loud(power, inside.astype(bool))
    seconds = sum(piece.seconds for piece in pieces)
    clipped = sum(piece.clipped * piece.seconds for piece in pieces) / seconds if seconds else 0.0
    return VoiceEncoding(
        seconds=seconds,
        speech=tuple(times for piece in pieces for times in piece.speech),
        features=_mean(spoken or pieces),
        states=len(LAYERS) * WIDTH,
        windows=tuple(window for piece in pieces for window in piece.windows),
        level=level,
        snr=snr,
        clipped=clipped,
        encoder=VOICE_ENCODER,
    )


def _mean(pieces: Sequence[_Piece]) -> FloatArray | None:
    """Features of all pieces, each as much as it has sound; a number that some lack is that of the others."""
    found = [(piece.features, piece.frames) for piece in pieces if piece.features is not None]
    if not found:
        return None
    table = np.stack([features for features, _ in found])
    weights = np.array([frames for _, frames in found], np.float32)[:, None] * np.isfinite(table)
    total = weights.sum(axis=0)
    mean = (np.nan_to_num(table) * weights).sum(axis=0) / np.maximum(total, 1e-9)
    return np.where(total > 0, mean, np.nan).astype(np.float32)


def _loud(power: FloatArray, inside: NDArray[np.bool_]) -> tuple[float, float]:
    """Level of the speech in dB below full scale, and by how many dB it is louder than the quietest tenth."""
    if not len(power):
        return FLOOR, 0.0
    loud = power[inside] if inside.any() else power
    level, noise = _levels(np.array([loud.mean(), np.percentile(power, 10)])).tolist()
    return level, level - noise
