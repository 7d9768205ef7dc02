"""Put variants of a text in the order in which people are likely to take them up, with reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tongli.applications.each_line import Record, each_record
from tongli.applications.job import Job, Tally
from tongli.applications.records import read_lang
from tongli.applications.write.appeal import Appeal, load_appeal
from tongli.core import Evidence, InputError, Message, Reading
from tongli.core.text import json_kind, require_text
from tongli.emotion.evidence import hidden_both_ways, join, shapley, strongest
from tongli.encoders.segment import words
from tongli.knowledge import tags
from tongli.pipeline import Tongli

MOST = 50
"""Variants a line."""

_UNITS = 24
_CLEAR = 0.55
"""Probability of winning from which one variant is said to be ahead of the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One variant in its place.

    Attributes:
        index: of the variant as given.
        wins: mean probability of being taken up more often than each of the others.
        feeling: strongest decided emotion of a reader's view of it; ``None`` when none is decided.
        evidence: words that carry its worth, strongest first.
    """

    index: int
    wins: float
    feeling: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Variants, the likeliest first.

    Attributes:
        ranked: every variant.
        abstained: nobody should rely on the order.
        reason: why not.
    """

    ranked: tuple[Ranked, ...]
    abstained: bool = False
    reason: str | None = None


def rank(variants: Sequence[str], *, lang: str, tongli: Tongli, appeal: Appeal | None = None) -> Ranking:
    """Rank variants of one text, such as headlines of a story or subjects of a mail.

    Args:
        variants: at least two texts.
        lang: BCP-47 tag of the audience's language.
        tongli: reads them.
        appeal: weights; those that ship by default.

    Raises:
        InputError: ``rank.variants`` for fewer than two.
        ModelError: as :func:`load_appeal`, and from the encoder.
    """
    if not 2 <= len(variants) <= MOST:
        raise _variants(f"{len(variants)} variant(s)")
    encodings = tongli.encode([Message(text, lang=lang) for text in variants])
    appeal = appeal or load_appeal(encoder=encodings[0].encoder)
    features = np.stack([encoding.features for encoding in encodings])
    wins = appeal.wins(features)
    order = np.argsort(-appeal.worth(features), kind="stable").tolist()
    readings = tongli.heads.read(encodings)
    ranked = tuple(
        Ranked(
            index=at,
            wins=round(float(np.delete(wins[at], at).mean()), 4),
            feeling=_feeling(readings[at]),
            evidence=_evidence(variants[at], tongli=tongli, appeal=appeal),
        )
        for at in order
    )
    reason = _doubt(appeal, lang=lang, ahead=float(wins[order[0], order[1]]))
    return Ranking(ranked=ranked, abstained=reason is not None, reason=reason)


def rank_lines(
    job: Job, *, tongli: Tongli, tally: Tally | None = None, progress: Callable[[Tally], None] | None = None
) -> Tally:
    """Run a job: one output line for every line that can be read, one errors line for every other.

    Lines have ``id``, ``variants`` and ``audience``: a BCP-47 tag, or an object with ``lang`` or ``locale``.
    Output lines have ``id``, ``order`` (indices, the likeliest first), ``ranked``, ``abstained``, ``reason``.

    Raises:
        TongliError: as :func:`tongli.applications.each_line.each_line` and :func:`rank`.
    """

    def of(record: Record) -> dict[str, Any]:
        variants = _read_variants(record, max_chars=job.max_chars)
        ranking = rank(variants, lang=_audience(record, job.lang), tongli=tongli)
        return to_dict(ranking, variants)

    return each_record(job, of, tally=tally, progress=progress)


def to_dict(ranking: Ranking, variants: Sequence[str]) -> dict[str, Any]:
    """The ranking as plain data."""
    return {
        "order": [item.index for item in ranking.ranked],
        "ranked": [
            {
                "variant": item.index,
                "wins": item.wins,
                "feeling": item.feeling,
                "reasons": [
                    {
                        "span": list(found.span),
                        "words": _cut(variants[item.index], found),
                        "weight": found.weight,
                    }
                    for found in item.evidence
                ],
            }
            for item in ranking.ranked
        ],
        "abstained": ranking.abstained,
        "reason": ranking.reason,
    }


def _read_variants(record: Mapping[str, Any], *, max_chars: int) -> list[str]:
    found = record.get("variants")
    if not isinstance(found, list):
        raise _variants(
            f'a "variants" that is {json_kind(found)}' if "variants" in record else 'no "variants"'
        )
    return [require_text(text, max_chars=max_chars) for text in found]


def _audience(record: Mapping[str, Any], default: str | None) -> str:
    found = record.get("audience")
    if isinstance(found, dict):
        found = found.get("locale") or found.get("lang")
    lang = read_lang({"lang": found}) or default
    if lang is not None:
        return lang
    raise InputError(
        "rank.audience",
        received='an "audience" without a language' if "audience" in record else 'no "audience"',
        allowed='a BCP-47 tag such as "en-GB", or an object with "locale" or "lang"',
        fix='Say who the variants are for in "audience", or for all lines with --for.',
    )


def _variants(received: str) -> InputError:
    return InputError(
        "rank.variants",
        received=received,
        allowed=f"a list of 2 to {MOST} texts",
        fix="Give the variants of one text that are to be compared.",
    )


def _evidence(text: str, *, tongli: Tongli, appeal: Appeal) -> tuple[Evidence, ...]:
    units = join(words(text), most=_UNITS)
    if not units:
        return ()
    hidden = hidden_both_ways(text, units)
    return strongest(units, shapley(appeal.worth(tongli.encoder.features(hidden)), len(units)))


def _feeling(reading: Reading) -> str | None:
    return next((claim.label for claim in reading.decided("emotion", scheme="ekman6")), None)


def _doubt(appeal: Appeal, *, lang: str, ahead: float) -> str | None:
    if not any(tags.same_language(lang, known) for known in appeal.card.languages):
        return f"measured in {', '.join(appeal.card.languages)} only"
    if ahead < _CLEAR:
        return "no variant is clearly ahead"
    return None


def _cut(text: str, found: Evidence) -> str:
    return text[slice(*found.span)]
