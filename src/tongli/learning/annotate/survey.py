"""What the current model sees in a set of records: features, and a reading of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import Encoding, FloatArray, InputError, IntArray, Message, Reading, Score
from tongli.knowledge.schemes import Scheme, Schemes
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
        languages: tag of each record: its own, or the identified one where it has none.
        encoder: id of the encoder.
        readings: n of them, or none where no head was asked.
        schemes: of the heads that were asked.
    """

    records: tuple[Record, ...]
    features: FloatArray
    pieces: tuple[IntArray, ...]
    languages: tuple[str, ...]
    encoder: str
    readings: tuple[Reading, ...]
    schemes: Schemes

    def values(self, head: str) -> FloatArray:
        """Calibrated values ``(n, labels)`` of one head, in the order of its scheme."""
        scheme = self.schemes[head]
        return np.array([_row(reading.scores[head], scheme) for reading in self.readings], np.float32)

    def suggestion(self, index: int) -> Suggestion:
        """What the model would answer for one record."""
        reading = self.readings[index]
        heads = {head: suggested(reading, scheme) for head, scheme in self.schemes.items()}
        decided = {head: values for head, values in heads.items() if values is not None}
        sure = [
            1 - float(entropy(np.array(_row(reading.scores[head], scheme), np.float32), scheme=scheme))
            for head, scheme in self.schemes.items()
            if head in decided and scheme.kind not in {"ordinal", "regression"}
        ]
        return Suggestion(
            values=decided,
            model=self.encoder,
            confidence=round(sum(sure) / len(sure), 4) if sure else None,
        )


def survey(
    records: Sequence[Record], *, tongli: Tongli, read: bool = True, progress: Progress = lambda _: None
) -> Survey:
    """Encode every record, and read it.

    Args:
        records: at least one, all with a text.
        tongli: the model; its heads decide what is read.
        read: ask the heads; features and languages need none.
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
    encodings: list[Encoding] = []
    readings: list[Reading] = []
    for start in range(0, len(records), _BATCH):
        batch = [
            Message(record.text, lang=None if record.lang == "und" else record.lang)
            for record in records[start : start + _BATCH]
        ]
        new = tongli.encode(batch)
        encodings += new
        readings += tongli.heads.read(new) if read else ()
        progress(len(encodings))
    return Survey(
        records=tuple(records),
        features=np.stack([encoding.features for encoding in encodings]),
        pieces=tuple(encoding.pieces for encoding in encodings),
        languages=tuple(
            encoding.language.tag if record.lang == "und" else record.lang
            for record, encoding in zip(records, encodings, strict=True)
        ),
        encoder=tongli.encoder.id,
        readings=tuple(readings),
        schemes={name: tongli.heads.card(name).scheme for name in tongli.heads.names} if read else {},
    )


def suggested(reading: Reading, scheme: Scheme) -> Values | None:
    """Hard values of one head as the model decides them; ``None`` where it abstains."""
    claims = [claim for claim in reading.claims if claim.source == f"head:{scheme.name}"]
    if any(claim.abstained for claim in claims):
        return None
    if scheme.kind in {"ordinal", "regression"}:
        return dict(zip(scheme.labels, _row(reading.scores[scheme.name], scheme), strict=True))
    decided = {claim.label for claim in claims}
    return {label: float(label in decided) for label in scheme.labels}


def _row(score: Score, scheme: Scheme) -> list[float]:
    return [score] if isinstance(score, float) else [score[label] for label in scheme.labels]
