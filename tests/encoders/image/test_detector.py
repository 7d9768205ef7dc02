from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from tongli.encoders.image.detector import Detector, overlap

CELLS = 16
"""A picture of 64 × 64 has maps of 16 × 16."""


@pytest.fixture
def detector(tmp_path):
    """A detector that finds the same faces everywhere: row, column, height, width, certainty of each."""

    def make(*found, points=0.5):
        heat, size = np.zeros((1, 1, CELLS, CELLS)), np.zeros((1, 2, CELLS, CELLS))
        for row, column, height, width, certainty in found:
            heat[0, 0, row, column] = certainty
            size[0, :, row, column] = np.log([height / 4, width / 4])
        shift, marks = np.zeros_like(size), np.full((1, 10, CELLS, CELLS), points)
        maps = [np.asarray(array, np.float32) for array in (heat, size, shift, marks)]
        nodes = [
            helper.make_node("Constant", [], [f"o{n}"], value=numpy_helper.from_array(array))
            for n, array in enumerate(maps)
        ]
        graph = helper.make_graph(
            nodes,
            "fixed",
            [helper.make_tensor_value_info("picture", TensorProto.FLOAT, ["b", 3, "h", "w"])],
            [
                helper.make_tensor_value_info(f"o{n}", TensorProto.FLOAT, array.shape)
                for n, array in enumerate(maps)
            ],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        onnx.save(model, tmp_path / "detector.onnx")
        return Detector(tmp_path / "detector.onnx")

    return make


def test_a_cell_becomes_a_box_in_pixels(detector):
    (face,) = detector((8, 4, 20, 12, 0.9))(np.zeros((64, 64, 3), np.uint8))
    # the middle of row 8 and column 4, each cell 4 pixels: (8.5 * 4, 4.5 * 4)
    assert face.box == pytest.approx((18 - 6, 34 - 10, 18 + 6, 34 + 10), abs=1e-3)
    assert face.certainty == pytest.approx(0.9)
    assert face.points == pytest.approx(np.tile([18, 34], (5, 1)), abs=1e-3)


def test_boxes_are_in_pixels_of_the_picture_not_of_its_small_copy(detector):
    (face,) = detector((8, 4, 20, 12, 0.9))(np.zeros((640, 640, 3), np.uint8), long_side=64)
    assert face.box == pytest.approx((120, 240, 240, 440), abs=0.1)


def test_the_largest_first_and_the_unsure_not_at_all(detector):
    faces = detector((2, 2, 8, 8, 0.99), (12, 12, 16, 16, 0.6), (2, 12, 16, 16, 0.4))(
        np.zeros((64, 64, 3), np.uint8)
    )
    assert [round(face.certainty, 2) for face in faces] == [0.6, 0.99]


def test_of_boxes_that_overlap_the_most_certain_is_kept(detector):
    faces = detector((8, 8, 20, 20, 0.7), (8, 9, 20, 20, 0.8), (8, 7, 20, 20, 0.6))(
        np.zeros((64, 64, 3), np.uint8)
    )
    assert [round(face.certainty, 2) for face in faces] == [0.8]


def test_no_face(detector):
    assert detector()(np.zeros((64, 64, 3), np.uint8)) == []


def test_overlap_is_intersection_over_union():
    box = np.array([0, 0, 10, 10], np.float32)
    others = np.array([[0, 0, 10, 10], [5, 0, 15, 10], [20, 20, 30, 30], [2, 2, 2, 2]], np.float32)
    assert overlap(box, others) == pytest.approx([1, 1 / 3, 0, 0])
