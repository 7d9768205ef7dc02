"""Subtitles as pictures, in any script that a font here has."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tongli.applications.subtitles.markup import plain
from tongli.core import ConfigError
from tongli.encoders.image.picture import require_pillow

_SHARE = 0.05
"""Height of a line as a share of that of the picture."""
_SHARE_OF_WIDTH = 0.04
"""The same of its width, for upright pictures: 42 columns then fit."""
_WIDTH = 0.94
"""Share of the width of the picture that a line takes at most; a longer one has smaller letters."""
_SMALLEST = 8
_FOLDERS = {
    "darwin": ("/System/Library/Fonts", "/Library/Fonts"),
    "win32": ("C:/Windows/Fonts",),
}
_LINUX = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts")
_LIKED = ("noto", "dejavusans.", "arial", "helvetica", "hiragino", "msgothic")
"""Beginnings of names of fonts that are tried first, in this order."""
_SUFFIXES = {".ttf", ".otf", ".ttc"}


class Drawing:
    """Draws subtitles with one font.

    Args:
        font: a font file; ``None`` looks for one that has every letter.
    """

    def __init__(self, *, font: Path | None = None) -> None:
        self._font = font
        self._chosen: Path | None = None

    def require(self, texts: Iterable[str]) -> None:
        """Choose a font for texts.

        Raises:
            ConfigError: ``image.package`` without Pillow, ``subtitles.font`` when no font has their letters.
        """
        letters = {char for text in texts for char in plain(text) if char.isalnum()}
        candidates = [self._font] if self._font else list(_fonts())
        self._chosen = next((path for path in candidates if _covers(path, letters)), None)
        if self._chosen is None:
            raise ConfigError(
                "subtitles.font",
                received="letters that no font found here has" if not self._font else self._font.name,
                allowed="a TrueType or OpenType font with the letters of the subtitles",
                fix="Name one with --font, or install one, on Debian for example fonts-noto-cjk.",
            )

    def image(self, text: str, *, height: int, width: int) -> NDArray[np.uint8]:
        """A text for a picture of some size: shape ``(rows, columns, 4)``, red, green, blue and opacity."""
        size = round(min(height * _SHARE, width * _SHARE_OF_WIDTH))
        return _image(plain(text), self._chosen, size, width)


@lru_cache(maxsize=8)
def _image(text: str, path: Path, size: int, width: int) -> NDArray[np.uint8]:
    image, draw_on, fonts = _pillow()
    font = fonts.truetype(str(path), max(size, _SMALLEST))
    options = {"font": font, "align": "center", "stroke_width": max(1, size // 12)}
    measure = draw_on.Draw(image.new("RGBA", (1, 1)))
    left, top, right, bottom = measure.multiline_textbbox((0, 0), text, **options)
    if right - left > _WIDTH * width and size > _SMALLEST:
        return _image(text, path, max(_SMALLEST, int(size * _WIDTH * width / (right - left))), width)
    drawn = image.new("RGBA", (min(width, int(right - left) + 2), int(bottom - top) + 2), (0, 0, 0, 0))
    draw_on.Draw(drawn).multiline_text(
        (1 - left, 1 - top), text, fill=(255, 255, 255, 255), stroke_fill=(0, 0, 0, 255), **options
    )
    return np.asarray(drawn)


def _fonts() -> Iterator[Path]:
    """Font files of this machine, the likely ones first."""
    folders = [Path(name).expanduser() for name in _FOLDERS.get(sys.platform, _LINUX)]
    found = [path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES]

    def rank(path: Path) -> tuple[int, str]:
        name = path.name.lower()
        liked = [at for at, start in enumerate(_LIKED) if name.startswith(start)]
        return (min(liked, default=len(_LIKED)), name)

    return iter(sorted(found, key=rank))


def _covers(path: Path, letters: set[str]) -> bool:
    """Whether a font draws every letter as something else than the box for what it lacks."""
    _, _, fonts = _pillow()
    try:
        font = fonts.truetype(str(path), 16)
    except OSError:
        return False
    lacking = _glyph(font, "\U0010fffe")
    return all(_glyph(font, letter) != lacking for letter in letters)


def _glyph(font: Any, letter: str) -> bytes:
    return bytes(font.getmask(letter))


def _pillow() -> tuple[Any, Any, Any]:
    """Images, drawing on them, and fonts."""
    require_pillow()
    image, draw, font = (import_module(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))
    return image, draw, font
