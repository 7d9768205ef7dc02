"""The models that read media, one method a kind; none is imported before a message has media."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from tongli.core import ChannelReading, Transcript


class Readers(Protocol):
    """What :class:`tongli.channels.Channels` asks of media; all raise ``InputError`` for a broken file."""

    def hear(self, sound: Path, *, lang: str | None) -> Transcript:
        """The words of a sound or video file."""

    def voice(self, sound: Path) -> ChannelReading:
        """What the voice in a sound or video file shows."""

    def picture(self, image: Path) -> tuple[ChannelReading, ...]:
        """What faces and scene of a picture show."""

    def film(self, video: Path) -> tuple[ChannelReading, ...]:
        """What faces in a video show."""
