"""A picture of a face that anybody may use: a photograph by NASA, out of a pinned package."""

from __future__ import annotations

from pathlib import Path

from tongli.core import Settings
from tongli.core.pinned import PinnedFile, fetch, sha256

PORTRAIT = PinnedFile(
    package="scikit-image",
    version="0.25.2",
    member="skimage/data/astronaut.png",
    sha256="88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
    licence="LicenseRef-NASA-public-domain",
)
"""An official portrait, 512 × 512: one smiling face, seen from the front, 105 pixels wide."""


def portrait(settings: Settings | None = None) -> Path:
    """The picture in the cache, fetched when it is missing or damaged.

    Raises:
        ModelError: the package cannot be had.
    """
    settings = settings or Settings.from_env()
    path = settings.cache / "testing" / PORTRAIT.name
    if not path.is_file() or sha256(path.read_bytes()) != PORTRAIT.sha256:
        fetch(PORTRAIT, path, offline=settings.offline)
    return path
