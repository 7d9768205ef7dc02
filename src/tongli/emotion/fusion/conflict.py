"""Channels that contradict each other: kind words in an angry voice are a reading of their own.

A conflict is claimed where one channel shows something pleasant and another something painful. It says that
they differ, not which of them is true: irony, politeness and a mask of composure all look like this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from types import MappingProxyType

from tongli.core import Channel, ChannelReading, Claim, Evidence, Reading
from tongli.emotion.fusion.card import CHANNELS, LABELS
from tongli.emotion.fusion.signals import in_labels
from tongli.knowledge.needs import NEGATIVE

THRESHOLD = 0.5
"""Probability from which a conflict is claimed."""

_POLITE = 0.8
"""Probability from which words are polite enough to be at odds with an angry voice."""

_HOSTILE = ("anger", "disgust")
_SHOWS = MappingProxyType({"text": "the words show", "speech": "the voice shows", "face": "the face shows"})


def conflicts(reading: Reading, channels: Sequence[ChannelReading]) -> tuple[Claim, ...]:
    """A claim ``conflict`` for each pair of channels that contradict each other, strongest first.

    Its label names both sides (``text:joy speech:anger``), its score is the probability that one of them
    shows something pleasant and the other something painful, and its evidence is that of the words.

    Args:
        reading: of the words.
        channels: what each channel shows, in any order; those that abstain contradict nothing, but that
            polite words without a feeling of their own may be at odds with an angry voice or face.
    """
    decided = sorted(
        (each for each in channels if each.channel in CHANNELS and not each.abstained),
        key=lambda each: CHANNELS.index(each.channel),
    )
    found = [_pair(reading, one, other) for one, other in combinations(decided, 2)]
    if not any(each.channel == "text" for each in decided):
        found += [_polite(reading, each) for each in decided]
    claims = [claim for claim in found if claim is not None and claim.score >= THRESHOLD]
    return tuple(sorted(claims, key=lambda claim: -claim.score))


def _pair(reading: Reading, one: ChannelReading, other: ChannelReading) -> Claim | None:
    (joy, pain), (other_joy, other_pain) = _sides(one), _sides(other)
    return _claim(
        reading,
        {one.channel: _strongest(one), other.channel: _strongest(other)},
        score=joy * other_pain + pain * other_joy,
    )


def _polite(reading: Reading, other: ChannelReading) -> Claim | None:
    """Polite words against a hostile voice or face."""
    polite = next((claim for claim in reading.decided("politeness") if claim.label == "polite"), None)
    if polite is None or polite.score < _POLITE or _strongest(other) not in _HOSTILE:
        return None
    scores = in_labels(other.scores)
    hostile = sum(scores.get(label, 0.0) for label in _HOSTILE)
    return _claim(reading, {"text": "polite", other.channel: _strongest(other)}, score=polite.score * hostile)


def _claim(reading: Reading, sides: dict[Channel, str], *, score: float) -> Claim:
    return Claim(
        dimension="conflict",
        label=" ".join(f"{channel}:{label}" for channel, label in sides.items()),
        score=round(score, 4),
        evidence=_evidence(reading, sides.get("text")),
        reason=" but ".join(_told(channel, label) for channel, label in sides.items()),
        source="fusion",
    )


def _told(channel: Channel, label: str) -> str:
    return "the words are polite" if label == "polite" else f"{_SHOWS[channel]} {label}"


def _evidence(reading: Reading, label: str | None) -> tuple[Evidence, ...]:
    claims: Iterable[Claim] = (*reading.decided("emotion", scheme="ekman6"), *reading.decided("politeness"))
    return next((claim.evidence for claim in claims if claim.label == label), ())


def _sides(channel: ChannelReading) -> tuple[float, float]:
    """Probability of something pleasant, and of something painful."""
    scores = in_labels(channel.scores)
    return scores.get("joy", 0.0), sum(score for label, score in scores.items() if label in NEGATIVE)


def _strongest(channel: ChannelReading) -> str:
    scores = in_labels(channel.scores)
    return max(scores, key=lambda label: (scores[label], -LABELS.index(label)))
