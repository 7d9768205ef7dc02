"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="TEXT", help="The message; - or nothing reads standard input.", show_default=False
    ),
]
File = Annotated[str | None, typer.Option("--file", metavar="FILE", help="Read the message from a file.")]
Lang = Annotated[
    str | None, typer.Option("--lang", metavar="TAG", help="Its language (BCP-47); identified when left out.")
]
Author = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="PERSON",
        help='Who it is from: a name, "key=value;key=value", or a .toml or .json file.',
    ),
]
Audience = Annotated[
    str | None, typer.Option("--to", metavar="PERSON", help="Who it is for, in the same forms.")
]
Heads = Annotated[
    str | None, typer.Option("--heads", metavar="A,B", help="Only these heads, for example ekman6,sentiment.")
]
Model = Annotated[
    str, typer.Option("--model", metavar="MODEL", help="Text encoder: embedded, a folder, or hf:NAME.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def split_heads(heads: str | None) -> tuple[str, ...] | None:
    """Head names of a comma-separated list.

    Raises:
        ConfigError: ``heads.unknown``.
    """
    from tongli.emotion.heads import head_names

    if heads is None:
        return None
    return head_names([name.strip() for name in heads.split(",") if name.strip()])
