"""Label schemes of the heads: names, order and ranges. The single source for code, tests and docs.

A head of one's own has a scheme that its recipe, its data and its card declare: :func:`own_scheme`.

References:
    Ekman (1992), "An argument for basic emotions".
    Plutchik (1980), "Emotion: A psychoevolutionary synthesis".
    Demszky et al. (2020), "GoEmotions", ACL.
    Buechel et al. (2018), "Modeling empathy and distress in reaction to news stories", EMNLP.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, get_args

from tongli.core import ConfigError, shorten

Kind = Literal["multilabel", "multiclass", "binary", "ordinal", "regression"]


OwnKind = Literal["multiclass", "multilabel", "binary"]
"""Kinds that a scheme of one's own may have."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,31}")
_LABEL_CHARS = 64
_MOST_LABELS = 1000
_TAKEN = frozenset(
    {"conflict", "emotion", "evident", "figurative", "fused", "honorific", "idiom", "need", "norm"}
    | {"practice", "risk", "slang"}
    | {
        "config",
        "manifest",
        "markers",
        "model",
        "plain",
        "release",
        "sentence",
        "space",
        "tokenizer",
        "upper",
    }
)
"""Dimensions that other parts decide by, and files that lie beside heads."""


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


Schemes = Mapping[str, Scheme]
"""Head name → scheme."""

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

SCHEMES: Schemes = MappingProxyType({scheme.name: scheme for scheme in _ALL})
"""Head name → scheme, in output order."""


@cache
def own_scheme(name: str, *, labels: tuple[str, ...], kind: str) -> Scheme:
    """A scheme that does not ship; its claims have the dimension ``name``.

    Args:
        name: of the head: small Latin letters, digits and underscores.
        labels: in the order of the head's outputs; a binary head has one, the positive class.
        kind: ``multiclass`` (one label a text), ``multilabel`` (any number) or ``binary``.

    Raises:
        ConfigError: ``scheme.name``, ``scheme.kind`` or ``scheme.labels``.
    """
    if not _NAME.fullmatch(name) or name in SCHEMES or name in _TAKEN:
        raise _bad("name", shorten(name), "up to 32 of a-z, 0-9 and _, not the name of something built in")
    if kind not in get_args(OwnKind):
        raise _bad("kind", f"{name}: kind {shorten(kind)}", ", ".join(get_args(OwnKind)))
    fewest, most = {"binary": (1, 1), "multiclass": (2, _MOST_LABELS)}.get(kind, (1, _MOST_LABELS))
    if not fewest <= len(labels) <= most or len(set(labels)) < len(labels):
        received = f"{name}: {len(labels)} labels, {len(set(labels))} of them different"
        raise _bad("labels", received, f"{fewest} to {most} different labels of a {kind} head")
    for label in labels:
        if not (label.strip() == label and label.isprintable() and 0 < len(label) <= _LABEL_CHARS):
            raise _bad(
                "labels", f"{name}: {shorten(label)}", f"1 to {_LABEL_CHARS} characters without blanks around"
            )
    return Scheme(name=name, kind=kind, labels=labels, dimension=name)  # type: ignore[arg-type]


def own_schemes(tables: object) -> dict[str, Scheme]:
    """Schemes as TOML declares them, ``[schemes.NAME]`` tables with ``labels`` and ``kind``.

    Args:
        tables: what TOML holds under ``schemes``; ``kind`` is ``multiclass`` when left out.

    Raises:
        ConfigError: ``scheme.table`` and those of :func:`own_scheme`.
    """
    if not isinstance(tables, Mapping):
        raise _bad("table", f"schemes as {type(tables).__name__}", "tables [schemes.NAME]")
    found = {}
    for name, table in tables.items():
        if not isinstance(table, Mapping) or not {"labels"} <= set(table) <= {"labels", "kind"}:
            raise _bad("table", f"schemes.{shorten(name)}", "a table with labels and, if you like, kind")
        labels, kind = table["labels"], table.get("kind", "multiclass")
        if not isinstance(labels, list) or not all(isinstance(item, str) for item in (*labels, kind)):
            raise _bad("table", f"schemes.{shorten(name)}", "a list of labels and the name of a kind")
        found[name] = own_scheme(name, labels=tuple(labels), kind=kind)
    return found


def _bad(what: str, received: str, allowed: str) -> ConfigError:
    return ConfigError(f"scheme.{what}", received=received, allowed=allowed, fix="Correct the declaration.")
