"""S of a picture without regard to faces: which emotion's sentences it is nearest to."""

from __future__ import annotations

import numpy as np

from tongli.core import ChannelReading
from tongli.core.scene import SceneEncoding

_SCALE = 100.0
"""By which CLIP learnt to multiply cosines before softmax; SigLIP's 118 is near."""

_CEILING = 0.5
"""Probability of what the encoder is perfectly sure of: nothing measured allows more."""

_DECIDE_FROM = 0.4
NO_ENCODER = "no image encoder is installed"


def read_scene(encoding: SceneEncoding) -> ChannelReading:
    """What a picture suggests. Zero-shot and never calibrated on pictures, so that it stays below 0.5."""
    odds = np.exp(_SCALE * (encoding.likeness - encoding.likeness.max()))
    uniform = 1 / len(encoding.labels)
    kept = (_CEILING - uniform) / (1 - uniform)
    scores = kept * odds / odds.sum() + (1 - kept) * uniform
    best = int(scores.argmax())
    label = encoding.labels[best] if scores[best] >= _DECIDE_FROM else None
    return ChannelReading(
        channel="scene",
        scores={name: round(float(score), 4) for name, score in zip(encoding.labels, scores, strict=True)},
        label=label,
        reliability=_CEILING,
        reason=None if label else "nothing in the picture stands out",
        source=encoding.encoder,
    )


def unread_scene() -> ChannelReading:
    """The reading where no image encoder is installed."""
    return ChannelReading(channel="scene", reason=NO_ENCODER)
