"""Running a job over JSON lines from the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tongli.applications import Job

FAILED_LINES = 3
"""Exit status when lines failed."""


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


def run_lines(job: Job, run: Callable[..., object], *, quiet: bool) -> int:
    """Run a job with its progress and summary.

    Args:
        job: what to do.
        run: does it; takes the job, and ``tally`` and ``progress``.
        quiet: neither progress nor summary.

    Returns:
        The exit status.
    """
    from tongli.applications import Tally
    from tongli.cli.meter import meter

    tally = Tally()
    with meter(job, tally, quiet=quiet, as_json=False) as progress:
        run(job, tally=tally, progress=progress)
    return FAILED_LINES if tally.failed else 0
