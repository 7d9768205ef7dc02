"""Evidence for formality: the words that mark it, where the tagger knows the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from tongli.core import Claim, Evidence, Reading, Tokens
from tongli.emotion.markers import Markers
from tongli.knowledge.tags import nearest


def with_marked(
    reading: Reading,
    *,
    tokens: Callable[[Sequence[str]], list[Tokens]],
    markers: Markers | None = None,
) -> Reading:
    """The reading in which a decided formality rests on the forms that mark it, surest first.

    The evidence stays as it is when no form is marked, in a language that the tagger was not trained on, and
    with an encoder that is not its own.

    Args:
        reading: with evidence by occlusion.
        tokens: reads token states of texts.
        markers: tagger of formal and informal forms; ``None`` takes the one that ships.

    Raises:
        ModelError: ``markers.card``, ``markers.arrays``.
    """
    if not any(_decided(claim) for claim in reading.claims):
        return reading
    markers = markers or _shipped()
    if not nearest(reading.language.tag, markers.card.languages):
        return reading
    (states,) = tokens([reading.message.text])
    if states.encoder != markers.card.encoder:
        return reading
    found = sorted(markers.spans(reading.message.text, states), key=lambda marker: -marker.score)
    evidence = {
        label: tuple(
            Evidence(span=(marker.start, marker.end), weight=marker.score)
            for marker in found
            if marker.label == label
        )
        for label in markers.card.labels
    }
    return replace(
        reading,
        claims=tuple(
            replace(claim, evidence=evidence.get(claim.label or "") or claim.evidence)
            if _decided(claim)
            else claim
            for claim in reading.claims
        ),
    )


def _decided(claim: Claim) -> bool:
    return claim.dimension == "formality" and not claim.abstained


@lru_cache(maxsize=1)
def _shipped() -> Markers:
    return Markers()
