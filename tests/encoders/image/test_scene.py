from __future__ import annotations

import json

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from tongli.core import ConfigError, ModelError, Settings
from tongli.encoders.image.scene import SceneEncoder, preprocessed
from tongli.encoders.image.scene_files import find_scene_files

PROMPTS = {"joy": ("a yellow sun", "yellow"), "anger": ("red",), "neutral": ("grey",)}
WORDS = {"red": [1, -1, -1], "yellow": [1, 1, -1], "grey": [0.1, 0.1, 0.1]}
HOW = {
    "size": {"shortest_edge": 8},
    "do_center_crop": True,
    "crop_size": {"height": 8, "width": 8},
    "image_mean": [0.5] * 3,
    "image_std": [0.5] * 3,
}


def graph(path, nodes, inputs, output, constants=()):
    made = helper.make_graph(
        nodes,
        "tiny",
        inputs,
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", 3])],
        [numpy_helper.from_array(np.asarray(array), name) for name, array in constants],
    )
    onnx.save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)


@pytest.fixture
def tiny_clip(tmp_path):
    """An encoder whose vectors are colours: the mean one of a picture, and those of a sentence's words."""
    folder = tmp_path / "tiny-clip"

    def make(*, kind="clip", under="", text_inputs=("input_ids", "attention_mask")):
        graphs = folder / under
        graphs.mkdir(parents=True, exist_ok=True)
        picture = helper.make_tensor_value_info("pixel_values", TensorProto.FLOAT, ["batch", 3, "h", "w"])
        nodes = [
            helper.make_node("GlobalAveragePool", ["pixel_values"], ["mean"]),
            helper.make_node("Flatten", ["mean"], ["image_embeds"]),
        ]
        graph(graphs / "vision_model.onnx", nodes, [picture], "image_embeds")
        table = np.array([[0, 0, 0], *WORDS.values()], np.float32)
        given = [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
            for name in text_inputs
        ]
        nodes = [
            helper.make_node("Gather", ["table", "input_ids"], ["vectors"]),
            helper.make_node("ReduceMean", ["vectors"], ["text_embeds"], axes=[1], keepdims=0),
        ]
        graph(graphs / "text_model.onnx", nodes, given, "text_embeds", [("table", table)])
        tokenizer = Tokenizer(
            WordLevel({word: n for n, word in enumerate(["[UNK]", *WORDS])}, unk_token="[UNK]")
        )
        tokenizer.pre_tokenizer = Whitespace()
        tokenizer.save(str(folder / "tokenizer.json"))
        config = {"model_type": kind, "text_config": {"max_position_embeddings": 7, "pad_token_id": 0}}
        (folder / "config.json").write_text(json.dumps(config))
        (folder / "preprocessor_config.json").write_text(json.dumps(HOW))
        return folder

    return make


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path / "cache", threads=1, offline=True)


def coloured(*rgb) -> np.ndarray:
    return np.full((30, 50, 3), rgb, np.uint8)


@pytest.mark.parametrize(
    "options", [{}, {"under": "onnx"}, {"kind": "siglip"}, {"text_inputs": ("input_ids",)}], ids=str
)
def test_a_picture_is_nearest_to_the_sentences_of_its_label(tiny_clip, settings, options):
    encoder = SceneEncoder(str(tiny_clip(**options)), prompts=PROMPTS, settings=settings)
    for colour, label in (((255, 255, 0), "joy"), ((255, 0, 0), "anger"), ((200, 200, 200), "neutral")):
        found = encoder.encode(coloured(*colour))
        assert found.labels[found.likeness.argmax()] == label
        assert found.likeness.max() == pytest.approx(1, abs=0.01)
        assert found.encoder == "tiny-clip"


def test_preprocessing_keeps_the_middle_and_the_proportions():
    pixels = np.zeros((20, 40, 3), np.uint8)
    pixels[:, 10:30] = 255
    assert preprocessed(pixels, HOW).shape == (3, 8, 8)
    assert preprocessed(pixels, HOW)[:, :, 2:-2].min() > 0.9
    exact = {**HOW, "size": {"height": 6, "width": 5}, "do_center_crop": False}
    assert preprocessed(pixels, exact).shape == (3, 6, 5)


@pytest.mark.parametrize("name", ["vision_model.onnx", "tokenizer.json", "config.json"])
def test_a_folder_without_a_part(tiny_clip, settings, name):
    folder = tiny_clip()
    (folder / name).unlink()
    with pytest.raises(ModelError, match=name) as caught:
        find_scene_files(str(folder), settings)
    assert caught.value.code == "model.scene"


def test_a_broken_configuration(tiny_clip, settings):
    folder = tiny_clip()
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelError) as caught:
        find_scene_files(str(folder), settings)
    assert caught.value.code == "model.scene"


def test_a_configuration_that_lacks_a_setting(tiny_clip, settings):
    folder = tiny_clip()
    (folder / "preprocessor_config.json").write_text(json.dumps({"size": {"shortest_edge": 8}}))
    with pytest.raises(ModelError, match="image_mean"):
        find_scene_files(str(folder), settings)


def test_a_broken_graph(tiny_clip, settings):
    folder = tiny_clip()
    (folder / "vision_model.onnx").write_bytes(b"no graph")
    with pytest.raises(ModelError) as caught:
        SceneEncoder(str(folder), prompts=PROMPTS, settings=settings)
    assert caught.value.code == "model.scene"


def test_no_such_model(settings):
    with pytest.raises(ConfigError) as caught:
        find_scene_files("no-such-folder", settings)
    assert caught.value.code == "model.name"
    with pytest.raises(ModelError) as offline:
        find_scene_files("hf:no/such", settings)
    assert offline.value.code == "model.hub"
