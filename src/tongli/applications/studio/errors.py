"""Errors of Studio's state that are neither input nor storage."""

from __future__ import annotations

from typing import ClassVar

from tongli.core import TongliError


class AccessError(TongliError):
    """Who asks may not do this, or nobody is known to ask."""

    exit_status: ClassVar[int] = 2


class ConflictError(TongliError):
    """Somebody else was faster; nothing was lost.

    Args:
        code: ``studio.conflict`` or ``review.decided``.
        kept: number of the revision that holds what could not become current, if there is one.
        received, allowed, fix: as for every :class:`~tongli.core.TongliError`.
    """

    exit_status: ClassVar[int] = 6

    def __init__(self, code: str, *, kept: int | None = None, received: str, allowed: str, fix: str) -> None:
        self.kept = kept
        super().__init__(code, received=received, allowed=allowed, fix=fix)
