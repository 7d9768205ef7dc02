"""Label schemes of the heads: names, order and ranges. The single source for code, tests and docs.

References:
    Ekman (1992), "An argument for basic emotions".
    Plutchik (1980), "Emotion: A psychoevolutionary synthesis".
    Demszky et al. (2020), "GoEmotions", ACL.
    Buechel et al. (2018), "Modeling empathy and distress in reaction to news stories", EMNLP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal["multilabel", "multiclass", "binary", "ordinal", "regression"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One head's output.

    Attributes:
        name: head name, the key in ``Reading.scores``.
        kind: ``multilabel`` (independent probabilities), ``multiclass`` (probabilities that sum to 1),
            ``binary`` (one probability), ``ordinal`` and ``regression`` (one value in ``low..high`` a label).
        labels: label names in the order of the head's outputs; a binary head has one, the positive class.
        dimension: dimension of the claims that the head makes.
        low, high: range of an ordinal or regression value; 0 and 1 otherwise.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...]
    dimension: str
    low: float = 0.0
    high: float = 1.0


EKMAN6 = ("anger", "disgust", "fear", "joy", "sadness", "surprise")
PLUTCHIK8 = ("anger", "anticipation", "disgust", "fear", "joy", "sadness", "surprise", "trust")
GOEMOTIONS28 = (
    "admiration",
    "amusement",
    "anger",
    "annoyance",
    "approval",
    "caring",
    "confusion",
    "curiosity",
    "desire",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "excitement",
    "fear",
    "gratitude",
    "grief",
    "joy",
    "love",
    "nervousness",
    "optimism",
    "pride",
    "realization",
    "relief",
    "remorse",
    "sadness",
    "surprise",
    "neutral",
)

_ALL = (
    Scheme(name="ekman6", kind="multilabel", labels=EKMAN6, dimension="emotion"),
    Scheme(name="plutchik8", kind="multilabel", labels=PLUTCHIK8, dimension="emotion"),
    Scheme(name="goemotions28", kind="multilabel", labels=GOEMOTIONS28, dimension="emotion"),
    Scheme(name="intensity", kind="ordinal", labels=EKMAN6, dimension="intensity", high=3.0),
    Scheme(
        name="sentiment",
        kind="multiclass",
        labels=("negative", "neutral", "positive"),
        dimension="sentiment",
    ),
    Scheme(name="politeness", kind="binary", labels=("polite",), dimension="politeness"),
    Scheme(name="formality", kind="binary", labels=("formal",), dimension="formality"),
    Scheme(name="empathy", kind="regression", labels=("empathy",), dimension="empathy", low=1.0, high=7.0),
    Scheme(name="distress", kind="regression", labels=("distress",), dimension="distress", low=1.0, high=7.0),
)

SCHEMES: Mapping[str, Scheme] = MappingProxyType({scheme.name: scheme for scheme in _ALL})
"""Head name → scheme, in output order."""
