"""``tongli culture lint``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.options import AsJson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.knowledge.claim_lint import Finding

FOUND = 3
"""Exit status when a claim is not fit to ship."""


def lint(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="PATH",
            help="A file of claims, or a folder with languages and cultures; left out, the claims that ship.",
            show_default=False,
        ),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Check claims before they ship.

    Form, ids, review dates, patterns, sources, counter-examples, statements about people. The exit status is
    3 when a claim is not fit to ship; warnings are for a person to look at. Needs the extra tongli[culture].
    """
    import datetime as dt

    from tongli.cli.terminal import dump, working
    from tongli.knowledge import claim_lint

    month = dt.datetime.now(dt.UTC).strftime("%Y-%m")
    with working("Checking"):
        if path is None:
            findings = claim_lint.lint(month=month)
        else:
            _require(path)
            check = claim_lint.lint if path.is_dir() else claim_lint.lint_file
            findings = check(path, month=month)
    errors = sum(finding.severity == "error" for finding in findings)
    if as_json:
        dump({"errors": errors, "warnings": len(findings) - errors, "findings": list(map(_told, findings))})
    else:
        _show(findings, errors=errors)
    raise typer.Exit(FOUND if errors else 0)


def _require(path: Path) -> None:
    from tongli.core import InputError

    if not path.exists():
        raise InputError(
            "input.missing",
            received=str(path),
            allowed="a file of claims or a folder with languages and cultures",
            fix="Check the path.",
        )


def _told(finding: Finding) -> dict[str, str | int]:
    return {
        "file": finding.file,
        "line": finding.line,
        "id": finding.id,
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message,
    }


def _show(findings: Sequence[Finding], *, errors: int) -> None:
    from rich.text import Text

    from tongli.cli.terminal import stdout_console

    console = stdout_console()
    for finding in findings:
        colour = "red" if finding.severity == "error" else "yellow"
        place = f"{finding.file}:{finding.line}: "
        told = Text.assemble(
            place, (finding.rule, colour), f" {finding.message}", (f" [{finding.id}]", "dim")
        )
        console.print(told, soft_wrap=True)
    warnings = len(findings) - errors
    console.print(f"{errors} errors, {warnings} warnings" if findings else "nothing found")
