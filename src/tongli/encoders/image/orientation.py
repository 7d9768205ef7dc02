"""Which way up a picture is, as its faces tell: not every program keeps the note of the camera."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from tongli.encoders.image.crop import tilt_of
from tongli.encoders.image.detector import Detection, Detector
from tongli.encoders.image.picture import Pixels

_SIDEWAYS = (1, 3, 2)
"""Counterclockwise quarter turns in which a picture without a face is searched again, likeliest first."""

_LONG_SIDE = 640
"""The size of that search: it is only there to find large faces that stand on their side."""


def upright(pixels: Pixels, detect: Detector) -> tuple[Pixels, list[Detection]]:
    """The picture with most of its faces the right way up, and where they are in it."""
    found = detect(pixels)
    if found:
        turns = quarter_turns(found)
        turned = np.ascontiguousarray(np.rot90(pixels, turns))
        again = detect(turned) if turns else []
        return (turned, again) if again else (pixels, found)
    for turns in _SIDEWAYS:
        turned = np.ascontiguousarray(np.rot90(pixels, turns))
        if again := detect(turned, long_side=_LONG_SIDE):
            return turned, again
    return pixels, []


def quarter_turns(found: Sequence[Detection]) -> int:
    """Counterclockwise quarter turns, 0..3, after which most faces are upright."""
    turns = Counter(round(tilt_of(face) / (np.pi / 2)) % 4 for face in found)
    return max(sorted(turns), key=lambda count: turns[count])
