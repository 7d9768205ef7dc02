"""The scene of a picture, where an image encoder is installed."""

from __future__ import annotations

import os
from functools import cached_property

from tongli.core import ChannelReading, Settings
from tongli.emotion.scene import read_scene, unread_scene
from tongli.encoders.image.picture import Pixels
from tongli.encoders.image.scene import SceneEncoder
from tongli.knowledge.scenes import scene_prompts


class Scenes:
    """Reads scenes, or abstains.

    Args:
        settings: cache and offline switch.
        model: a folder or ``hf:NAME`` with CLIP or SigLIP as ONNX; ``None`` takes ``TONGLI_SCENE``, and
            without it every reading abstains.

    The constructor is cheap; the first picture loads the encoder.
    """

    def __init__(self, settings: Settings, *, model: str | None = None) -> None:
        self._settings = settings
        self._model = model or os.environ.get("TONGLI_SCENE")

    def read(self, pixels: Pixels) -> ChannelReading:
        """What a picture suggests.

        Raises:
            ConfigError, ModelError: the encoder named cannot be found or read.
        """
        return read_scene(self._encoder.encode(pixels)) if self._encoder else unread_scene()

    @cached_property
    def _encoder(self) -> SceneEncoder | None:
        if not self._model:
            return None
        return SceneEncoder(self._model, prompts=scene_prompts(), settings=self._settings)
