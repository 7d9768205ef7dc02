"""What the voice encoder makes of clips, computed once and kept on disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tongli.core import FloatArray, Waveform
from tongli.encoders.audio import read_audio
from tongli.encoders.audio.voice_encoder import VoiceEncoder
from tongli.learning.speech.clips import Clip
from tongli.learning.speech.vary import varied

Tell = Callable[[str, int], None]


def clip_features(
    clips: Sequence[Clip], *, encoder: VoiceEncoder, folder: Path, copies: int = 0, seed: int = 0, tell: Tell
) -> FloatArray:
    """Features of clips and of made-up recordings of them.

    The file is named by a hash of the encoder, the clips' files and the copies, and renamed when whole.

    Args:
        clips: in the order wanted.
        encoder: of voices.
        folder: cache folder.
        copies: made-up recordings of each clip, see :func:`varied`.
        seed: of these.
        tell: called with what is done and how much of it.

    Returns:
        ``(clips, 1 + copies, features)``, the clip itself first; not a number where nothing was heard.

    Raises:
        InputError: a clip cannot be read.
        ModelError, StorageError: the encoder's models cannot be had.
    """
    path = folder / f"{_digest(clips, encoder=encoder, copies=copies, seed=seed)}.npy"
    if path.exists():
        kept: FloatArray = np.load(path)
        return kept
    rng = np.random.default_rng(seed)
    rows = []
    for done, clip in enumerate(clips):
        tell("clips heard", done)
        samples = read_audio(clip.path).samples
        sounds = [samples, *(varied(samples, rng=rng) for _ in range(copies))]
        rows.append([_features(sound, encoder) for sound in sounds])
    return _kept(rows, path)


def _features(samples: FloatArray, encoder: VoiceEncoder) -> FloatArray | None:
    return encoder.encode(Waveform(samples=samples)).features


def _kept(rows: Sequence[Sequence[FloatArray | None]], path: Path) -> FloatArray:
    width = next((len(found) for row in rows for found in row if found is not None), 0)
    nothing = np.full(width, np.nan, np.float32)
    table = np.array([[nothing if found is None else found for found in row] for row in rows], np.float32)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part.npy")
    np.save(part, table)
    part.replace(path)
    return table


def _digest(clips: Sequence[Clip], *, encoder: VoiceEncoder, copies: int, seed: int) -> str:
    digest = hashlib.sha256(f"{encoder.id} {copies} {seed}".encode())
    for clip in clips:
        digest.update(hashlib.sha256(clip.path.read_bytes()).digest())
    return digest.hexdigest()[:16]
