"""Expressions that no claim knows: suspected by how they look where they stand, and never explained."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path

from tongli.core import Claim, Evidence, Reading, Span, Tokens
from tongli.emotion.markers import Marker, Markers
from tongli.encoders.text import TextEncoder
from tongli.knowledge.tags import nearest

WHY = "it looks like an expression, but no claim knows it"
_TAKEN = frozenset({"idiom", "slang", "figurative", "culture-item"})
_LOW = 0.5
"""Highest score: a suspicion is never more than an even bet."""


def _shipped() -> Markers:
    return Markers(name="suspect", folder=Path(str(files("tongli.channels") / "weights")))


@dataclass(frozen=True, slots=True)
class Suspicions:
    """Adds an abstained claim ``idiom`` for each place that a tagger takes for an unknown expression.

    Attributes:
        encoder: whose token states the tagger reads.
        markers: the tagger.
    """

    encoder: TextEncoder
    markers: Markers = field(default_factory=_shipped)

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings with such claims, in languages that the tagger was trained on, with its encoder.

        Raises:
            ModelError: ``markers.card``, ``markers.arrays``, and for weights that cannot be had.
        """
        known = [bool(nearest(item.language.tag, self.markers.card.languages)) for item in readings]
        texts = [item.message.text for item, read in zip(readings, known, strict=True) if read]
        tokens = iter(self.encoder.tokens(texts) if texts else ())
        return [
            self._added(reading, next(tokens)) if read else reading
            for reading, read in zip(readings, known, strict=True)
        ]

    def _added(self, reading: Reading, tokens: Tokens) -> Reading:
        if tokens.encoder != self.markers.card.encoder:
            return reading
        found = self.markers.spans(reading.message.text, tokens)
        return replace(reading, claims=(*reading.claims, *_claims(reading, found)))


def _claims(reading: Reading, found: Sequence[Marker]) -> Iterator[Claim]:
    """What is two words at least, and not known already."""
    taken = [item.span for claim in reading.claims if claim.dimension in _TAKEN for item in claim.evidence]
    for marker in found:
        span = (marker.start, marker.end)
        if len(reading.message.text[slice(*span)].split()) > 1 and not _meets(span, taken):
            yield Claim(
                dimension="idiom",
                label=None,
                score=min(_LOW, marker.score),
                evidence=(Evidence(span=span, weight=marker.score),),
                abstained=True,
                reason=WHY,
                source="tagger:suspect",
            )


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
