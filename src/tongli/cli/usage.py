"""What an endpoint was asked for, and what that cost, on standard error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import typer

from tongli.core import EngineError


def tell_usage(engines: Iterable[object]) -> None:
    """One line for each engine that counts what it uses (as ``OpenAI.usage`` does) and was used.

    Args:
        engines: of either kind; a translator may hold the engine that counts as ``engine``.
    """
    for engine in (getattr(each, "engine", each) for each in engines):
        used = getattr(engine, "usage", None)
        if used is not None and used.requests:
            typer.echo(_told(engine), err=True)


def _told(engine: Any) -> str:
    used = engine.usage
    tokens = f"{used.prompt_tokens:,} tokens asked, {used.completion_tokens:,} answered"
    try:
        cost = "" if engine.cost is None else f", cost {engine.cost:.6g}"
    except EngineError as error:
        cost = f"; {error.received}: {error.fix}"
    return f"{engine.name} ({engine.model_name}): {used.requests:,} requests, {tokens}{cost}"
