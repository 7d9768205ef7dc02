"""What is known of the machine, handed in by whoever starts the Studio."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tongli.encoders.store import ModelInfo


class Check(Protocol):
    """One thing that was looked at; see ``tongli doctor``."""

    @property
    def name(self) -> str:
        """What."""

    @property
    def ok(self) -> bool | None:
        """Whether it is there; ``None`` for something optional."""

    @property
    def found(self) -> str:
        """What is there."""

    @property
    def fix(self) -> str:
        """What to do about it; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Where to ask.

    Attributes:
        models: everything that can be prepared, and whether it is.
        checks: what ``tongli doctor`` finds.
    """

    models: Callable[[], Sequence[ModelInfo]]
    checks: Callable[[], Sequence[Check]]
