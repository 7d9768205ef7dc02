"""What a run over a recording has heard so far; one window of speech a line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tongli.applications.journal import Journal
from tongli.core import TranscriptSegment, TranscriptWord
from tongli.encoders.audio.transcribe import Heard

_FORMAT = 1
_HEAD = 1 << 20


def heard_journal(path: Path, head: Mapping[str, Any]) -> Journal[Heard]:
    """The journal of a recording; ``head``: see :func:`head_of`."""
    return Journal(path, head, told=_told, read=_heard)


def head_of(recording: Path, *, model: str, lang: str | None) -> dict[str, Any]:
    """What tells one run from another: the recording's size and beginning, the model, the language."""
    with recording.open("rb") as file:
        digest = hashlib.sha256(file.read(_HEAD)).hexdigest()
    size = recording.stat().st_size
    return {"format": _FORMAT, "size": size, "sha256": digest, "model": model, "lang": lang}


def _told(heard: Heard) -> dict[str, Any]:
    return {
        "until": heard.until,
        "speech": heard.speech,
        "languages": dict(heard.languages),
        "segments": [
            {"turn": item.turn, "words": [[w.text, *w.times, w.confidence] for w in item.words]}
            for item in heard.segments
        ],
    }


def _heard(data: Any) -> Heard:
    return Heard(
        until=float(data["until"]),
        speech=float(data["speech"]),
        languages={str(tag): float(value) for tag, value in data["languages"].items()},
        segments=tuple(_segment(item) for item in data["segments"]),
    )


def _segment(data: Mapping[str, Any]) -> TranscriptSegment:
    words = [
        TranscriptWord(text=str(text), times=(float(start), float(end)), confidence=float(confidence))
        for text, start, end, confidence in data["words"]
    ]
    return TranscriptSegment(words=tuple(words), turn=bool(data["turn"]))
