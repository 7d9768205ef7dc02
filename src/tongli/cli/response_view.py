"""A response, for people to look at."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from tongli.cli.reading_view import COLOURS, marked_text
from tongli.cli.terminal import language_name
from tongli.core import Plan, Response, Verdict

_WIDTH = 76
"""Columns of the reply: long lines are hard to read."""

MARKS = {True: ("✓", "green"), False: ("✗", "red"), None: ("–", "dim")}


def response_view(response: Response) -> RenderableType:
    """The message, what was read, the plan, the reply, every check, and whether a person must look."""
    parts: list[RenderableType] = [
        marked_text(response.reading),
        "",
        _summary(response),
        "",
        _reply(response),
    ]
    if response.verdict is not None:
        parts.append(checks_view(response.verdict))
    return Padding.indent(Group("", *parts, *_afterwards(response), ""), 2)


def _summary(response: Response) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    reading = response.reading
    table.add_row("language", language_name(reading.language.tag))
    table.add_row("feeling", feeling(response.plan))
    for name, value in _plan(response.plan):
        table.add_row(name, value)
    return table


def feeling(plan: Plan) -> Text:
    """The emotion that a reply answers, with its intensity, in a few words."""
    if plan.feeling is None:
        return Text("none to name", "dim")
    return Text(plan.feeling, COLOURS.get(plan.feeling, "")).append(f" {plan.intensity:.1f}/3", "dim")


def _plan(plan: Plan) -> Iterable[tuple[str, str]]:
    yield "plan", " → ".join(act.replace("_", " ") for act in plan.acts)
    culture = plan.culture
    parts = [language_name(culture.lang), f"{culture.register} register", f"{culture.address} address"]
    if culture.salutation:
        parts.append(f"to {culture.salutation}")
    yield "reply in", ", ".join(parts)
    if plan.keep:
        yield "keeps", ", ".join(plan.keep)
    if plan.avoid:
        yield "avoids", f"{len(plan.avoid)} not shown"  # they may be private


def _reply(response: Response) -> RenderableType:
    if response.text:
        title, style, body = "reply", "yellow" if response.needs_person else "green", Text(response.text)
    else:
        title, style = "no reply", "red"
        body = Text("No draft passed the checks, so none is shown.")
    return Panel(
        body,
        title=title,
        title_align="left",
        box=box.ROUNDED,
        border_style=style,
        padding=(1, 2),
        width=_WIDTH,
    )


def checks_view(verdict: Verdict) -> Table:
    """Every check of a draft, a line each."""
    table = Table.grid(padding=(0, 2))
    table.add_column()
    table.add_column(style="bold")
    table.add_column(justify="right", style="dim")
    table.add_column(overflow="fold")
    for check in verdict.checks:
        mark, style = MARKS[check.passed]
        score = "" if check.score is None else f"{check.score:.2f}"
        table.add_row(Text(mark, style), check.name, score, Text(check.detail))
    return table


def _afterwards(response: Response) -> Iterable[RenderableType]:
    failed = [verdict for verdict in response.alternatives if not verdict.passed]
    if failed:
        drafts = f"{len(failed)} {'other ' if response.text else ''}draft{'s' * (len(failed) > 1)}"
        yield ""
        yield Text(f"{drafts} did not pass: {_reasons(failed)}", "dim")
    if response.needs_person:
        yield ""
        yield Text("A person must look at this before anything is sent.", "bold yellow")
    for note in response.notes:
        yield Text(f"· {note}", "yellow" if response.needs_person else "dim")


def _reasons(verdicts: Iterable[Verdict]) -> str:
    names = (check.name for verdict in verdicts for check in verdict.checks if check.passed is False)
    return ", ".join(dict.fromkeys(names))
