"""``tongli write channels``."""

from __future__ import annotations

import typer

from tongli.cli.options import AsJson


def channels(*, as_json: AsJson = False) -> None:
    """List channels with their limits, and who says so."""
    from dataclasses import asdict

    from tongli.cli.terminal import dump
    from tongli.generation.channels import channels as known

    if as_json:
        dump([asdict(each) for each in known().values()])
        return
    for each in known().values():
        more = [f"{each.hashtags} hashtags"] if each.hashtags else []
        more += [f"{each.lines} line"] if each.lines else []
        kind = "" if each.hard else ", advice"
        typer.echo(f"{each.id:22} {', '.join([f'{each.limit:,} {each.count}', *more])}{kind}  {each.name}")
