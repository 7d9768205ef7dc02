"""Opening a media file: what FFmpeg cannot read is a coded error, and a file cannot make it fetch others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from tongli.core import ConfigError, InputError
from tongli.encoders.media_file import require_file

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

_OPTIONS = {"protocol_whitelist": "file"}
"""A playlist under a sound file's name must not reach the network."""


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The container of a sound or video file.

    Raises:
        ConfigError: ``audio.extra`` without PyAV.
        InputError: ``input.missing``, ``input.directory``, ``audio.format``.
        StorageError: ``input.unreadable``.
    """
    av = require_av()
    require_file(path, kind="a sound or video file")
    try:
        container = av.open(f"file:{path}", options=_OPTIONS, metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as refused:
        raise InputError(
            "audio.format",
            received=f"{path.name}: {type(refused).__name__}",
            allowed="a sound or video file that FFmpeg reads, without encryption",
            fix="Check that the file plays; convert it to WAV, FLAC, MP3 or MP4.",
        ) from refused
    with container:
        yield container


def sound_of(container: InputContainer) -> AudioStream:
    """The first sound track.

    Raises:
        InputError: ``audio.none`` when there is none, ``audio.format`` for a codec that FFmpeg lacks.
    """
    if not container.streams.audio:
        raise InputError(
            "audio.none",
            received="a file without a sound track",
            allowed="a sound file, or a video with sound",
            fix="Check the file; it may have lost its sound.",
        )
    stream = container.streams.audio[0]
    if stream.codec_context is None or not stream.codec_context.sample_rate:
        raise InputError(
            "audio.format",
            received="a sound track whose codec is unknown or encrypted",
            allowed="a codec that FFmpeg reads, without encryption",
            fix="Check that the file plays; convert it to WAV, FLAC, MP3 or MP4.",
        )
    return stream


def require_av() -> ModuleType:
    """PyAV; raises ``ConfigError`` (``audio.extra``) with the command to install it."""
    try:
        import av
    except ModuleNotFoundError as missing:
        raise ConfigError(
            "audio.extra",
            received=f"a sound or video file, and no {missing.name}",
            allowed="the packages of the extra audio",
            fix="Install them with: pip install 'tongli[audio]'",
        ) from missing
    return av
