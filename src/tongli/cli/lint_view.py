"""Findings of ``tongli lint``, for people to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from tongli.applications.lint.check import Checked
from tongli.applications.lint.files import Document
from tongli.applications.lint.rules import Finding, Severity
from tongli.cli.terminal import stdout_console
from tongli.core import Span

_COLOUR: dict[Severity, str] = {"warning": "yellow", "note": "cyan"}


def show(checked: Sequence[Checked], *, audiences: Sequence[str]) -> None:
    """Every finding with what it means, what to do, where it does not hold and who says so."""
    console = stdout_console()
    counted = Counter[Severity]()
    for item in checked:
        for _, findings in groupby(item.findings, _same):
            group = list(findings)
            counted[group[0].severity] += 1
            for line in _lines(item.document, group):
                console.print(line, soft_wrap=True)
    hidden = sum(item.hidden for item in checked)
    counts = ", ".join(_count(counted[severity], severity) for severity in _COLOUR)
    told = (
        f"{counts} in {_count(sum(not item.skipped for item in checked), 'file')} for {', '.join(audiences)}"
    )
    console.print(f"{told}; {hidden} ignored by comments" if hidden else told, soft_wrap=True)


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


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
