"""What a subtitle is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Form = Literal["srt", "vtt", "ass", "ttml"]
Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """Something that was heard, with how sure it is.

    Attributes:
        label: in words, such as ``laughs`` or ``angry``.
        confidence: 0..1.
    """

    label: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    r"""One subtitle.

    Attributes:
        start: milliseconds from the beginning.
        end: milliseconds from the beginning.
        text: lines separated by ``\n``, with ``<i>``, ``<b>``, ``<u>``, ``<s>`` and further tags of the
            format.
        speaker: who speaks, as the file or the words say it; never guessed.
        emotion: how it is said.
        sound: what is heard beside speech.
        position: 1..9 as on a number pad, 2 is bottom centre; ``None`` is the player's own.
        name: identifier of the cue, where the format has one.
        settings: further settings in the words of the format it was read from.
        line: of the file where it stands, from 1; 0 for a cue that was not read.
    """

    start: int
    end: int
    text: str
    speaker: str | None = None
    emotion: Tag | None = None
    sound: Tag | None = None
    position: int | None = None
    name: str = ""
    settings: Settings = ()
    line: int = 0

    @property
    def duration(self) -> int:
        """Milliseconds on the screen."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The subtitles of a file.

    Attributes:
        form: the format it was read from, or is meant for.
        head: what the file says before its cues, in its own format: styles, regions, notes.
    """

    cues: tuple[Cue, ...]
    form: Form = "srt"
    head: str = ""
