"""Findings of ``tongli lint``, for people to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from tongli.applications.lint.check import Checked
from tongli.applications.lint.files import Document
from tongli.applications.lint.rules import Finding
from tongli.cli.terminal import stdout_console
from tongli.core import Span

_COLOUR = {"warning": "yellow", "note": "cyan"}


def show(checked: Sequence[Checked], *, audiences: Sequence[str]) -> None:
    """Every finding with what it means, what to do, where it does not hold and who says so."""
    console = stdout_console()
    for item in checked:
        for _, group in groupby(item.findings, _same):
            for line in _lines(item.document, list(group)):
                console.print(line, soft_wrap=True)
    console.print(_summary(checked, audiences), soft_wrap=True)


def _same(finding: Finding) -> tuple[Span, str, str, str]:
    """What findings for several audiences have in common when they are told as one."""
    return finding.span, finding.claim.id, finding.severity, finding.message


def _lines(document: Document, group: Sequence[Finding]) -> Iterator[Text]:
    first = group[0]
    line, column = document.place(first.span[0])
    found = " ".join(document.text[slice(*first.span)].split())
    names = [finding.audience for finding in group if finding.audience is not None]
    yield Text.assemble(
        (f"{document.name}:{line}:{column}: ", "bold"),
        (first.severity, _COLOUR[first.severity]),
        f" [{', '.join(names)}]" if names else "",
        f" “{found}”: {first.message}",
        (f" [{first.claim.id}]", "dim"),
    )
    advice: dict[str, list[str]] = {}
    for finding in group:
        advice.setdefault(finding.suggestion, []).append(finding.audience or "")
    for suggestion, whom in advice.items():
        yield _row("do", f"{', '.join(whom)}: {suggestion}" if len(advice) > 1 else suggestion)
    for counter in first.counter:
        yield _row("but", counter)
    yield _row("source", _sources(first))


def _sources(finding: Finding) -> str:
    """Sources, and whether anybody from there has looked at the claim."""
    state = (
        "reviewed"
        if finding.claim.status == "reviewed"
        else f"{finding.claim.status}, not reviewed by an insider"
    )
    return f"{'; '.join(finding.sources)} ({state})"


def _row(name: str, told: str) -> Text:
    return Text.assemble((f"    {name:<7}", "dim"), told)


def _summary(checked: Sequence[Checked], audiences: Sequence[str]) -> Text:
    findings = [finding for item in checked for finding in item.findings]
    warnings = sum(finding.severity == "warning" for finding in findings)
    hidden = sum(item.hidden for item in checked)
    files = sum(not item.skipped for item in checked)
    counts = f"{_count(warnings, 'warning')}, {_count(len(findings) - warnings, 'note')}"
    told = f"{counts} in {_count(files, 'file')} for {', '.join(audiences)}"
    return Text(told + (f"; {hidden} ignored by comments" if hidden else ""))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
