"""Where an image encoder comes from: a folder or a hub, with CLIP or SigLIP as ONNX graphs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tongli.core import ConfigError, ModelError, Settings
from tongli.core.hub import hub_folder

_VISION, _TEXT = "vision_model.onnx", "text_model.onnx"
_PREPROCESSING = ("size", "image_mean", "image_std")
_CONFIGS = ("tokenizer.json", "config.json", "preprocessor_config.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneFiles:
    """The parts of an image encoder.

    Attributes:
        name: for people.
        vision, text: graphs that give one vector a picture and a sentence, in one space.
        tokenizer: ``tokenizer.json``.
        config, preprocessing: as Hugging Face writes them.
    """

    name: str
    vision: Path
    text: Path
    tokenizer: Path
    config: dict[str, Any]
    preprocessing: dict[str, Any]


def find_scene_files(model: str, settings: Settings) -> SceneFiles:
    """The image encoder behind a folder or ``hf:NAME``; graphs may lie in its folder ``onnx``.

    Raises:
        ConfigError: ``model.name`` when there is no such folder.
        ModelError: ``model.scene`` when files lack or cannot be read; ``model.hub``.
    """
    folder = _hub(model[3:], settings) if model.startswith("hf:") else Path(model).expanduser()
    if not folder.is_dir():
        raise ConfigError(
            "model.name",
            received=repr(model),
            allowed="a folder with CLIP or SigLIP as ONNX, or hf:NAME",
            fix="Check the spelling, or that the folder exists.",
        )
    graphs = folder / "onnx" if (folder / "onnx" / _VISION).is_file() else folder
    wanted = [graphs / _VISION, graphs / _TEXT, *(folder / name for name in _CONFIGS)]
    missing = [path.name for path in wanted if not path.is_file()]
    if missing:
        raise broken_files(folder.name, f"without {', '.join(missing)}")
    try:
        config, preprocessing = (json.loads(path.read_text(encoding="utf-8")) for path in wanted[3:])
    except ValueError as damaged:
        raise broken_files(folder.name, "with a configuration that is not JSON") from damaged
    if lacking := [name for name in _PREPROCESSING if name not in preprocessing]:
        raise broken_files(folder.name, f"without {', '.join(lacking)} in {_CONFIGS[-1]}")
    return SceneFiles(
        name=model if model.startswith("hf:") else folder.resolve().name,
        vision=wanted[0],
        text=wanted[1],
        tokenizer=wanted[2],
        config=config,
        preprocessing=preprocessing,
    )


def broken_files(name: str, what: str) -> ModelError:
    """The error for an image encoder that cannot be used."""
    return ModelError(
        "model.scene",
        received=f"{name} {what}",
        allowed=f"{_VISION}, {_TEXT}, {', '.join(_CONFIGS)}",
        fix="Export CLIP or SigLIP to ONNX with its two towers apart, for example with optimum.",
    )


def _hub(name: str, settings: Settings) -> Path:
    wanted = [*_CONFIGS, _VISION, _TEXT, f"onnx/{_VISION}", f"onnx/{_TEXT}"]
    return hub_folder(name, wanted, offline=settings.offline, allowed="a public CLIP or SigLIP as ONNX")
