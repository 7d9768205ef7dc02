from __future__ import annotations

import numpy as np
import pytest

from tongli.channels import scene
from tongli.channels.scene import Scenes
from tongli.core import ConfigError, Settings
from tongli.core.scene import SceneEncoding
from tongli.knowledge.scenes import scene_prompts

PIXELS = np.zeros((4, 4, 3), np.uint8)


@pytest.fixture(autouse=True)
def _no_default(monkeypatch):
    monkeypatch.delenv("TONGLI_SCENE", raising=False)


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path, threads=1, offline=True)


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

    monkeypatch.setattr(scene, "SceneEncoder", Encoder)
    return names


def test_without_an_encoder_a_scene_is_not_read(settings):
    found = Scenes(settings).read(PIXELS)
    assert (found.channel, found.label, found.reason) == ("scene", None, "no image encoder is installed")


def test_the_encoder_is_loaded_once(settings, loaded):
    scenes = Scenes(settings, model="clip")
    assert [scenes.read(PIXELS).label for _ in range(3)] == ["joy"] * 3
    assert loaded == ["clip"]


def test_the_environment_names_one(settings, loaded, monkeypatch):
    monkeypatch.setenv("TONGLI_SCENE", "hf:some/clip")
    assert Scenes(settings).read(PIXELS).source == "hf:some/clip"


def test_one_that_is_not_there(settings):
    with pytest.raises(ConfigError):
        Scenes(settings, model="no-such-folder").read(PIXELS)
