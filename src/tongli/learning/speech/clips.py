"""Clips of speech with the feelings they were spoken with, from a manifest beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongli.core import ConfigError
from tongli.knowledge.speech_labels import speech_label
from tongli.learning.data.lines import UNREADABLE, opened


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One recording.

    Attributes:
        id: of the clip in its manifest.
        path: of the sound file.
        speaker: a name that tells this speaker from others in the same manifest, so that they are never on
            both sides of a split. It is used for nothing else, and no head learns it.
        emotion: as the manifest calls it.
        lang: BCP-47 tag, ``und`` where the manifest does not say.
        split: as the manifest calls it.
        source: of the data set; the manifest's folder where a line does not say.
        licence: SPDX identifier; ``unknown`` where neither the line nor the caller says.
    """

    id: str
    path: Path
    speaker: str
    emotion: str
    lang: str = "und"
    split: str = ""
    source: str = ""
    licence: str = "unknown"


def read_clips(manifest: Path, *, splits: Sequence[str] = (), licence: str = "unknown") -> list[Clip]:
    """Clips of a manifest: JSON lines with ``path``, ``speaker`` and ``emotion``; ``.gz`` too.

    Args:
        manifest: paths in it are relative to its folder.
        splits: keep clips of these only; all when empty.
        licence: of clips that do not name one.

    Raises:
        ConfigError: ``speech.manifest`` for a file or line of another form, ``speech.empty`` for no clips.
    """
    found = [clip for clip in _clips(manifest, licence=licence) if not splits or clip.split in splits]
    if not found:
        raise ConfigError(
            "speech.empty",
            received=f"{manifest.name} without clips" + (f" in {', '.join(splits)}" if splits else ""),
            allowed="a manifest with clips to learn from",
            fix="Check the file and --split.",
        )
    return found


def labelled(clips: Sequence[Clip]) -> list[tuple[Clip, str]]:
    """The clips whose feeling the speech channel can tell, each with its label."""
    named = ((clip, speech_label(clip.emotion)) for clip in clips)
    return [(clip, label) for clip, label in named if label is not None]


def _clips(manifest: Path, *, licence: str) -> Iterator[Clip]:
    number = 0
    try:
        with opened(manifest) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _clip(json.loads(line), manifest.absolute().parent, number=number, licence=licence)
    except (*UNREADABLE, ValueError, KeyError, TypeError, AttributeError, RecursionError) as broken:
        raise ConfigError(
            "speech.manifest",
            received=f"{manifest.name}, line {number}: {type(broken).__name__}",
            allowed="JSON lines with path, speaker and emotion",
            fix="Write one object a line; see docs/speech-emotion.md.",
        ) from broken


def _clip(row: dict[str, Any], folder: Path, *, number: int, licence: str) -> Clip:
    return Clip(
        id=str(row.get("id", number)),
        path=folder / row["path"],
        speaker=str(row["speaker"]),
        emotion=str(row["emotion"]),
        lang=str(row.get("lang", "und")),
        split=str(row.get("split", "")),
        source=str(row.get("source", folder.name)),
        licence=str(row.get("licence", licence)),
    )
