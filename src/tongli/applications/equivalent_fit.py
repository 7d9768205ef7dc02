"""How sure a nearest equivalent may sound: scores as chances, and chances as words."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from importlib.resources import files
from typing import ClassVar, Literal

FIT = "equivalents.json"
"""The fit that ships, written by ``benchmarks/equivalents.py --write``."""

Wording = Literal["near", "loosely"]
Curve = tuple[float, float]
"""Slope and intercept of a logistic curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A logistic curve for both signals together, and one for a gloss alone.

    Attributes:
        encoder: id of the encoder that it was fitted with.
        weight: of the graph's part.
        both: curve over the sum of both signals.
        gloss: curve over the gloss alone.
    """

    NEAR: ClassVar[float] = 0.7
    LOOSELY: ClassVar[float] = 0.25

    encoder: str
    weight: float
    both: Curve
    gloss: Curve

    @classmethod
    def shipped(cls) -> Fit:
        """The fit that ships."""
        data = json.loads((files(__package__) / FIT).read_text("utf-8"))
        both, gloss = tuple(data["both"]), tuple(data["gloss"])
        return cls(encoder=data["encoder"], weight=data["weight"], both=both, gloss=gloss)

    @staticmethod
    def chance(score: float, curve: Curve) -> float:
        """Between 0 and 1, that the first candidate with this score is right."""
        return 0.5 * (1 + math.tanh((curve[0] * score + curve[1]) / 2))

    @classmethod
    def wording(cls, chance: float) -> Wording | None:
        """How sure it may sound; ``None``: it is not offered at all."""
        return "near" if chance >= cls.NEAR else "loosely" if chance >= cls.LOOSELY else None
