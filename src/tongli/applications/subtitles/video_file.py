"""A video file written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tongli.core import ConfigError, InputError, StorageError
from tongli.encoders.audio.opened import require_av


@contextmanager
def written(source: Path, target: Path) -> Iterator[Path]:
    """A file beside the target to write to, which takes its place in the end.

    Raises:
        ConfigError: ``subtitles.same-file``, ``audio.extra``.
        InputError: ``subtitles.video`` when FFmpeg cannot write what the source holds.
        StorageError: ``storage.write``.
    """
    av = require_av()
    if target.exists() and source.exists() and target.samefile(source):
        raise ConfigError(
            "subtitles.same-file",
            received=target.name,
            allowed="another file than the recording",
            fix="Name another output.",
        )
    part = target.with_name(f"{target.stem}.part{target.suffix}")
    try:
        yield part
        part.replace(target)
    except av.FFmpegError as refused:
        raise InputError(
            "subtitles.video",
            received=f"{source.name}: {type(refused).__name__}",
            allowed="picture and sound that the output format can hold",
            fix="Write to .mkv, which holds nearly everything.",
        ) from refused
    except OSError as denied:
        raise StorageError(
            "storage.write",
            received=f"{target.name}, which cannot be written ({denied.strerror})",
            allowed="a writable file in an existing folder, with space for the video",
            fix="Check the folder, its permissions and the disk.",
        ) from denied
    finally:
        part.unlink(missing_ok=True)
