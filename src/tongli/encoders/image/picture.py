"""A picture file to upright RGB pixels, whatever its format, depth and colours."""

from __future__ import annotations

import warnings
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tongli.core import ConfigError, InputError
from tongli.encoders.media_file import require_file

if TYPE_CHECKING:
    from PIL.Image import Image

Pixels = NDArray[np.uint8]
"""Shape ``(height, width, 3)``, RGB."""

MAX_PIXELS = 120_000_000
"""Larger pictures are refused before they are decoded; the largest phone pictures have 108 million."""

_LONG_SIDE = 3072
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "PPM", "JPEG2000", "AVIF")
"""What is read. Formats that run a program (EPS) or draw (SVG, PDF) are not."""


def read_image(path: Path) -> Pixels:
    """The picture, upright, at most 3,072 pixels on its longer side; of an animation, the first frame.

    Raises:
        InputError: ``input.missing``, ``input.directory``, ``image.format``, ``image.too-large`` or
            ``image.damaged``.
        StorageError: ``input.unreadable``.
        ConfigError: ``image.package`` when Pillow is not installed.
    """
    pillow = require_pillow()
    require_file(path, kind="a picture")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of broken metadata, and of sizes that we check
        try:
            with pillow.open(path, formats=_FORMATS) as image:
                _require_size(image.size)
                image.draft("RGB", (_LONG_SIDE, _LONG_SIDE))
                return _upright(image)
        except pillow.UnidentifiedImageError as unknown:
            raise _format_error(path) from unknown
        except pillow.DecompressionBombError as bomb:
            raise _size_error("more pixels than can be decoded safely") from bomb
        except (OSError, ValueError, SyntaxError, EOFError, TypeError, IndexError) as broken:
            raise InputError(
                "image.damaged",
                received=f"{path.name}: {type(broken).__name__} while decoding",
                allowed="a whole picture",
                fix="Fetch or save the picture again.",
            ) from broken


def require_pillow() -> ModuleType:
    """Pillow's ``Image`` module.

    Raises:
        ConfigError: ``image.package`` when it is not installed.
    """
    try:
        from PIL import Image
    except ImportError as missing:
        raise ConfigError(
            "image.package",
            received="a picture or a video, without Pillow",
            allowed="pictures once the optional packages are there",
            fix="Install them: pip install 'tongli[video]'.",
        ) from missing
    return Image


def resized(pixels: Pixels, size: tuple[int, int], box: tuple[float, ...] | None = None) -> Pixels:
    """Part of a picture (``box``: left, top, right, bottom; else all) at another width and height."""
    image = require_pillow()
    made = image.fromarray(pixels).resize(size, image.Resampling.BILINEAR, box=box)
    return np.asarray(made)


def _upright(image: Image) -> Pixels:
    from PIL import ImageOps

    turned = _eight_bits(ImageOps.exif_transpose(image))
    turned.thumbnail((_LONG_SIDE, _LONG_SIDE))
    if turned.has_transparency_data:
        turned = turned.convert("RGBA")
        page = require_pillow().new("RGBA", turned.size, "white")
        turned = require_pillow().alpha_composite(page, turned)
    return np.asarray(turned.convert("RGB"))


def _eight_bits(image: Image) -> Image:
    """Deep grey pictures scaled to 0..255, which ``convert`` would cut off instead."""
    if image.mode not in {"I", "F"} and not image.mode.startswith("I;16"):
        return image
    deep = np.nan_to_num(np.asarray(image, np.float64))
    top = 65_535.0 if image.mode != "F" else max(float(deep.max(initial=0.0)), 1e-9)
    return require_pillow().fromarray(np.clip(deep / top * 255, 0, 255).astype(np.uint8))  # type: ignore[no-any-return]


def _require_size(size: tuple[int, int]) -> None:
    if size[0] * size[1] > MAX_PIXELS:
        raise _size_error(f"{size[0]} × {size[1]} pixels")


def _size_error(received: str) -> InputError:
    return InputError(
        "image.too-large",
        received=received,
        allowed=f"at most {MAX_PIXELS:,} pixels",
        fix="Make the picture smaller.",
    )


def _format_error(path: Path) -> InputError:
    return InputError(
        "image.format",
        received=f"{path.name}, {path.stat().st_size:,} bytes that are no picture of a known format",
        allowed="JPEG, PNG, GIF, WebP, BMP, TIFF, PNM, JPEG 2000 or AVIF",
        fix="Save the picture as JPEG or PNG.",
    )
