"""Typos, casing, lost punctuation and diacritics, as the attacks of the evaluation make them."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.generation.protected import pieces
from tongli.learning.augment.chance import generator
from tongli.learning.augment.method import Proposal
from tongli.learning.data.record import Record
from tongli.learning.evaluate.attacks import perturb

ATTACKS = ("typos", "casing", "punctuation", "diacritics")

_SMALLEST = 3
"""Shorter stretches of text are left alone: one typo may be the whole of them."""


class Noise:
    """Perturbs what is not protected.

    Args:
        rate: chance in 0..1 of each word, or mark, to be changed.
    """

    def __init__(self, *, rate: float = 0.12) -> None:
        self.rate = rate

    def propose(self, records: Sequence[Record], *, count: int, seed: int) -> list[list[Proposal]]:
        """One attack a proposal; which comes first depends on the record."""
        return [self._of(record, count=count, seed=seed) for record in records]

    def _of(self, record: Record, *, count: int, seed: int) -> list[Proposal]:
        first = generator(seed, "noise", record.id).randrange(len(ATTACKS))
        found: dict[str, Proposal] = {}
        for turn in range(count * len(ATTACKS)):
            attack = ATTACKS[(first + turn) % len(ATTACKS)]
            text = self._perturbed(record.text, attack=attack, seed=seed + turn)
            if text != record.text and len(found) < count:
                found.setdefault(text, Proposal(text=text, detail=attack))
        return list(found.values())

    def _perturbed(self, text: str, *, attack: str, seed: int) -> str:
        return "".join(
            piece
            if protected or len(piece.strip()) < _SMALLEST
            else perturb(piece, attack=attack, rate=self.rate, seed=seed)
            for piece, protected in pieces(text)
        )
