"""Voice activity: where somebody speaks. Silence, noise and most music are not speech.

Silero VAD (MIT), its 16 kHz ONNX graph, run block by block with its state carried over, so that a recording
of any length takes the same memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Any

import numpy as np
import onnxruntime

from tongli.core import FloatArray, Settings, Times, Waveform
from tongli.encoders.audio.weights import voice_file

FRAME = 512
"""Samples of one probability: 32 ms."""
_CONTEXT = 64
_AT_ONCE = 512
"""Frames in one run of the graph."""
_ON, _OFF = 0.5, 0.35
"""Speech starts at the first probability and ends below the second."""
_LEAST_SPEECH, _LEAST_SILENCE = 0.1, 0.2
"""Seconds: what is shorter is neither speech nor a pause."""


class Voice:
    """The voice activity detector.

    Args:
        settings: cache and offline switch; ``None`` reads the environment.

    The constructor is cheap; :meth:`load` reads the graph and is called by whatever needs it.
    """

    def __init__(self, *, settings: Settings | None = None) -> None:
        self.settings = settings or Settings.from_env()
        self._session: Any = None
        self._lock = Lock()

    def load(self) -> None:
        """Prepare and read the graph; may be called twice.

        Raises:
            ModelError, StorageError: it cannot be had or written.
        """
        with self._lock:
            if self._session is None:
                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                self._session = onnxruntime.InferenceSession(
                    str(voice_file(self.settings)), options, providers=["CPUExecutionProvider"]
                )

    def listen(self) -> Listener:
        """A listener for one recording, which takes it block by block."""
        self.load()
        return Listener(self._session)

    def speech_times(self, waveform: Waveform) -> list[Times]:
        """Stretches of speech in seconds, in order, at least 0.2 s apart.

        Args:
            waveform: 16 kHz, any length.

        Raises:
            ModelError, StorageError: as for :meth:`load`.
        """
        listener = self.listen()
        probabilities = np.concatenate([listener(waveform.samples), listener.rest()])
        return [(start, min(end, waveform.seconds)) for start, end in times_of(probabilities)]


class Listener:
    """Probabilities of speech for a recording that comes in blocks; see :meth:`Voice.listen`."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._state = [np.zeros((1, 1, 128), np.float32)] * 2
        self._context = np.zeros(_CONTEXT, np.float32)
        self._held = np.zeros(0, np.float32)

    def __call__(self, samples: FloatArray) -> FloatArray:
        """The next samples → shape ``(n,)``, one probability for each 512 samples that are whole by now."""
        samples = np.concatenate([self._held, samples])
        whole = len(samples) // FRAME * FRAME
        self._held = samples[whole:]
        return self._heard(samples[:whole])

    def rest(self) -> FloatArray:
        """The probability of what is left at the end, filled up with silence; empty when nothing is."""
        left, self._held = self._held, np.zeros(0, np.float32)
        return self._heard(np.pad(left, (0, -len(left) % FRAME)))

    def _heard(self, samples: FloatArray) -> FloatArray:
        found = [np.zeros(0, np.float32)]
        for start in range(0, len(samples), _AT_ONCE * FRAME):
            frames = samples[start : start + _AT_ONCE * FRAME].reshape(-1, FRAME)
            before = np.vstack([self._context, frames[:-1, -_CONTEXT:]])
            self._context = frames[-1, -_CONTEXT:]
            given = {"input": np.hstack([before, frames]), "h": self._state[0], "c": self._state[1]}
            probabilities, *self._state = self._session.run(None, given)
            found.append(probabilities)
        return np.concatenate(found)


def times_of(probabilities: Sequence[float] | FloatArray) -> list[Times]:
    """Stretches of speech, in seconds, for probabilities of frames of 32 ms."""
    second = 16_000 / FRAME
    runs = [(start / second, end / second) for start, end in _runs(probabilities)]
    joined: list[Times] = []
    for start, end in runs:
        if joined and start - joined[-1][1] < _LEAST_SILENCE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(start, end) for start, end in joined if end - start >= _LEAST_SPEECH]


def _runs(probabilities: Sequence[float] | FloatArray) -> Iterator[tuple[int, int]]:
    """Frames from one that is speech up to one that is not, with hysteresis."""
    begun: int | None = None
    for at, probability in enumerate(probabilities):
        if begun is None and probability >= _ON:
            begun = at
        elif begun is not None and probability < _OFF:
            yield begun, at
            begun = None
    if begun is not None:
        yield begun, len(probabilities)
