"""Faces followed from frame to frame by where they are.

A track is a place that moves, nothing else: who leaves the picture and comes back is a new track, and no face
is ever compared with another.

References:
    Bochinski, Eiselein & Sikora (2017), "High-speed tracking-by-detection without using image information",
    AVSS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tongli.core.face import Box, Face
from tongli.encoders.image.detector import overlap

_SAME_FROM = 0.3
_PATIENCE = 1.5


class Tracker:
    """Numbers faces.

    Args:
        step: seconds between frames; a track that is not seen for 1.5 s or two steps ends.
    """

    def __init__(self, *, step: float) -> None:
        self._patience = max(_PATIENCE, 2 * step)
        self._following = 0
        self._seen: dict[int, tuple[Box, float]] = {}

    def cut(self) -> None:
        """The scene changes: nobody is where they were."""
        self._seen.clear()

    def update(self, faces: Sequence[Face], *, time: float) -> list[Face]:
        """The same faces with their time and track."""
        self._seen = {
            track: (box, last) for track, (box, last) in self._seen.items() if time - last <= self._patience
        }
        numbers = self._matched(faces)
        tracked = []
        for index, face in enumerate(faces):
            track = numbers.get(index)
            if track is None:
                track, self._following = self._following, self._following + 1
            self._seen[track] = face.box, time
            tracked.append(replace(face, time=time, track=track))
        return tracked

    def _matched(self, faces: Sequence[Face]) -> dict[int, int]:
        """Face → track, the pairs that overlap most first."""
        if not faces or not self._seen:
            return {}
        tracks = list(self._seen)
        last = np.array([self._seen[track][0] for track in tracks], np.float32)
        table = np.stack([overlap(np.array(face.box, np.float32), last) for face in faces])
        found: dict[int, int] = {}
        for place in np.argsort(-table, axis=None):
            index, column = (int(value) for value in np.unravel_index(place, table.shape))
            if table[index, column] < _SAME_FROM:
                break
            if index not in found and tracks[column] not in found.values():
                found[index] = tracks[column]
        return found
