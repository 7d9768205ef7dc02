"""What the current model sees in a set of records: features, and a reading of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import FloatArray, InputError, IntArray, Message, Reading, Score
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.annotate.acquire import entropy
from tongli.learning.annotate.controls import Values
from tongli.learning.annotate.labelstudio import Suggestion
from tongli.learning.data.record import Record
from tongli.pipeline import Tongli

_BATCH = 256

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Records as a model sees them.

    Attributes:
        records: n of them, each with a text.
        features: shape ``(n, width)``, of the encoder.
        pieces: of each text, of the same encoder.
        readings: n of them.
        encoder: id of the encoder.
    """

    records: tuple[Record, ...]
    features: FloatArray
    pieces: tuple[IntArray, ...]
    readings: tuple[Reading, ...]
    encoder: str

    @property
    def languages(self) -> list[str]:
        """Tag of each record: its own, or the identified one where it has none."""
        return [
            reading.language.tag if record.lang == "und" else record.lang
            for record, reading in zip(self.records, self.readings, strict=True)
        ]

    def values(self, head: str) -> FloatArray:
        """Calibrated values ``(n, labels)`` of one head, in the order of its scheme."""
        return np.array([_row(reading.scores[head], head) for reading in self.readings], np.float32)

    def suggestion(self, index: int) -> Suggestion:
        """What the model would answer for one record."""
        reading = self.readings[index]
        heads = {head: suggested(reading, head) for head in reading.scores}
        sure = [
            1 - float(entropy(np.array(_row(reading.scores[head], head), np.float32), head=head))
            for head, values in heads.items()
            if values is not None and SCHEMES[head].kind not in {"ordinal", "regression"}
        ]
        return Suggestion(
            values={head: values for head, values in heads.items() if values is not None},
            model=self.encoder,
            confidence=round(sum(sure) / len(sure), 4) if sure else None,
        )


def survey(records: Sequence[Record], *, tongli: Tongli, progress: Progress = lambda _: None) -> Survey:
    """Read every record.

    Args:
        records: at least one, all with a text.
        tongli: the model; its heads decide what is read.
        progress: told how many are done after each batch.

    Raises:
        InputError: ``annotate.none``, ``annotate.text``, ``input.*``.
        ModelError: when the weights are missing or do not fit.
    """
    if not records:
        raise InputError(
            "annotate.none", received="no record", allowed="at least one", fix="Check the input file."
        )
    for record in records:
        if not record.text.strip():
            raise InputError(
                "annotate.text",
                received=f"the record {record.id} without a text",
                allowed="records with a text, which is what the model reads",
                fix="Leave these records out, or export them without suggestions.",
            )
    features, pieces, readings = [], [], []
    for start in range(0, len(records), _BATCH):
        batch = [
            Message(record.text, lang=None if record.lang == "und" else record.lang)
            for record in records[start : start + _BATCH]
        ]
        encodings = tongli.encode(batch)
        features += [encoding.features for encoding in encodings]
        pieces += [encoding.pieces for encoding in encodings]
        readings += tongli.heads.read(encodings)
        progress(len(readings))
    return Survey(
        records=tuple(records),
        features=np.stack(features),
        pieces=tuple(pieces),
        readings=tuple(readings),
        encoder=tongli.encoder.id,
    )


def suggested(reading: Reading, head: str) -> Values | None:
    """Hard values of one head as the model decides them; ``None`` where it abstains."""
    scheme = SCHEMES[head]
    claims = [claim for claim in reading.claims if claim.source == f"head:{head}"]
    if any(claim.abstained for claim in claims):
        return None
    if scheme.kind in {"ordinal", "regression"}:
        return dict(zip(scheme.labels, _row(reading.scores[head], head), strict=True))
    decided = {claim.label for claim in claims}
    return {label: float(label in decided) for label in scheme.labels}


def _row(score: Score, head: str) -> list[float]:
    return [score] if isinstance(score, float) else [score[label] for label in SCHEMES[head].labels]
