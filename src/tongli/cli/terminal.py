"""Where output goes, and what it may contain."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def stdout_console() -> Console:
    """Standard output for people; colours only on a terminal, and never with ``NO_COLOR``."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


def stderr_console() -> Console:
    """Standard error for people."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


@contextmanager
def working(what: str) -> Iterator[Callable[[str], None]]:
    """Tell what is happening: a spinner on a terminal, else only what is passed to the function given."""
    console = stderr_console()
    if not console.is_terminal:
        yield lambda text: console.print(text, soft_wrap=True)
        return
    with console.status(what, spinner="dots") as status:
        yield status.update


def dump(data: Any, *, to: TextIO | None = None) -> None:
    """One JSON object on one line, in UTF-8 whatever the locale, as a machine expects it."""
    stream = sys.stdout if to is None else to
    try:
        raw = json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # a lone surrogate can only be written escaped
        raw = json.dumps(data).encode()
    stream.flush()
    stream.buffer.write(raw + b"\n")
    stream.buffer.flush()


def language_name(tag: str) -> str:
    """A tag with the English name of its language: ``Portuguese (pt)``."""
    from tongli.core import TongliError
    from tongli.knowledge.locales import babel_locale
    from tongli.knowledge.tags import primary

    if tag == "und":
        return "unknown"
    try:
        name = babel_locale("en").languages.get(primary(tag))
    except TongliError:
        name = None
    return f"{name} ({tag})" if name else tag
