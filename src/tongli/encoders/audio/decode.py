"""Files to sound, with FFmpeg through PyAV: any container and codec it reads, 16 kHz mono."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tongli.core import ConfigError, FloatArray, InputError, Waveform
from tongli.encoders.audio.opened import opened, sound_of

if TYPE_CHECKING:
    from av import AudioFrame, AudioResampler
    from av.container import InputContainer

RATE = 16_000
_GAP = 0.2
"""A stretch without sound in a stream that is worth keeping as silence, in seconds; less is rounding."""
_LONGEST_GAP = 600.0
"""A longer one is a broken time stamp."""
_LOUDEST = 1000.0
"""Times full scale; beyond it, and at infinity or no number at all, a sample is no sound."""


def read_audio(path: Path | str) -> Waveform:
    """The sound of a sound or video file: its first track, all channels mixed, 16 kHz.

    Times count from the start of the file, so sound that begins after the picture begins with silence. What
    can be read of a damaged file is kept; stretches whose samples are no numbers are silence. An hour takes
    230 MB: :func:`blocks` reads long files.

    Raises:
        ConfigError: ``audio.extra`` without PyAV.
        InputError: ``input.missing``, ``input.directory``; ``audio.format`` for what FFmpeg cannot read or
            is encrypted, ``audio.none`` for a file without sound, ``audio.damaged`` when nothing of the sound
            can be decoded, or most samples are no numbers of a possible size.
        StorageError: ``input.unreadable``.
    """
    parts = [block.samples for block in blocks(path)]
    return Waveform(samples=np.concatenate(parts) if parts else np.zeros(0, np.float32), rate=RATE)


def blocks(path: Path | str, *, seconds: float = 30.0) -> Iterator[Waveform]:
    """The same in pieces of ``seconds``, the last one shorter: a file of any length in little memory.

    Raises:
        ConfigError, InputError, StorageError: as for :func:`read_audio`; ``audio.block`` for pieces under
            0.01 s.
    """
    size = round(seconds * RATE)
    if size < RATE // 100:
        raise ConfigError(
            "audio.block",
            received=f"pieces of {seconds:g} s",
            allowed="at least 0.01 s",
            fix="Read the file in longer pieces.",
        )
    held: list[FloatArray] = []
    count = 0
    for samples in _sound(_pieces(Path(path))):
        held.append(samples)
        count += len(samples)
        while count >= size:
            joined = np.concatenate(held)
            yield _block(joined[:size])
            held, count = [joined[size:]], count - size
    if count:
        yield _block(np.concatenate(held))


def _block(samples: FloatArray) -> Waveform:
    """Numbers from -1 to 1, as floats may go beyond."""
    return Waveform(samples=np.clip(samples, -1.0, 1.0), rate=RATE)


def seconds_of(path: Path | str) -> float | None:
    """How long the file says it is, ``None`` when it does not say; raises as :func:`read_audio`."""
    with opened(Path(path)) as container:
        sound_of(container)
        return container.duration / 1_000_000 if container.duration else None


def _sound(pieces: Iterable[FloatArray]) -> Iterator[FloatArray]:
    """Pieces that hold sound, and silence for those with a sample that is no number or far too large."""
    heard = refused = 0
    for samples in pieces:
        loudest = np.abs(samples).max(initial=0.0)  # is no number when one of the samples is none
        if loudest <= _LOUDEST:
            heard += len(samples) if loudest > 0 else 0
            yield samples
        else:
            refused += len(samples)
            yield np.zeros_like(samples)
    if refused > heard:
        raise _damaged("a sound track of which most samples are no numbers")


def _pieces(path: Path) -> Iterator[FloatArray]:
    """Resampled sound, frame by frame, with silence where the stream has a gap."""
    import av

    with opened(path) as container:
        resampled = _Resampled()
        written = 0
        for frame in _frames(container):
            gap = _starts(frame, container) - written / RATE
            if _GAP < gap < _LONGEST_GAP:
                yield np.zeros(round(gap * RATE), np.float32)
                written += round(gap * RATE)
            for samples in resampled(frame):
                written += len(samples)
                yield samples
        try:
            yield from resampled(None)
        except av.FFmpegError:
            return  # what the resampler still held; a few milliseconds


def _frames(container: InputContainer) -> Iterator[AudioFrame]:
    """Decoded frames; damaged packets are passed over, and the end of a truncated file ends them."""
    import av

    stream = sound_of(container)
    any_read = failed = False
    packets = container.demux(stream)
    while True:
        try:
            packet = next(packets, None)
        except av.FFmpegError:
            failed = True
            break
        if packet is None:
            break
        try:
            for frame in packet.decode():
                any_read = True
                yield frame
        except av.FFmpegError:
            failed = True
    if failed and not any_read:
        raise _damaged("a sound track of which nothing can be decoded")


def _damaged(received: str) -> InputError:
    return InputError(
        "audio.damaged",
        received=received,
        allowed="a file that plays, without encryption",
        fix="Check that the file plays; convert it to WAV or FLAC.",
    )


class _Resampled:
    """Frames to 16 kHz mono; a stream may change its rate or channels on the way."""

    def __init__(self) -> None:
        self._form: tuple[str, str, int] | None = None
        self._resampler: AudioResampler | None = None

    def __call__(self, frame: AudioFrame | None) -> Iterator[FloatArray]:
        import av

        if frame is not None and self._form != (form := _form(frame)):
            yield from self(None)
            self._form, self._resampler = form, av.AudioResampler(format="fltp", layout="mono", rate=RATE)
        if self._resampler is None:
            return
        for out in self._resampler.resample(frame):
            yield out.to_ndarray()[0]


def _form(frame: AudioFrame) -> tuple[str, str, int]:
    return frame.format.name, frame.layout.name, frame.sample_rate


def _starts(frame: AudioFrame, container: InputContainer) -> float:
    """Seconds from the start of the file; before it when the frame does not say."""
    return -1.0 if frame.time is None else frame.time - (container.start_time or 0) / 1_000_000
