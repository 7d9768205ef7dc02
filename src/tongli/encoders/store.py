"""The model store: prepared encoders in the user's cache, built once, atomically, checked at every load."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from tongli.core import ModelError, Settings
from tongli.encoders.installed import Found, find_release
from tongli.encoders.locked import locked
from tongli.encoders.manifest import FORMAT, LAYOUT, Manifest, file_sha256
from tongli.encoders.release import FP32, damaged, require_whole
from tongli.encoders.sources import E5_SMALL, EMBEDDED, Source, find_source

Progress = Callable[[str], None]
State = Literal["ready", "missing", "damaged"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A prepared encoder on disk."""

    folder: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelInfo:
    """One line of ``tongli models list``."""

    name: str
    package: str
    version: str
    licence: str
    state: State
    path: Path
    bytes: int


def prepare(model: str, settings: Settings, *, progress: Progress | None = None) -> Prepared:
    """Return the prepared encoder, building it first when it is missing, outdated or damaged.

    Safe when several processes start together, and when one is killed while it builds.

    Args:
        model: ``embedded``, a release by its installed name or its folder, a folder with a BERT-family
            checkpoint, or ``hf:NAME``.
        settings: cache and offline switch.
        progress: called with a short sentence at each step.

    Raises:
        ModelError: the weights cannot be had, read or written.
        ConfigError: ``model.name`` for a name of another form.
    """
    release = find_release(model, settings)
    if release is not None:
        return _released(release)
    source = find_source(model, settings)
    folder = _folder(source, settings)
    ready = _open(folder)
    if ready is not None:
        return ready
    with locked(folder):
        ready = _open(folder)  # another process may have built it while this one waited
        if ready is None:
            if progress is not None:
                progress(f"Preparing {source.name}: fetch, decode, quantise, check")
            ready = _build(source, folder, settings)
    return ready


def pull(settings: Settings, *, progress: Progress | None = None) -> Path:
    """Prepare the embedded model; returns its folder."""
    return prepare("embedded", settings, progress=progress).folder


def verify(settings: Settings, *, model: str = "embedded") -> None:
    """Check every file of a prepared model.

    Raises:
        ModelError: ``model.missing`` or ``model.damaged``; ``release.damaged`` for a release.
    """
    release = find_release(model, settings)
    if release is not None:
        require_whole(release.folder, release.release)
        return
    state = _state(_folder(find_source(model, settings), settings))
    if state != "ready":
        raise ModelError(
            f"model.{state}",
            received=f"the model {model!r} is {state}",
            allowed="a prepared model whose files match their SHA-256",
            fix="Prepare it: tongli models pull.",
        )


def list_models(settings: Settings) -> list[ModelInfo]:
    """The embedded models and their state."""
    folder = _folder(find_source("embedded", settings), settings)
    size = sum(path.stat().st_size for path in folder.glob("*")) if folder.is_dir() else 0
    return [
        ModelInfo(
            name=EMBEDDED,
            package=E5_SMALL.package,
            version=E5_SMALL.version,
            licence=E5_SMALL.licence,
            state=_state(folder),
            path=folder,
            bytes=size,
        )
    ]


def _folder(source: Source, settings: Settings) -> Path:
    return settings.cache / "models" / f"{source.name}-int8-{source.version}-f{FORMAT}.{LAYOUT}"


def _open(folder: Path) -> Prepared | None:
    """The prepared model when every file matches its hash, else ``None``."""
    try:
        manifest = _manifest(folder)
        for name, expected in manifest.files.items():
            if file_sha256(folder / name) != expected:
                return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Prepared(folder=folder, manifest=manifest)


def _released(found: Found) -> Prepared:
    """The encoder of a release; its heads are checked too, since they are read right after."""
    require_whole(found.folder, found.release, but=(FP32,))
    try:
        return Prepared(folder=found.folder, manifest=_manifest(found.folder))
    except (OSError, ValueError, KeyError, TypeError) as broken:
        raise damaged(found.folder, ["manifest.json"]) from broken


def _manifest(folder: Path) -> Manifest:
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return Manifest(**{**data, "feature_layers": tuple(data["feature_layers"])})


def _state(folder: Path) -> State:
    if not folder.is_dir():
        return "missing"
    return "ready" if _open(folder) is not None else "damaged"


def _build(source: Source, folder: Path, settings: Settings) -> Prepared:
    from tongli.encoders.build import write

    scratch = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(scratch, ignore_errors=True)  # left by a killed build; the lock is ours
    scratch.mkdir()
    try:
        manifest = write(source, scratch, offline=settings.offline)
        (scratch / "manifest.json").write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        scratch.replace(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Prepared(folder=folder, manifest=manifest)
