"""Commands that take the same options."""

from __future__ import annotations

import inspect
from collections.abc import Callable


def lent(options: Callable[..., None], run: Callable[..., None], *, about: str) -> Callable[..., None]:
    """A command that takes the options of one function and does what another does with them.

    Args:
        options: its parameters are the options; it is never called.
        run: takes them by keyword.
        about: the help.
    """

    def command(**given: object) -> None:
        run(**given)

    shared = inspect.signature(options, eval_str=True)
    command.__doc__ = about
    command.__signature__ = shared  # type: ignore[attr-defined]
    command.__annotations__ = {name: option.annotation for name, option in shared.parameters.items()}
    return command
