"""``tongli demo``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tongli.cli.options import AsJson

if TYPE_CHECKING:
    from tongli.core import Message, Response

_WIDTH = 90
"""Columns of a message and its reply."""


def demo(
    mailbox: Annotated[
        str | None,
        typer.Argument(
            metavar="MAILBOX", help="JSON lines with id, text, lang, from and to; ours by default."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read and answer a small mailbox in many languages."""
    from tongli import Tongli
    from tongli.cli.terminal import dump, stdout_console, working
    from tongli.core import Settings

    pipeline = Tongli(settings=Settings.from_env())
    messages = list(read_mailbox(mailbox or str(default_mailbox())))
    responses = []
    with working(f"Reading and answering {len(messages)} messages"):
        for message in messages:
            responses.append(pipeline.respond(message))
            if as_json:
                dump(responses[-1].to_dict())
    if not as_json:
        stdout_console().print(_table(responses))


def default_mailbox() -> Path:
    """The example that comes with the package, or with a checkout of its sources."""
    packaged = Path(str(files("tongli.cli") / "mailbox.jsonl"))
    return packaged if packaged.is_file() else Path(__file__).parents[3] / "examples" / "mailbox.jsonl"


def read_mailbox(path: str) -> Iterator[Message]:
    """The messages of a mailbox.

    Raises:
        InputError: ``mailbox.line`` for a line that is not a message; ``input.missing``, ``input.directory``.
        ConfigError: a declaration that is wrong.
    """
    from tongli.applications.jsonl import Source
    from tongli.core import InputError

    source = Source(path)
    try:
        for line in source.lines(max_bytes=1 << 20):
            try:
                yield _message(json.loads(line.raw or b""))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise InputError(
                    "mailbox.line",
                    received=f"line {line.number}, which is not a message",
                    allowed='an object with "id" and "text", and "lang", "from", "to" if you like',
                    fix="Correct the line.",
                ) from None
    finally:
        source.close()


def _message(record: Mapping[str, Any]) -> Message:
    from tongli.applications.people import person_from
    from tongli.core import Message

    return Message(
        id=record["id"],
        text=record["text"],
        lang=record.get("lang"),
        author=person_from(record.get("from", {})),
        audience=person_from(record.get("to", {})),
    )


def _table(responses: list[Response]) -> Any:
    from rich.table import Table
    from rich.text import Text

    from tongli.cli.response_view import feeling

    table = Table(box=None, header_style="dim", padding=(0, 1, 1, 1))
    table.add_column("", no_wrap=True, style="bold")
    table.add_column("feeling", no_wrap=True)
    table.add_column("message and reply", max_width=_WIDTH, overflow="fold")
    table.add_column("checks", no_wrap=True)
    for response in responses:
        language = response.reading.language
        tag = Text(language.tag + ("?" if language.abstained else ""))
        table.add_row(tag, feeling(response.plan), _exchange(response), _verdict(response))
    return table


def _exchange(response: Response) -> Any:
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from tongli.cli.reading_view import marked_text

    if response.text:
        reply = Text(re.sub(r"\n+", "\n", response.text), "green")
    else:
        reply = Text("no draft passed", "red")
    return Group(marked_text(response.reading), Padding.indent(reply, 2))


def _verdict(response: Response) -> Any:
    from rich.text import Text

    checks = response.verdict.checks if response.verdict else ()
    passed = sum(check.passed is True for check in checks)
    failed = [check.name for check in checks if check.passed is False]
    text = Text(f"✓ {passed}", "green") if checks else Text("✗", "red")
    text.append("".join(f" ✗ {name}" for name in failed), "red")
    return text.append("\nask a person", "yellow") if response.needs_person else text
