"""What a way of augmenting must offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tongli.core import FloatArray
from tongli.learning.data.record import GenderExpression, Record

Sentences = Callable[[Sequence[str]], FloatArray]
"""Texts → unit vectors ``(texts, hidden)`` whose cosine says how near they are in meaning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A new text for a record.

    Attributes:
        text: not yet checked.
        detail: what was done, such as ``typos``; goes into the provenance.
        gender_expression: of the new text, where the change decides it; ``None`` leaves the record's own.
    """

    text: str
    detail: str = ""
    gender_expression: GenderExpression | None = None


class Method(Protocol):
    """Makes texts that should keep every label of the record they are made from."""

    def propose(self, records: Sequence[Record], *, count: int, seed: int) -> list[list[Proposal]]:
        """At most ``count`` proposals for each record, in the order of the records; none where it cannot.

        The same records and seed give the same proposals.
        """
