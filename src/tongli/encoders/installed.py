"""Installed releases: copied into the cache, swapped in at once, the version before kept to go back to.

``CACHE/installed/NAME/VERSION/`` are releases; ``versions.json`` beside them names the current and the
previous one, and is all that is replaced when a version changes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tongli.core import ConfigError, ModelError, Settings, shorten
from tongli.encoders.locked import locked
from tongli.encoders.release import (
    RELEASE,
    Release,
    changed,
    check_name,
    damaged,
    is_name,
    read_release,
    require_whole,
)

_VERSIONS = "versions.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A release on disk."""

    folder: Path
    release: Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """Names of version folders, the first digits of their hashes."""

    current: str
    previous: str | None = None


def find_release(model: str, settings: Settings) -> Found | None:
    """The release behind the name of an installed model or a folder; ``None`` when it is neither.

    Raises:
        ModelError: ``release.*`` when there is one that cannot be used.
    """
    folder = Path(model).expanduser()
    if is_name(model) and (versions := _versions(_home(model, settings))) is not None:
        folder = _home(model, settings) / versions.current
    elif not (folder / RELEASE).is_file():
        return None
    return Found(folder=folder, release=read_release(folder))


def chosen(
    model: str | None, heads: Sequence[str] | None, settings: Settings
) -> tuple[str, Sequence[str] | None, Path | None]:
    """What to read with: the model, its heads, and their folder where that is not the one that ships.

    Raises:
        ModelError: ``release.*`` when there is a release that cannot be used.
    """
    model = settings.model if model is None else model
    found = find_release(model, settings)
    if found is None:
        return model, heads, settings.heads
    # By its folder, so that no newer version comes between encoder and heads.
    return str(found.folder), found.release.heads if heads is None else heads, settings.heads or found.folder


def install(folder: Path, *, settings: Settings, name: str | None = None) -> Found:
    """Copy a release into the cache, check the copy, and make it the current version of its name.

    Installing the current version again repairs it. Killed half-way, the version before stays current.

    Args:
        folder: that ``tongli learn export`` wrote.
        settings: for the cache.
        name: to install it under; its own by default.

    Raises:
        ConfigError: ``release.name``.
        ModelError: ``release.*``.
        StorageError: ``storage.cache``.
    """
    release = read_release(folder)
    home = _home(check_name(name or release.name), settings)
    version = release.digest[:16]
    with locked(home):
        _copy(folder, home / version, release)
        before = _versions_or_none(home)
        if before is None or before.current != version:
            _point(home, Versions(current=version, previous=before.current if before else None))
        _sweep(home)
    return Found(folder=home / version, release=release)


def rollback(name: str, settings: Settings) -> Found:
    """Make the previous version current, and the current one previous.

    Raises:
        ConfigError: ``model.not-installed``.
        ModelError: ``model.no-previous``, or ``release.*`` when the previous version is damaged.
        StorageError: ``storage.cache``.
    """
    home = _require_installed(name, settings)
    with locked(home):
        versions = _versions(home)
        if versions is None or versions.previous is None:
            raise ModelError(
                "model.no-previous",
                received=f"{name!r}, of which one version is installed",
                allowed="a model that was installed in two versions",
                fix="Install the version that you want: tongli models install DIR.",
            )
        folder = home / versions.previous
        release = read_release(folder)
        require_whole(folder, release)
        _point(home, Versions(current=versions.previous, previous=versions.current))
    return Found(folder=folder, release=release)


def remove(name: str, settings: Settings) -> None:
    """Delete a model with its previous version.

    Raises:
        ConfigError: ``model.not-installed``.
        StorageError: ``storage.cache``.
    """
    home = _require_installed(name, settings)
    with locked(home):
        (home / _VERSIONS).unlink(missing_ok=True)  # first, so that a half-deleted model is not found
        shutil.rmtree(home, ignore_errors=True)


def installed(settings: Settings) -> dict[str, Path]:
    """Name → folder of the current version of every installed model, by name; nothing is checked."""
    root = settings.cache / "installed"
    homes = sorted(path.parent for path in root.glob(f"*/{_VERSIONS}"))
    found = {home.name: _versions_or_none(home) for home in homes}
    return {name: root / name / (versions.current if versions else "") for name, versions in found.items()}


def _home(name: str, settings: Settings) -> Path:
    return settings.cache / "installed" / name


def _require_installed(name: str, settings: Settings) -> Path:
    known = installed(settings)
    if name not in known:
        raise ConfigError(
            "model.not-installed",
            received=shorten(name),
            allowed=", ".join(known) or "no model is installed",
            fix="Choose one of these, or install it: tongli models install DIR.",
        )
    return _home(name, settings)


def _versions(home: Path) -> Versions | None:
    """What is installed; ``None`` for nothing. Raises ``ModelError`` (``release.damaged``)."""
    path = home / _VERSIONS
    if not path.is_file():
        return None
    found = _versions_or_none(home)
    if found is None:
        raise damaged(home, [_VERSIONS])
    return found


def _versions_or_none(home: Path) -> Versions | None:
    try:
        found = Versions(**json.loads((home / _VERSIONS).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    names = (found.current, found.previous or "0")
    return found if all(isinstance(name, str) and name.isalnum() for name in names) else None


def _copy(source: Path, target: Path, release: Release) -> None:
    """The release in ``target``, whole or not at all."""
    if _is_whole(target, release):
        return
    part = target.with_name(f"{target.name}.part")
    shutil.rmtree(part, ignore_errors=True)  # left by a killed install; the lock is ours
    part.mkdir(parents=True)
    try:
        for name in (*release.files, RELEASE):
            if (source / name).is_file():
                shutil.copyfile(source / name, part / name)
        # The copy is what is checked: the source may change or be misread meanwhile.
        if wrong := changed(part, release):
            raise damaged(source, wrong)
        shutil.rmtree(target, ignore_errors=True)
        part.replace(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _is_whole(folder: Path, release: Release) -> bool:
    try:
        return read_release(folder) == release and not changed(folder, release)
    except ModelError:
        return False


def _point(home: Path, versions: Versions) -> None:
    part = home / f"{_VERSIONS}.part"
    part.write_text(json.dumps(asdict(versions)), encoding="utf-8")
    part.replace(home / _VERSIONS)


def _sweep(home: Path) -> None:
    """Delete versions that nothing points at."""
    versions = _versions_or_none(home)
    kept = {_VERSIONS, versions.current, versions.previous} if versions else {_VERSIONS}
    for path in home.iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
