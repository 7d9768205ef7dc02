"""The card of a head: what it was trained on, how it is calibrated, when it decides, how good it is.

A head is two files of the same name: ``NAME.safetensors`` with the arrays and ``NAME.json``, the card.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tongli.core import ConfigError, ModelError
from tongli.knowledge.schemes import SCHEMES, Scheme, own_scheme
from tongli.knowledge.tags import nearest

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One training set: name, licence, and how many examples of it were used."""

    name: str
    licence: str
    examples: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Logits → values: ``slope * logit + offset + by_language[tag]``, one number a label.

    Multi-label and binary heads pass the result through a sigmoid (Platt 1999), multi-class heads through
    a softmax, ordinal and regression heads clip it to the scheme's range. Offsets of languages are
    maximum-a-posteriori estimates shrunk towards 0, so a language with little data stays near the global
    calibration.
    """

    slope: tuple[float, ...]
    offset: tuple[float, ...]
    by_language: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def shift(self, tag: str) -> tuple[float, ...]:
        """Offsets of a language (see :func:`_of_language`), zeros for one without a relative."""
        return _of_language(self.by_language, tag) or (0.0,) * len(self.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Calibrated value from which a label is decided, one a label; languages shrunk to the global one."""

    default: tuple[float, ...]
    by_language: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def of(self, tag: str) -> tuple[float, ...]:
        """Thresholds of a language (see :func:`_of_language`), or the global ones."""
        return _of_language(self.by_language, tag) or self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything about a head but its arrays.

    Attributes:
        head: name of its scheme in ``tongli.knowledge.schemes``, or of one's own.
        encoder: id of the encoder whose features it reads.
        labels: as in the scheme; stored so that a changed scheme is noticed.
        data: training sets.
        languages: languages seen in training; a head abstains more readily on others.
        calibration, thresholds: see there.
        doubt: half-width of the band below a threshold in which a scheme abstains when it decides nothing.
        metrics: measured figures, with the split they were measured on.
        format: of this file.
        words: languages whose words the head knows by themselves, in the order of its arrays.
        seed: of the training run.
        releasable: whether the licences of the data let the weights be released.
        made_by: version of tongli, and digests of the recipe and of the texts that were learnt from.
        lender: head with the same labels and more, whose values count as much in languages that it has learnt
            and this one has not (:mod:`tongli.emotion.pooling`).
        adviser: head with finer labels, whose values count a little in languages that both have learnt.
        kind: of a scheme of one's own, see ``own_scheme``; ``None`` for one that is built in.
    """

    head: str
    encoder: str
    labels: tuple[str, ...]
    data: tuple[Source, ...]
    languages: tuple[str, ...]
    calibration: Calibration
    thresholds: Thresholds
    doubt: float
    metrics: Mapping[str, Any]
    format: int = FORMAT
    words: tuple[str, ...] = ()
    seed: int = 0
    releasable: bool = True
    made_by: Mapping[str, str] = field(default_factory=dict)
    lender: str | None = None
    adviser: str | None = None
    kind: str | None = None

    @property
    def scheme(self) -> Scheme:
        """The scheme of the head."""
        if self.kind is None:
            return SCHEMES[self.head]
        return own_scheme(self.head, labels=self.labels, kind=self.kind)

    def knows(self, tag: str) -> bool:
        """Whether the head was trained on a language, or on a near relative of it."""
        return bool(nearest(tag, self.languages))

    def save(self, path: Path) -> None:
        """Write the JSON card."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _of_language(table: Mapping[str, tuple[float, ...]], tag: str) -> tuple[float, ...] | None:
    """The row of a language or, by :func:`nearest`, the mean of its nearest relatives' rows."""
    rows = [table[entry] for entry in nearest(tag, tuple(table))]
    if len(rows) <= 1:
        return rows[0] if rows else None
    return tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))


def load_card(path: Path) -> Card:
    """Read a card.

    Raises:
        ModelError: ``heads.card`` for a missing, damaged, outdated or ill-fitting card.
    """
    try:
        card = _parse(json.loads(path.read_text(encoding="utf-8")))
        scheme = card.scheme
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ConfigError) as broken:
        raise _bad(path, type(broken).__name__) from broken
    if card.format != FORMAT:
        raise _bad(path, f"format {card.format}")
    if card.labels != scheme.labels:
        raise _bad(path, f"labels that differ from the scheme {card.head}")
    return card


def _parse(data: dict[str, Any]) -> Card:
    calibration, thresholds = data["calibration"], data["thresholds"]
    return Card(
        head=data["head"],
        encoder=data["encoder"],
        labels=tuple(data["labels"]),
        data=tuple(Source(**source) for source in data["data"]),
        languages=tuple(data["languages"]),
        calibration=Calibration(
            slope=tuple(calibration["slope"]),
            offset=tuple(calibration["offset"]),
            by_language=_tuples(calibration["by_language"]),
        ),
        thresholds=Thresholds(
            default=tuple(thresholds["default"]), by_language=_tuples(thresholds["by_language"])
        ),
        doubt=float(data["doubt"]),
        metrics=data["metrics"],
        format=data["format"],
        words=tuple(data.get("words", ())),
        seed=data["seed"],
        releasable=data.get("releasable", True),
        made_by=data.get("made_by", {}),
        lender=data.get("lender"),
        adviser=data.get("adviser"),
        kind=data.get("kind"),
    )


def _tuples(table: Mapping[str, list[float]]) -> dict[str, tuple[float, ...]]:
    return {tag: tuple(values) for tag, values in table.items()}


def _bad(path: Path, what: str) -> ModelError:
    return ModelError(
        "heads.card",
        received=f"{path.name}: {what}",
        allowed=f"a head card of format {FORMAT} whose labels match its scheme",
        fix="Reinstall tongli, or train the head again.",
    )
