"""E of a picture as a whole: CLIP or SigLIP, where one is installed.

References:
    Radford et al. (2021), "Learning transferable visual models from natural language supervision", ICML.
    Zhai et al. (2023), "Sigmoid loss for language image pre-training", ICCV.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from onnxruntime.capi import onnxruntime_pybind11_state as runtime
from tokenizers import Tokenizer

from tongli.core import FloatArray, Settings
from tongli.core.scene import SceneEncoding
from tongli.encoders.image.picture import Pixels, resized
from tongli.encoders.image.scene_files import SceneFiles, broken_files, find_scene_files
from tongli.encoders.session import open_session

_CANNOT_RUN = (
    runtime.Fail,
    runtime.InvalidArgument,
    runtime.InvalidGraph,
    runtime.InvalidProtobuf,
    runtime.NotImplemented,
)
_VECTORS = ("image_embeds", "text_embeds", "pooler_output")


class SceneEncoder:
    """Pictures compared with sentences.

    Args:
        model: a folder or ``hf:NAME``, see :func:`find_scene_files`.
        prompts: label → sentences.
        settings: cache and offline switch; ``None`` reads the environment.

    Raises:
        ConfigError, ModelError: the model cannot be found or read.
    """

    def __init__(
        self, model: str, *, prompts: Mapping[str, Sequence[str]], settings: Settings | None = None
    ) -> None:
        files = find_scene_files(model, settings or Settings.from_env())
        self._name = files.name
        self._preprocessing = files.preprocessing
        self._labels = tuple(prompts)
        try:
            self._vision: Any = open_session(files.vision, fuse=True)
            self._sentences = _sentence_vectors(files, prompts)
        except _CANNOT_RUN as broken:
            raise broken_files(
                files.name, f"with a graph that cannot run ({type(broken).__name__})"
            ) from broken

    def encode(self, pixels: Pixels) -> SceneEncoding:
        """How near a picture is to each label's sentences."""
        batch = preprocessed(pixels, self._preprocessing)[None]
        name = self._vision.get_inputs()[0].name
        (vector,) = _unit(_run(self._vision, {name: batch}))
        likeness = np.asarray(self._sentences @ vector, np.float32)
        return SceneEncoding(labels=self._labels, likeness=likeness, encoder=self._name)


def preprocessed(pixels: Pixels, how: Mapping[str, Any]) -> FloatArray:
    """A picture as the encoder was taught to see it, ``(3, height, width)``.

    Args:
        pixels: the picture.
        how: ``preprocessor_config.json``.
    """
    size = how.get("size", {})
    edge = size.get("shortest_edge")
    if edge:
        scale = edge / min(pixels.shape[:2])
        height, width = (max(edge, round(side * scale)) for side in pixels.shape[:2])
    else:
        height, width = size["height"], size["width"]
    image = resized(pixels, (width, height))
    if how.get("do_center_crop"):
        crop = how["crop_size"]
        top, left = (height - crop["height"]) // 2, (width - crop["width"]) // 2
        image = image[top : top + crop["height"], left : left + crop["width"]]
    scaled = image * np.float32(how.get("rescale_factor", 1 / 255))
    mean, deviation = (np.asarray(how[name], np.float32) for name in ("image_mean", "image_std"))
    return np.ascontiguousarray(((scaled - mean) / deviation).transpose(2, 0, 1), np.float32)


def _sentence_vectors(files: SceneFiles, prompts: Mapping[str, Sequence[str]]) -> FloatArray:
    """Unit vectors ``(labels, width)``: the mean of each label's sentences."""
    session: Any = open_session(files.text)
    tokenizer = Tokenizer.from_file(str(files.tokenizer))
    tokenizer.no_padding()
    text = files.config.get("text_config", {})
    longest = text.get("max_position_embeddings", 77)
    tokenizer.enable_truncation(longest)
    if "siglip" in files.config.get("model_type", ""):
        tokenizer.enable_padding(length=longest, pad_id=text.get("pad_token_id", 1))  # as it was trained
    means = [
        _unit(np.concatenate([_sentence(session, tokenizer, prompt) for prompt in group])).mean(axis=0)
        for group in prompts.values()
    ]
    return _unit(np.stack(means))


def _sentence(session: Any, tokenizer: Tokenizer, prompt: str) -> FloatArray:
    ids = np.array([tokenizer.encode(prompt).ids], np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    return _run(session, {value.name: given[value.name] for value in session.get_inputs()})


def _run(session: Any, inputs: dict[str, Any]) -> FloatArray:
    """The output that holds one vector a row: by its usual name, else the first."""
    names = [value.name for value in session.get_outputs()]
    wanted = next((name for name in _VECTORS if name in names), names[0])
    return np.asarray(session.run([wanted], inputs)[0], np.float32)


def _unit(vectors: FloatArray) -> FloatArray:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9), np.float32)
