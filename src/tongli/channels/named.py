"""Emotions where a message does nothing but name the writer's own: the word decides, not the mean of texts.

A head that learnt from posts reads "I am furious." as the posts that hold the word; people who write nothing
else say what they feel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tongli.core import Claim, Reading, Score
from tongli.core.odds import log_odds, logistic
from tongli.emotion.card import Card
from tongli.emotion.claims import claims_of, intensity_claims
from tongli.emotion.heads import Heads
from tongli.knowledge.named_feelings import named_feeling
from tongli.knowledge.tags import primary

HEAD: Final = "ekman6"
_ABOVE: Final = 2.0
"""Log-odds that the named emotion lies above its threshold, at least."""
_BELOW: Final = 1.0
"""Log-odds that others lie below theirs, at least."""
_DIGITS: Final = 4


class Named:
    """Reads emotions again where a message names the writer's own and says nothing else.

    Args:
        heads: that the readings come from.
    """

    def __init__(self, heads: Heads) -> None:
        self._heads = heads

    def __call__(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings; those without such a message, or without the head, as they are."""
        return [self._read(each) if HEAD in each.scores else each for each in readings]

    def _read(self, reading: Reading) -> Reading:
        named = named_feeling(reading.message.text, lang=primary(reading.language.tag))
        values = reading.scores[HEAD]
        if named is None or not isinstance(values, dict):
            return reading
        card = self._heads.card(HEAD)
        scores = {**reading.scores, HEAD: _raised(values, named, card=card, tag=reading.language.tag)}
        return replace(reading, scores=scores, claims=_claims(reading, scores, card=card))


def _raised(values: dict[str, float], named: str, *, card: Card, tag: str) -> dict[str, float]:
    """The values with the named one above its threshold and the others below theirs."""
    found = {}
    for label, threshold in zip(card.labels, card.thresholds.of(tag), strict=True):
        odds, least = log_odds(values[label]), log_odds(threshold)
        odds = max(odds, least + _ABOVE) if label == named else min(odds, least - _BELOW)
        found[label] = round(logistic(odds), _DIGITS)
    return found


def _claims(reading: Reading, scores: dict[str, Score], *, card: Card) -> tuple[Claim, ...]:
    """The claims with those of the head made anew, in their place."""
    own = [claim for claim in reading.claims if claim.source == f"head:{HEAD}"]
    values, intensities = scores[HEAD], scores.get("intensity")
    assert isinstance(values, dict)  # noqa: S101 - a multi-label head has a value a label
    made = claims_of(card, values, reading.language)
    if isinstance(intensities, dict):
        made += intensity_claims(made, intensities)
    rest = [each for each in reading.claims if each not in own and each.dimension != "intensity"]
    return (*made, *rest)
