"""Prompts for pictures without a face: label → sentences that such a picture would be described by."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def scene_prompts() -> Mapping[str, tuple[str, ...]]:
    """The prompts of each emotion of ekman6 and of ``neutral``, in that order."""
    data = tomllib.loads((files("tongli.knowledge") / "scene_prompts.toml").read_text(encoding="utf-8"))
    return MappingProxyType({label: tuple(prompts) for label, prompts in data["prompts"].items()})
