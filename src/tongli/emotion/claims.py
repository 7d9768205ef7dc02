"""Calibrated values → claims: what is decided, and what is not."""

from __future__ import annotations

from collections.abc import Mapping

from tongli.core import Claim, Language
from tongli.emotion.card import Card

_OPPOSITES = {"politeness": "impolite", "formality": "informal"}


def claims_of(card: Card, values: Mapping[str, float], language: Language) -> list[Claim]:
    """Claims of one head about one text.

    Args:
        card: of the head.
        values: label → calibrated value.
        language: of the text; its thresholds apply, and an unseen one makes the head more careful.
    """
    if card.scheme.kind == "multilabel":
        return _multilabel(card, values, language)
    if card.scheme.kind == "multiclass":
        return [_multiclass(card, values, language)]
    if card.scheme.kind == "binary":
        return [_binary(card, values, language)]
    if card.scheme.kind == "regression":
        return [_regression(card, values, language)]
    return []  # intensities become claims beside the emotions they belong to


def intensity_claims(emotions: list[Claim], intensities: Mapping[str, float]) -> list[Claim]:
    """One intensity claim (0..3) for each decided ekman6 emotion."""
    return [
        Claim(
            dimension="intensity",
            label=claim.label,
            score=intensities[claim.label],
            scheme="ekman6",
            source="head:intensity",
        )
        for claim in emotions
        if claim.scheme == "ekman6" and claim.label is not None and not claim.abstained
    ]


def _multilabel(card: Card, values: Mapping[str, float], language: Language) -> list[Claim]:
    thresholds = dict(zip(card.labels, card.thresholds.of(language.tag), strict=True))
    decided = [label for label, value in values.items() if value >= thresholds[label]]
    if decided:
        ranked = sorted(decided, key=lambda label: -values[label])
        return [_claim(card, label=label, score=values[label]) for label in ranked]
    nearest = max(values, key=lambda label: values[label] - thresholds[label])
    if values[nearest] >= thresholds[nearest] - card.doubt:
        reason = f"no label reaches its threshold; {nearest} comes close"
        return [_abstain(card, score=values[nearest], reason=reason)]
    if language.abstained and not language.declared:
        return [_abstain(card, score=values[nearest], reason="the language is not certain")]
    return []


def _multiclass(card: Card, values: Mapping[str, float], language: Language) -> Claim:
    best = max(values, key=lambda label: values[label])
    threshold = dict(zip(card.labels, card.thresholds.of(language.tag), strict=True))[best]
    if values[best] < threshold + _caution(card, language):
        return _abstain(card, score=values[best], reason=f"{best} is not probable enough to decide")
    return _claim(card, label=best, score=values[best])


def _binary(card: Card, values: Mapping[str, float], language: Language) -> Claim:
    label = card.labels[0]
    value = values[label]
    confidence = max(value, 1 - value)
    if not card.knows(language.tag):
        return _abstain(card, score=value, reason=_untrained(card))
    if confidence < card.thresholds.of(language.tag)[0]:
        return _abstain(card, score=value, reason="neither side is probable enough to decide")
    chosen = label if value >= 0.5 else _OPPOSITES.get(card.head, f"not {label}")
    return _claim(card, label=chosen, score=confidence)


def _regression(card: Card, values: Mapping[str, float], language: Language) -> Claim:
    label = card.labels[0]
    if not card.knows(language.tag):
        return _abstain(card, score=values[label], reason=_untrained(card))
    return _claim(card, label=label, score=values[label])


def _untrained(card: Card) -> str:
    return f"trained on {', '.join(card.languages)} only"


def _caution(card: Card, language: Language) -> float:
    return 0.0 if card.knows(language.tag) else card.doubt


def _claim(card: Card, *, label: str, score: float) -> Claim:
    return Claim(
        dimension=card.scheme.dimension,
        label=label,
        score=score,
        scheme=card.head if card.scheme.dimension == "emotion" else None,
        source=f"head:{card.head}",
    )


def _abstain(card: Card, *, score: float, reason: str) -> Claim:
    return Claim(
        dimension=card.scheme.dimension,
        label=None,
        score=score,
        scheme=card.head if card.scheme.dimension == "emotion" else None,
        abstained=True,
        reason=reason,
        source=f"head:{card.head}",
    )
