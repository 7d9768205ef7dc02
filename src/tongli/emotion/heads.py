"""S: the set of heads that read one encoder's features."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np

from tongli.core import Claim, ConfigError, Encoding, FloatArray, IntArray, ModelError, Reading, Score
from tongli.core.text import clean
from tongli.emotion.card import Card, load_card
from tongli.emotion.claims import claims_of, intensity_claims
from tongli.emotion.head import Head, load_head
from tongli.emotion.plain import CALMED, Plain, find_plain
from tongli.emotion.pooling import advised, pooled
from tongli.emotion.told import MOVED, Told, find_told
from tongli.emotion.words import grams
from tongli.knowledge.schemes import SCHEMES, Schemes

_DIGITS = 4


class Heads:
    """Emotion, sentiment, politeness, formality, empathy and distress heads, and those of one's own.

    Args:
        names: heads to run, in any order; ``None`` runs all that are there.
        folder: where they are; ``None`` takes the ones that ship with tongli.

    Raises:
        ConfigError: ``heads.unknown``.
    """

    def __init__(self, *, names: Sequence[str] | None = None, folder: Path | None = None) -> None:
        self.names = head_names(names, folder=folder)
        self.folder = folder or Path(str(files("tongli.emotion").joinpath("weights")))
        self._heads: dict[str, Head] = {}

    def load(self) -> None:
        """Read the files; raises ``ModelError``."""
        for name in self.names:
            self._load(name)
            card = self._heads[name].card
            for other in filter(None, (card.lender, card.adviser)):
                self._load(other)
        _ = self._plain, self._told

    def read(self, encodings: Sequence[Encoding]) -> list[Reading]:
        """Read, keeping the order.

        Raises:
            ModelError: ``heads.encoder`` when the encodings come from another encoder.
        """
        if not encodings:
            return []
        self.load()
        self._check(encodings[0])
        features = np.stack([encoding.features for encoding in encodings])
        tables = self.values(
            features,
            [encoding.pieces for encoding in encodings],
            languages=[encoding.language.tag for encoding in encodings],
        )
        rounded = {name: table.astype(np.float64).round(_DIGITS).tolist() for name, table in tables.items()}
        return [
            self._reading(encoding, {name: rows[at] for name, rows in rounded.items()})
            for at, encoding in enumerate(encodings)
        ]

    def values(
        self, features: FloatArray, pieces: Sequence[IntArray], *, languages: Sequence[str]
    ) -> dict[str, FloatArray]:
        """Head name → calibrated values ``(batch, labels)`` of what the encoder made of texts."""
        self.load()
        found = grams(pieces)
        own = {name: head.values(features, found, languages=languages) for name, head in self._heads.items()}
        tables = {name: self._pooled(name, own, languages=languages) for name in self.names}
        if self._plain is not None:
            odds = self._plain.odds(features)
            for name in CALMED.intersection(tables):
                tables[name] = self._plain.calmed(tables[name], odds, card=self._heads[name].card)
        if self._told is not None:
            odds = self._told.odds(features)
            for name in MOVED.keys() & tables:
                tables[name] = self._told.moved(tables[name], odds, card=self._heads[name].card)
        return tables

    def labels(self, name: str) -> tuple[str, ...]:
        """Labels of one head, in the order of its columns."""
        return self.card(name).labels

    def card(self, name: str) -> Card:
        """The card of one head; raises ``ModelError``."""
        self.load()
        return self._heads[name].card

    @cached_property
    def _plain(self) -> Plain | None:
        """What calms feelings in plain texts, if the folder has it."""
        return find_plain(self.folder, encoder=self._heads[self.names[0]].card.encoder)

    @cached_property
    def _told(self) -> Told | None:
        """What knows feelings told outright, if the folder has it and a head is run that it moves."""
        if MOVED.keys().isdisjoint(self.names):
            return None
        return find_told(self.folder, encoder=self._heads[self.names[0]].card.encoder)

    def _load(self, name: str) -> None:
        if name not in self._heads:
            self._heads[name] = load_head(self.folder, name)

    def _pooled(self, name: str, own: Mapping[str, FloatArray], *, languages: Sequence[str]) -> FloatArray:
        """Values of a head, with those of its lender and its adviser."""
        values, card = own[name], self._heads[name].card
        if card.lender is not None:
            lender = self._heads[card.lender].card
            values = pooled(values, own[card.lender], card=card, lender=lender, languages=languages)
        if card.adviser is not None:
            adviser = self._heads[card.adviser].card
            values = advised(values, own[card.adviser], card=card, adviser=adviser, languages=languages)
        return values

    def _check(self, encoding: Encoding) -> None:
        for name in self.names:
            wanted = self._heads[name].card.encoder
            if wanted != encoding.encoder:
                raise ModelError(
                    "heads.encoder",
                    received=f"features of {encoding.encoder}",
                    allowed=f"features of {wanted}, which the head {name} was trained on",
                    fix="Use that encoder, or train heads for this one and set TONGLI_HEADS to their folder.",
                )

    def _reading(self, encoding: Encoding, rows: Mapping[str, list[float]]) -> Reading:
        scores: dict[str, Score] = {}
        claims: list[Claim] = []
        for name, row in rows.items():
            card = self._heads[name].card
            values = dict(zip(card.labels, row, strict=True))
            single = card.scheme.kind in {"binary", "regression"}
            scores[name] = row[0] if single else values
            claims += claims_of(card, values, encoding.language)
        intensities = scores.get("intensity")
        if isinstance(intensities, Mapping):
            claims += intensity_claims(claims, intensities)
        return Reading(
            message=encoding.message,
            language=encoding.language,
            claims=tuple(claims),
            scores=scores,
            notes=_notes(encoding),
        )


def heads_in(folder: Path) -> tuple[str, ...]:
    """Heads whose files a folder holds: the built-in ones in the schemes' order, then others by name."""
    there = {path.stem for path in folder.glob("*.safetensors")}
    own = sorted(name for name in there - set(SCHEMES) if _is_head(folder / f"{name}.json"))
    return (*(name for name in SCHEMES if (folder / f"{name}.json").is_file()), *own)


