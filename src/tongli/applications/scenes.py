"""Pictures to what the whole scene suggests, where an image encoder is installed."""

from __future__ import annotations

import os
from pathlib import Path

from tongli.core import ChannelReading, Settings
from tongli.emotion.scene import read_scene, unread_scene
from tongli.encoders.image.picture import Pixels, read_image
from tongli.encoders.image.scene import SceneEncoder
from tongli.knowledge.scenes import scene_prompts


class SceneReader:
    """Reads scenes, or abstains.

    Args:
        model: a folder or ``hf:NAME`` with CLIP or SigLIP as ONNX; ``None`` takes ``TONGLI_SCENE``, and
            without it every reading abstains.
        settings: cache and offline switch; ``None`` reads the environment.

    The constructor is cheap; the first picture loads the encoder.
    """

    def __init__(self, model: str | None = None, *, settings: Settings | None = None) -> None:
        self._model = model or os.environ.get("TONGLI_SCENE")
        self._settings = settings
        self._encoder: SceneEncoder | None = None

    def read_image(self, picture: Path | str | Pixels) -> ChannelReading:
        """What a picture suggests.

        Raises:
            ConfigError, ModelError: the encoder named cannot be found or read.
            InputError: as for :func:`tongli.encoders.image.picture.read_image`.
        """
        if not self._model:
            return unread_scene()
        pixels = read_image(Path(picture)) if isinstance(picture, Path | str) else picture
        if self._encoder is None:
            self._encoder = SceneEncoder(self._model, prompts=scene_prompts(), settings=self._settings)
        return read_scene(self._encoder.encode(pixels))
