"""Texts that show one of the fusion's labels, from sets whose texts no head has learnt from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tongli.core import FloatArray, Message
from tongli.core.protocols import Emotion, Encoder
from tongli.emotion.fusion.card import LABELS
from tongli.emotion.fusion.words import head_values
from tongli.knowledge.needs import EKMAN_OF_GOEMOTION
from tongli.learning.tasks import Record, read_set

SETS = (("goemotions", "Apache-2.0"), ("brighter", "CC-BY-4.0"))
"""Folder and licence of each set. Its development file is read: heads are too sure of what they learnt."""

_BATCH = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A text with the one label that its readers agreed on.

    Attributes:
        text, lang: as the set has them.
        label: of ``LABELS``.
        source: the set.
    """

    text: str
    lang: str
    label: str
    source: str

    @property
    def learnt(self) -> bool:
        """Whether the fusion learns from it: one half, by a digest of the text; figures are of the other."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).digest()[0] % 2 == 0


def labelled_texts(data: Path) -> list[LabelledText]:
    """Texts of one label, without those that are neutral as far as they were annotated.

    Raises:
        InputError: ``data.missing``, ``data.broken``.
    """
    found = []
    for source, _ in SETS:
        for record in read_set(data / source / "dev.jsonl.gz"):
            labels = set(_labels(record))
            if len(labels) == 1 and record["text"].strip():
                text, lang, label = record["text"], record["lang"], labels.pop()
                found.append(LabelledText(text=text, lang=lang, label=label, source=source))
    return found


def read_values(texts: Iterable[LabelledText], *, encoder: Encoder, heads: Emotion) -> FloatArray:
    """What the heads make of the texts, as :func:`head_values`, ``(texts, 10)``."""
    messages = [Message(item.text, lang=item.lang) for item in texts]
    rows: list[FloatArray] = []
    for start in range(0, len(messages), _BATCH):
        readings = heads.read(encoder.encode(messages[start : start + _BATCH]))
        rows += [head_values(reading.scores) for reading in readings]
    return np.stack(rows)


def _labels(record: Record) -> Iterator[str]:
    if not record["labels"] and not record.get("not_annotated"):
        yield "neutral"
    for name in record["labels"]:
        label = EKMAN_OF_GOEMOTION.get(name, name)
        if label in LABELS:
            yield label
