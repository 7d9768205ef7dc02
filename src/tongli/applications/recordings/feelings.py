"""What the voice shows while each segment is said, as tags for subtitles."""

from __future__ import annotations

from collections.abc import Sequence

from tongli.applications.subtitles.cue import Tag
from tongli.core import ChannelReading, Moment, Times, TranscriptSegment

_PLAIN = frozenset({"neutral", "calm"})
"""What needs no tag."""


def tags_of(segments: Sequence[TranscriptSegment], reading: ChannelReading) -> list[Tag | None]:
    """For each segment the emotion that the voice shows, ``None`` where nothing is sure or worth a tag.

    Its confidence is the probability of the label over the time of the segment. Where the reading as a whole
    abstains because the sound is too poor, there are no tags at all.
    """
    if not reading.scores:
        return [None] * len(segments)
    return [_tag(segment.times, reading.moments) for segment in segments]


def _tag(times: Times, moments: Sequence[Moment]) -> Tag | None:
    shares = [(moment, _shared(times, moment.times)) for moment in moments]
    shares = [(moment, share) for moment, share in shares if share > 0]
    if not shares or any(moment.label is None for moment, _ in shares):
        return None
    total = sum(share for _, share in shares)
    means = {
        label: sum(moment.scores.get(label, 0.0) * share for moment, share in shares) / total
        for label in shares[0][0].scores
    }
    best = max(means, key=lambda label: means[label])
    return None if best in _PLAIN else Tag(best, means[best])


def _shared(one: Times, other: Times) -> float:
    return max(0.0, min(one[1], other[1]) - max(one[0], other[0]))
