"""What ``annotate`` is asked to do, and whether it may."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tongli.applications.jsonl import STANDARD, open_bytes
from tongli.core import ConfigError, StorageError, shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to annotate, and how.

    Attributes:
        source: path of the input, plain or gzip, or ``-`` for standard input.
        target: path of the output, gzip when it ends in ``.gz``, or ``-`` for standard output.
        errors: path of the errors file, or ``-`` for standard error; ``None`` puts it beside the output
            (standard error when the output is no regular file).
        evidence: find the spans each claim rests on, which takes many times longer.
        lang: language of lines that declare none; ``None`` identifies it.
        resume: go on where an earlier run stopped; ``None`` where the command cannot.
        overwrite: replace an output that is already there.
        batch: lines read together, at least 1.
        max_bytes: longest input line.
        max_chars: longest text, in code points.
    """

    source: str
    target: str
    errors: str | None = None
    evidence: bool = False
    lang: str | None = None
    resume: bool | None = None
    overwrite: bool = False
    batch: int = 1024
    max_bytes: int = 16 << 20
    max_chars: int = 200_000

    def folder(self) -> Path:
        """That paths in the input start from: where the input lies, or the working folder for a pipe."""
        return Path() if self.source == STANDARD else Path(self.source).parent

    def target_path(self) -> Path | None:
        """Where readings go; ``None`` for standard output."""
        return None if self.target == STANDARD else Path(self.target)

    def errors_path(self) -> Path | None:
        """Where broken lines go; ``None`` for standard error, also beside a device or a pipe."""
        if (self.errors or self.target) == STANDARD:
            return None
        if self.errors is not None:
            return Path(self.errors)
        target = Path(self.target)
        if target.exists() and not target.is_file():
            return None
        stem = target.name.removesuffix(".gz")
        for ending in (".jsonl", ".ndjson", ".json"):
            stem = stem.removesuffix(ending)
        return target.parent / f"{stem}.errors.jsonl"


@dataclass(slots=True, kw_only=True)
class Tally:
    """Lines dealt with so far: ``read == written + failed`` at any time.

    ``bytes_done`` of ``bytes_total`` (``None`` for a pipe) tell the progress. A resumed run goes on
    counting where the first one stopped, at ``resumed`` lines.
    """

    read: int = 0
    written: int = 0
    failed: int = 0
    resumed: int = 0
    bytes_done: int = 0
    bytes_total: int | None = None


def check(job: Job) -> None:
    """Refuse a job that makes no sense or would lose something; quick, and nothing is touched.

    Raises:
        ConfigError: ``annotate.batch``, ``annotate.options``, ``output.exists``, ``output.same-file``,
            ``output.resume``.
        InputError: ``input.missing``, ``input.directory``.
        StorageError: ``output.directory``, ``storage.write``.
    """
    _check_options(job)
    source = Path(job.source)
    if job.source != STANDARD and (source.is_dir() or not source.exists()):
        open_bytes(job.source)
    paths = [path for path in (job.target_path(), job.errors_path()) if path is not None]
    for path in paths:
        _check_path(path, job)
    if len(paths) == 2 and paths[0].absolute() == paths[1].absolute():
        raise _same_file(paths[0], "the errors file")


def _check_options(job: Job) -> None:
    if job.batch < 1:
        raise ConfigError(
            "annotate.batch",
            received=f"a batch of {job.batch} lines",
            allowed="at least 1",
            fix="Leave it out to use 1024.",
        )
    if job.resume and job.overwrite:
        raise ConfigError(
            "annotate.options",
            received="both resume and overwrite",
            allowed="one of them",
            fix="Resume to go on with an earlier run, overwrite to start again.",
        )
    if job.resume and (job.target == STANDARD or job.errors_path() is None):
        raise ConfigError(
            "output.resume",
            received="resume with standard output",
            allowed="an output file of an earlier run",
            fix="Write to a file with -o.",
        )


def _check_path(path: Path, job: Job) -> None:
    if path.is_dir():
        raise StorageError(
            "output.directory",
            received=f"the folder {path}",
            allowed="the path of a file",
            fix=f"Name a file in it, for example {path / 'out.jsonl'}.",
        )
    if not path.is_file():
        _check_folder(path)
        return
    if job.source != STANDARD and path.samefile(job.source):
        raise _same_file(path, "the input")
    if path.stat().st_size and not (job.resume or job.overwrite):
        further = "" if job.resume is None else "--resume to go on, "
        raise ConfigError(
            "output.exists",
            received=f"{path}, which is not empty",
            allowed="a new or empty file",
            fix=f"Add --overwrite to replace it, {further}or name another.",
        )


def _check_folder(path: Path) -> None:
    """Before any work, since a translation or a long run would be lost where it cannot be written."""
    if path.exists():  # a device or a pipe
        return
    folder = path.absolute().parent
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        why = "is not writable" if folder.is_dir() else "is no folder"
        raise StorageError(
            "storage.write",
            received=f"{path}, where {shorten(str(folder))} {why}",
            allowed="a writable file in an existing folder",
            fix="Make the folder, check its permissions, or name another file.",
        )


def _same_file(path: Path, other: str) -> ConfigError:
    return ConfigError(
        "output.same-file",
        received=f"{path} as the output and as {other}",
        allowed="different files",
        fix="Name another output file.",
    )
