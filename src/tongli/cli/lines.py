"""Running a job over JSON lines from the command line."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from tongli.applications import Job

FAILED_LINES = 3
"""Exit status when lines failed."""
INTERRUPTED = 130
CLOSED_PIPE = 141


def one_source(words: Sequence[str] | None) -> str:
    """The input of ``--jsonl``: the one file named, or standard input.

    Raises:
        ConfigError: ``jsonl.input`` for several.
    """
    if words is not None and len(words) > 1:
        from tongli.core import ConfigError

        raise ConfigError(
            "jsonl.input",
            received=f"{len(words)} inputs",
            allowed="one file, or - for standard input",
            fix="Name one file, or leave --jsonl out.",
        )
    return words[0] if words else "-"


def run_lines(
    job: Job, run: Callable[..., object], *, quiet: bool, as_json: bool = False, resumable: bool = False
) -> int:
    """Run a job with its progress and summary.

    Args:
        job: what to do.
        run: does it; takes the job, and ``tally`` and ``progress``.
        quiet: neither progress nor summary.
        as_json: the summary as JSON.
        resumable: the command has ``--resume``, so who stops it is told how to go on.

    Returns:
        The exit status.
    """
    from tongli.applications import Tally
    from tongli.cli.meter import meter

    tally, status = Tally(), 0
    with meter(job, tally, quiet=quiet, as_json=as_json) as progress:
        try:
            run(job, tally=tally, progress=progress)
        except KeyboardInterrupt:
            if not resumable:
                raise
            status = INTERRUPTED
        except BrokenPipeError:
            status = CLOSED_PIPE
    if status == INTERRUPTED and job.target_path() is not None and not quiet:
        typer.echo(f"Stopped; nothing is lost. Go on with: {_resumed(sys.argv[1:])}", err=True)
    return status or (FAILED_LINES if tally.failed else 0)


def _resumed(arguments: Sequence[str]) -> str:
    kept = [argument for argument in arguments if argument not in {"--overwrite", "--resume"}]
    return shlex.join(["tongli", *kept, "--resume"])
