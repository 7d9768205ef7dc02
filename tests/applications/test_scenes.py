from __future__ import annotations

import numpy as np
import pytest

from tongli.applications import scenes
from tongli.applications.scenes import SceneReader
from tongli.core import ConfigError, Settings
from tongli.core.scene import SceneEncoding
from tongli.knowledge.scenes import scene_prompts

PIXELS = np.zeros((4, 4, 3), np.uint8)


@pytest.fixture(autouse=True)
def _no_default(monkeypatch):
    monkeypatch.delenv("TONGLI_SCENE", raising=False)


@pytest.fixture
def loaded(monkeypatch):
    """Names of the encoders that were loaded; each finds joy."""
    names = []

    class Encoder:
        def __init__(self, model, *, prompts, settings):
            names.append(model)
            assert prompts == scene_prompts()

        def encode(self, pixels):
            labels = tuple(scene_prompts())
            near = np.array([label == "joy" for label in labels], np.float32)
            return SceneEncoding(labels=labels, likeness=near, encoder=names[-1])

    monkeypatch.setattr(scenes, "SceneEncoder", Encoder)
    return names


def test_without_an_encoder_a_scene_is_not_read(tmp_path):
    found = SceneReader().read_image(tmp_path / "not even looked at.png")
    assert (found.channel, found.label, found.reason) == ("scene", None, "no image encoder is installed")


def test_the_encoder_is_loaded_once(loaded):
    reader = SceneReader("clip")
    assert [reader.read_image(PIXELS).label for _ in range(3)] == ["joy"] * 3
    assert loaded == ["clip"]


def test_the_environment_names_one(loaded, monkeypatch):
    monkeypatch.setenv("TONGLI_SCENE", "hf:some/clip")
    assert SceneReader().read_image(PIXELS).source == "hf:some/clip"


def test_one_that_is_not_there(tmp_path):
    settings = Settings(cache=tmp_path, threads=1, offline=True)
    with pytest.raises(ConfigError):
        SceneReader("no-such-folder", settings=settings).read_image(PIXELS)
