"""What an encoder makes of many texts: features, computed once and kept on disk, and pieces."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import FloatArray, IntArray
from tongli.core.text import clean
from tongli.encoders.impersonal import impersonal
from tongli.encoders.text import TextEncoder
from tongli.learning.kept import kept

_CHUNK = 512


def cached_features(
    texts: Sequence[str],
    *,
    encoder: TextEncoder,
    folder: Path,
    tell: Callable[[int, int], None],
    as_written: bool = False,
) -> FloatArray:
    """Features ``(texts, width)`` as a read-only float16 memory map.

    The file is named by a hash of the encoder and the texts as it reads them, without persons, so a text that
    changed, or is read otherwise, never meets old features. It is kept as :func:`kept` says.

    Args:
        texts: in the order wanted.
        encoder: any loaded encoder.
        folder: cache folder.
        tell: called with texts done and their total, first with none.
        as_written: with the persons in the texts.
    """
    digest = hashlib.sha256(encoder.id.encode())
    for text in texts:
        read = clean(text)[0] if as_written else impersonal(clean(text)[0])
        digest.update(hashlib.sha256(read.encode("utf-8", "surrogatepass")).digest())
    path = folder / f"{digest.hexdigest()[:16]}.npy"

    def make(part: Path) -> None:
        _compute(texts, path=part, encoder=encoder, tell=tell, as_written=as_written)

    return kept(path, make=make, read=_table)


def _table(path: Path) -> FloatArray:
    loaded: FloatArray = np.load(path, mmap_mode="r")
    return loaded


def pieces_of(texts: Sequence[str], *, encoder: TextEncoder) -> list[IntArray]:
    """Vocabulary ids of the pieces of each text, as :func:`cached_features` reads it."""
    return encoder.pieces([clean(text)[0] for text in texts])


def new_table(path: Path, *, shape: tuple[int, int]) -> np.memmap[Any, np.dtype[np.float16]]:
    """A file of zeros to fill in, mapped into memory.

    Its blocks are claimed at once: a disk that fills up later would end the process, not raise an error.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    table = np.lib.format.open_memmap(path, mode="w+", dtype=np.float16, shape=shape)
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return table


def _compute(
    texts: Sequence[str],
    *,
    path: Path,
    encoder: TextEncoder,
    tell: Callable[[int, int], None],
    as_written: bool,
) -> None:
    tell(0, len(texts))
    width = encoder.features(["x"]).shape[1]
    table = new_table(path, shape=(len(texts), width))
    for start in range(0, len(texts), _CHUNK):
        chunk = [clean(text)[0] for text in texts[start : start + _CHUNK]]
        table[start : start + len(chunk)] = encoder.features(chunk, as_written=as_written)
        tell(start + len(chunk), len(texts))
    table.flush()
