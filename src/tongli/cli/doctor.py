"""``tongli doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from tongli.cli.options import AsJson

if TYPE_CHECKING:
    from tongli.applications.checkup import Finding


def doctor(as_json: AsJson = False) -> None:
    """Check that everything tongli needs is here.

    The exit status is 1 when something is missing.
    """
    from dataclasses import asdict

    from tongli.applications.checkup import examine
    from tongli.cli.terminal import dump
    from tongli.core import Settings

    findings = examine(Settings.from_env())
    healthy = all(finding.ok is not False for finding in findings)
    if as_json:
        dump({"ok": healthy, "findings": [asdict(finding) for finding in findings]})
    else:
        _show(findings, healthy=healthy)
    raise typer.Exit(0 if healthy else 1)


def _show(findings: list[Finding], *, healthy: bool) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from tongli.cli.response_view import MARKS
    from tongli.cli.terminal import stdout_console

    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for finding in findings:
        mark, style = MARKS[finding.ok]
        table.add_row(Text(mark, style), finding.name, Text(finding.found))
        if finding.fix:
            table.add_row("", "", Text(finding.fix, "yellow" if finding.ok is False else "dim"))
    console = stdout_console()
    console.print(Padding(table, (1, 2)))
    console.print(Text("  Everything is here." if healthy else "  Something is missing.", "bold"))
