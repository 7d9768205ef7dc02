"""Whisper on CTranslate2: encoder states, languages and words, without torch.

Radford et al. 2022, "Robust Speech Recognition via Large-Scale Weak Supervision".
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from tongli.core import ConfigError, FloatArray, ModelError, Settings, Waveform
from tongli.encoders.audio.weights import whisper_folder

FRAMES_A_SECOND = 50
_WINDOW = 30
"""Seconds that the encoder takes at once."""
_LEAST = 400
"""Samples of one frame of the spectrogram; shorter sounds are filled with silence."""


class Whisper:
    """A Whisper model.

    Args:
        model: ``embedded`` (Whisper base, multilingual), a folder with a CTranslate2 Whisper, or ``hf:NAME``.
        settings: cache, threads and offline switch; ``None`` reads the environment.

    The constructor is cheap; :meth:`load` reads the weights and is called by whatever needs them.
    """

    def __init__(self, model: str = "embedded", *, settings: Settings | None = None) -> None:
        self.model = model
        self.settings = settings or Settings.from_env()
        self._loaded: Any = None
        self._folder: Path | None = None
        self._lock = Lock()

    def load(self) -> None:
        """Prepare and read the weights; may be called twice.

        Raises:
            ConfigError: ``audio.extra`` without faster-whisper, ``model.name``.
            ModelError: the weights cannot be had or read (``model.speech``).
            StorageError: ``storage.cache``.
        """
        with self._lock:
            if self._loaded is None:
                library = _library()
                self._folder = whisper_folder(self.model, self.settings)
                self._loaded = _read(library, self._folder, threads=self.settings.threads)

    @property
    def id(self) -> str:
        """Which weights these are: the folder's name, which holds their hash for the embedded model."""
        self.load()
        assert self._folder is not None  # noqa: S101 - set by load
        return self._folder.name

    @property
    def backend(self) -> Any:
        """The loaded ``faster_whisper.WhisperModel``."""
        self.load()
        return self._loaded

    def states(self, waveform: Waveform) -> FloatArray:
        """Encoder states of the whole sound, 50 a second.

        Only the sound's own frames are encoded, not the 30 s that Whisper fills up with silence: a clip of
        5 s takes a fifteenth of the time. The states differ a little from those of the padded clip
        (docs/transcribe.md says how much), so whatever learns from them must use these too.

        Args:
            waveform: 16 kHz; longer sound is encoded in windows of 30 s.

        Returns:
            shape ``(ceil(50 * seconds), width)``, 512 wide for the embedded model; no rows for no sound.

        Raises:
            ConfigError, ModelError, StorageError: as for :meth:`load`.
        """
        size = _WINDOW * waveform.rate
        starts = range(0, len(waveform.samples), size)
        parts = [self._encoded(waveform.samples[start : start + size]) for start in starts]
        return np.concatenate(parts) if parts else np.zeros((0, self.width), np.float32)

    @property
    def width(self) -> int:
        """Numbers in one state."""
        return len(self._encoded(np.zeros(_LEAST, np.float32))[0])

    def language(self, waveform: Waveform) -> Mapping[str, float]:
        """Language tag → probability, of the first 30 s of the sound; the likeliest first.

        Raises:
            ConfigError, ModelError, StorageError: as for :meth:`load`.
        """
        _, _, found = self.backend.detect_language(waveform.samples[: _WINDOW * waveform.rate])
        return dict(found)

    def _encoded(self, samples: FloatArray) -> FloatArray:
        frames = -(-len(samples) * FRAMES_A_SECOND // 16_000)
        padded = np.pad(samples, (0, max(0, _LEAST - len(samples))))
        mel = self.backend.feature_extractor(padded)[:, : max(2, 2 * frames)]
        states = np.array(self.backend.encode(np.ascontiguousarray(mel)), dtype=np.float32)
        found: FloatArray = states[0, :frames]
        return found


def _read(library: Any, folder: Path, *, threads: int) -> Any:
    try:
        return library.WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
    except (RuntimeError, ValueError, OSError) as refused:
        raise ModelError(
            "model.speech",
            received=f"{folder.name}: {type(refused).__name__}",
            allowed="a folder with a CTranslate2 Whisper",
            fix="Convert the checkpoint again, or leave --model out for the embedded one.",
        ) from refused


def _library() -> Any:
    try:
        return import_module("faster_whisper")
    except ModuleNotFoundError as missing:
        raise ConfigError(
            "audio.extra",
            received=f"speech to recognise, and no {missing.name}",
            allowed="the packages of the extra audio",
            fix="Install them with: pip install 'tongli[audio]'",
        ) from missing