def schemes_in(folder: Path | None) -> Schemes:
    """The built-in schemes, and those of the heads of one's own that a folder holds.

    Raises:
        ModelError: ``heads.card``.
    """
    own = [] if folder is None else [name for name in heads_in(folder) if name not in SCHEMES]
    return {**SCHEMES, **{name: load_card(folder / f"{name}.json").scheme for name in own if folder}}


def head_names(names: Sequence[str] | None, *, folder: Path | None = None) -> tuple[str, ...]:
    """Validated head names in the order of :func:`heads_in`.

    Args:
        names: in any order; ``None`` for all that the folder has.
        folder: which may also have heads of one's own; ``None`` for what ships.

    Raises:
        ConfigError: ``heads.unknown``.
    """
    there = () if folder is None else heads_in(folder)
    if names is None:
        return there or tuple(SCHEMES)
    known = (*SCHEMES, *(name for name in there if name not in SCHEMES))
    unknown = sorted(set(names) - set(known))
    if unknown or not names:
        raise ConfigError(
            "heads.unknown",
            received=", ".join(map(repr, unknown)) or "no head",
            allowed=", ".join(known),
            fix="Name heads from this list, separated by commas.",
        )
    return tuple(name for name in known if name in names)


def _is_head(path: Path) -> bool:
    """Whether a card is of a head: taggers have cards beside their arrays too."""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(card, dict) and card.get("head") == path.stem


def _notes(encoding: Encoding) -> tuple[str, ...]:
    notes = []
    if clean(encoding.message.text)[1]:
        notes.append("The text held broken characters; they were read as blanks.")
    if encoding.windows > 1:
        notes.append(f"The text is long; it was read in {encoding.windows} overlapping parts.")
    if encoding.language.abstained and not encoding.language.declared:
        notes.append("The language is not certain; give it if you know it.")
    return tuple(notes)
