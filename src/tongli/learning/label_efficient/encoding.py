"""Features of texts from the frozen encoder, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from tongli.core import FloatArray, Settings
from tongli.encoders.text import TextEncoder
from tongli.learning.features import cached_features


def untuned(model: str, *, settings: Settings, folder: Path) -> TextEncoder:
    """An encoder without the tuned layers that ship or lie beside heads: those have seen labels.

    Args:
        model: as for :class:`TextEncoder`.
        settings: cache and threads.
        folder: any without tuned layers, such as that of computed features.
    """
    return TextEncoder(model=model, settings=replace(settings, heads=folder))


def encoded(
    texts: Sequence[str], *, encoder: TextEncoder, cache: Path, progress: Callable[[int, int], None]
) -> FloatArray:
    """Features ``(texts, width)``, float32; each distinct text is encoded once.

    Args:
        texts: in the order wanted.
        encoder: any.
        cache: folder of computed features.
        progress: called with texts done and their number.
    """
    unique = sorted(set(texts))
    table = cached_features(unique, encoder=encoder, folder=cache, tell=progress)
    place = {text: row for row, text in enumerate(unique)}
    return np.asarray(table[[place[text] for text in texts]], np.float32)
