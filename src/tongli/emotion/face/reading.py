"""Faces to one reading: over time and faces, with how many of them agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from tongli.core import ChannelReading, FloatArray, Moment, Times
from tongli.core.face import Face, FaceEncoding
from tongli.emotion.face.calibration import FACE_LABELS, decided, probabilities

NOTE = "what faces show, not what is felt"
_MAX_WINDOWS = 600


def read_faces(encoding: FaceEncoding) -> ChannelReading:
    """What the faces of a picture or a video show.

    ``moments`` has one item a face of a picture, and one a second and face of a video of up to ten minutes;
    of a longer one, at most 600 a face. ``details`` has ``faces``: how many there are (in a video,
    tracks: a person who comes back is a new one); ``read``: how many of them could be read; ``agree``: how
    many of these show the decided label.
    """
    read = [face for face in encoding.faces if face.logits is not None]
    details = _details(encoding, read)
    if not read:
        reason = _why_unread(encoding.faces)
        return ChannelReading(channel="face", reason=reason, details=details, source=encoding.encoder)
    scores = probabilities(np.stack([face.logits for face in read if face.logits is not None]))
    weights = np.array([face.quality for face in read], np.float32)
    overall = _mean(scores, weights)
    label, tracks = decided(overall), _tracks(read, scores, weights)
    shown = [decided(track) for track in tracks.values()]
    readable = len({face.time for face in read}) / max(encoding.frames, 1)
    return ChannelReading(
        channel="face",
        scores=_named(overall),
        label=label,
        reliability=round(float(weights.mean()) * min(readable, 1.0), 4),
        reason=None if label else _why_undecided(shown),
        moments=_moments(encoding, read, scores, weights),
        details={**details, "agree": sum(one == label for one in shown) if label else 0},
        source=encoding.encoder,
    )


def _details(encoding: FaceEncoding, read: Sequence[Face]) -> dict[str, float | int | str]:
    details: dict[str, float | int | str] = {
        "faces": len({face.track for face in encoding.faces}),
        "read": len({face.track for face in read}),
        "note": NOTE,
    }
    if encoding.seconds is not None:
        details |= {"seconds": round(encoding.seconds, 3), "frames": encoding.frames}
    return details


def _why_unread(faces: Sequence[Face]) -> str:
    reasons = Counter(face.unfit for face in faces)
    if not reasons:
        return "no face was found"
    return "no face can be read: " + ", ".join(str(reason) for reason, _ in reasons.most_common())


def _why_undecided(shown: Sequence[str | None]) -> str:
    if len({label for label in shown if label}) > 1:
        return "the faces show different expressions"
    return "no expression stands out"


def _tracks(read: Sequence[Face], scores: FloatArray, weights: FloatArray) -> dict[int, FloatArray]:
    """Mean scores of each track."""
    numbers = np.array([face.track for face in read])
    return {
        int(track): _mean(scores[numbers == track], weights[numbers == track]) for track in np.unique(numbers)
    }


def _moments(
    encoding: FaceEncoding, read: Sequence[Face], scores: FloatArray, weights: FloatArray
) -> tuple[Moment, ...]:
    """Mean scores of each track in each window of time."""
    seconds = encoding.seconds or 0.0
    window = max(1.0, encoding.step, seconds / _MAX_WINDOWS)
    places = [(int(face.time // window), face.track) for face in read]
    rows: dict[tuple[int, int], list[int]] = {}
    for row, place in enumerate(places):
        rows.setdefault(place, []).append(row)
    return tuple(
        _moment(_mean(scores[found], weights[found]), _times(number, window, seconds), track)
        for (number, track), found in sorted(rows.items())
    )


def _moment(scores: FloatArray, times: Times, track: int) -> Moment:
    return Moment(times=times, scores=_named(scores), label=decided(scores), track=track)


def _times(number: int, window: float, seconds: float) -> Times:
    return round(number * window, 3), round(min((number + 1) * window, seconds), 3)


def _mean(scores: FloatArray, weights: FloatArray) -> FloatArray:
    return np.asarray(np.average(scores, axis=0, weights=weights + 1e-6), np.float32)


def _named(scores: FloatArray) -> dict[str, float]:
    return {label: round(float(score), 4) for label, score in zip(FACE_LABELS, scores, strict=True)}
