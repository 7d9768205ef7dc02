"""Pictures and videos to what their faces show: the whole way from a file to a reading."""

from __future__ import annotations

from pathlib import Path

from tongli.core import ChannelReading, Settings
from tongli.emotion.face import read_faces
from tongli.encoders.image.faces import FaceEncoder
from tongli.encoders.image.picture import Pixels, read_image
from tongli.encoders.video.faces import encode_video


class FaceReader:
    """Reads the faces of many files with models that are loaded once.

    Args:
        settings: cache and offline switch; ``None`` reads the environment.
    """

    def __init__(self, *, settings: Settings | None = None) -> None:
        self._encoder = FaceEncoder(settings=settings)

    def load(self) -> None:
        """Read the models now.

        Raises:
            ModelError: they cannot be had.
            ConfigError: ``image.package``.
        """
        self._encoder.load()

    def read_image(self, picture: Path | str | Pixels) -> ChannelReading:
        """What the faces of a picture show; raises as :func:`tongli.encoders.image.picture.read_image`."""
        pixels = read_image(Path(picture)) if isinstance(picture, Path | str) else picture
        return read_faces(self._encoder.encode(pixels))

    def read_video(self, path: Path | str) -> ChannelReading:
        """What faces show over a video; raises as :func:`tongli.encoders.video.faces.encode_video`."""
        return read_faces(encode_video(Path(path), self._encoder))
