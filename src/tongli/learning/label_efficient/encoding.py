"""Features of texts from the frozen encoder, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from tongli.core import FloatArray
from tongli.encoders.text import TextEncoder
from tongli.learning.features import cached_features


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
