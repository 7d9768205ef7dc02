"""``tongli gender audit``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.options import Errors, Model, Overwrite, Quiet

if TYPE_CHECKING:
    from tongli.applications import Job
    from tongli.applications.gender.audit import Report


def audit(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="JSON lines, .gz too; - reads standard input.")
    ] = "-",
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read JSON lines with id, text and lang; the only form.")
    ] = True,
    engine: Annotated[
        str,
        typer.Option("--engine", metavar="NAME", help="Whose drafts: realiser, gguf, openai or a plug-in."),
    ] = "realiser",
    target: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="OUT", help="Where all drafts go, .gz too; - for standard output."
        ),
    ] = "-",
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Where the report goes as JSON, beside its text."),
    ] = None,
    names: Annotated[
        int, typer.Option("--names", metavar="N", min=0, max=18, help="Names to answer each message for.")
    ] = 6,
    reply_lang: Annotated[
        str | None,
        typer.Option(
            "--reply-lang", metavar="TAG", help="Language of the replies; the messages' by default."
        ),
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="TAG", help="Language of lines that declare none.")
    ] = None,
    model: Model = "embedded",
    overwrite: Overwrite = False,
    errors: Errors = None,
    quiet: Quiet = False,
) -> None:
    """Measure how an engine's drafts change with nothing but the author's declared forms, or name.

    The report tells, for every pair of groups, how many drafts are identical but for the forms themselves,
    and how emotion, politeness, formality, length and failed checks differ. It goes to standard output, or to
    standard error when the drafts go there.
    """
    from tongli import Tongli
    from tongli.applications import Job, check
    from tongli.applications.gender.audit import audit_lines
    from tongli.cli.lines import run_lines
    from tongli.core import Settings

    del jsonl
    settings = Settings.from_env()
    job = Job(
        source=source,
        target=target,
        errors=errors,
        lang=lang,
        overwrite=overwrite,
        max_chars=settings.max_chars,
        batch=8,
    )
    check(job)
    _require_free(report, job)
    tongli = Tongli(model=model, engine=engine, settings=settings)
    found: list[Report] = []

    def audited(job: Job, **counting: Any) -> None:
        found.append(audit_lines(job, tongli=tongli, reply_lang=reply_lang, names=names, **counting))

    status = run_lines(job, audited, quiet=quiet)
    _show(found[0], to_stderr=target == "-")
    if report is not None:
        _write(found[0], report)
    raise typer.Exit(status)


def _require_free(report: Path | None, job: Job) -> None:
    from tongli.learning.data.outputs import require_free

    if report is not None:
        taken = [Path(job.source), *filter(None, (job.target_path(), job.errors_path()))]
        require_free(report, inputs=taken, overwrite=job.overwrite)


def _write(found: Report, path: Path) -> None:
    from tongli.core import StorageError

    try:
        path.write_text(json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise StorageError(
            "storage.write",
            received=f"{path}, which cannot be written ({error.strerror})",
            allowed="a writable file in an existing folder",
            fix="Check the folder, its permissions and the disk.",
        ) from error


def _show(found: Report, *, to_stderr: bool) -> None:
    from tongli.cli.gender.audit_view import audit_view
    from tongli.cli.terminal import stderr_console, stdout_console

    console = stderr_console() if to_stderr else stdout_console()
    console.print(audit_view(found), soft_wrap=True)
