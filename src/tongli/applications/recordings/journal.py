"""What a run over a recording has heard so far, on disk, so that a killed run goes on where it was.

The first line says which recording, model and language; each further line is one window of speech. A line
that was cut off is dropped, and a journal of another recording or model is written anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tongli.applications.sink import Sink
from tongli.core import StorageError, TranscriptSegment, TranscriptWord
from tongli.encoders.audio.transcribe import Heard

_FORMAT = 1
_HEAD = 1 << 20


class Journal:
    """A file of what was heard.

    Args:
        path: beside the output.
        head: what must be the same for the journal to count; see :func:`head_of`.
    """

    def __init__(self, path: Path, head: Mapping[str, Any]) -> None:
        self.path = path
        self._head = dict(head)
        self._sink = Sink(path)

    def open(self) -> list[Heard]:
        """What an earlier run left, ready for more.

        Raises:
            StorageError: ``storage.read``, ``storage.write``, ``storage.full``.
        """
        done, whole = self._read()
        self._sink.open(keep=whole)
        if not whole:
            self._append(self._head)
        return done

    def add(self, heard: Heard) -> None:
        """Write a window down; raises ``StorageError``."""
        self._append(_told(heard))

    def close(self) -> None:
        """Close the file; it stays."""
        self._sink.close()

    def _append(self, data: Mapping[str, Any]) -> None:
        self._sink.append(json.dumps(data, ensure_ascii=False).encode() + b"\n")

    def _read(self) -> tuple[list[Heard], int]:
        """Windows of the same recording, and how many bytes of the file are whole."""
        try:
            lines = self.path.read_bytes().splitlines(keepends=True)
        except FileNotFoundError:
            return [], 0
        except OSError as error:
            raise StorageError(
                "storage.read",
                received=f"{self.path.name}, which cannot be read ({error.strerror})",
                allowed="the readable journal of an earlier run",
                fix="Check its permissions and the disk, or remove it to start again.",
            ) from error
        if not lines or _parsed(lines[0]) != self._head:
            return [], 0
        done, whole = [], len(lines[0])
        for line in lines[1:]:
            heard = _heard(_parsed(line))
            if heard is None:
                break
            done.append(heard)
            whole += len(line)
        return done, whole


def head_of(recording: Path, *, model: str, lang: str | None) -> dict[str, Any]:
    """What tells one run from another: the recording's size and beginning, the model, the language."""
    with recording.open("rb") as file:
        digest = hashlib.sha256(file.read(_HEAD)).hexdigest()
    size = recording.stat().st_size
    return {"format": _FORMAT, "size": size, "sha256": digest, "model": model, "lang": lang}


def _parsed(line: bytes) -> Any:
    try:
        return json.loads(line) if line.endswith(b"\n") else None
    except ValueError:
        return None


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


def _heard(data: Any) -> Heard | None:
    try:
        return Heard(
            until=float(data["until"]),
            speech=float(data["speech"]),
            languages={str(tag): float(value) for tag, value in data["languages"].items()},
            segments=tuple(_segment(item) for item in data["segments"]),
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _segment(data: Mapping[str, Any]) -> TranscriptSegment:
    words = [
        TranscriptWord(text=str(text), times=(float(start), float(end)), confidence=float(confidence))
        for text, start, end, confidence in data["words"]
    ]
    return TranscriptSegment(words=tuple(words), turn=bool(data["turn"]))
