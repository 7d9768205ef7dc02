"""Every error tongli raises on purpose.

TongliError                 base: a stable code, what was received, what is allowed, what to do
├── InputError              the message, file or line cannot be used              (exit status 2)
├── ConfigError             an option, setting or plug-in name is wrong           (exit status 2)
├── ModelError              weights are missing, damaged or do not fit            (exit status 4)
├── EngineError             a generation engine failed or is out of reach         (exit status 5)
└── StorageError            reading or writing a file failed                      (exit status 6)

Codes are part of the interface: scripts match on them, so they are never renamed, only added.
"""

from __future__ import annotations

from typing import ClassVar, Self


class TongliError(Exception):
    """An error with a code.

    Args:
        code: stable, dotted, lower-case identifier such as ``input.empty``.
        received: what was received, shortened; never a personal declaration.
        allowed: what would have been accepted.
        fix: what the reader should do now.
    """

    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, *, received: str, allowed: str, fix: str) -> None:
        self.code = code
        self.received = received
        self.allowed = allowed
        self.fix = fix
        super().__init__(f"[{code}] received {received}; allowed: {allowed}. {fix}")

    def at(self, place: str) -> Self:
        """The same error, saying where it was met, such as a file."""
        return type(self)(self.code, received=f"{place}: {self.received}", allowed=self.allowed, fix=self.fix)

    def to_dict(self) -> dict[str, str]:
        """The error as plain data, for JSON output and error files."""
        return {
            "code": self.code,
            "received": self.received,
            "allowed": self.allowed,
            "fix": self.fix,
        }


class InputError(TongliError):
    """The message, file or line cannot be used."""

    exit_status = 2


class ConfigError(TongliError):
    """An option, setting or plug-in name is wrong."""

    exit_status = 2


class ModelError(TongliError):
    """Weights are missing, damaged or do not fit together."""

    exit_status = 4


class EngineError(TongliError):
    """A generation engine failed or is out of reach."""

    exit_status = 5


class StorageError(TongliError):
    """Reading or writing a file failed."""

    exit_status = 6


def shorten(value: object, *, limit: int = 60) -> str:
    """``repr`` of a value cut to ``limit`` characters, safe to put in a message or a log."""
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
