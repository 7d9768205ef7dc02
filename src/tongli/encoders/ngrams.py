"""The n-gram language model of py3langid, trimmed to languages people write messages in.

References:
    Lui and Baldwin (2011), "Cross-domain feature selection for language identification", IJCNLP.
    https://github.com/adbar/py3langid (BSD-3-Clause, model included).
"""

from __future__ import annotations

import io
import lzma
import zipfile
from array import array
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from tongli.core.whole_file import write_whole

MERGED = {
    "ary": "ar",
    "arz": "ar",
    "fuv": "ff",
    "gom": "kok",
    "grc": "el",
    "gug": "gn",
    "hbo": "he",
    "kik": "ki",
    "nn": "no",
    "sdh": "ku",
    "uzs": "uz",
    "wuu": "zh",
    "yue": "zh",
}
"""Labels folded into the language that the rest of tongli speaks of."""

_LEFT_OUT = frozenset(("ace", "an", "bcl", "br", "ext", "gcf", "gcr", "gd", "guw", "la", "lb", "lij"))
_LEFT_OUT |= {"ltg", "oc", "se", "vec", "vo", "wa"}
"""Seldom written, and on short texts far more often a mistake for a large neighbour than right."""

_WIDELY_WRITTEN = frozenset(("ar", "bn", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "pl", "pt"))
_WIDELY_WRITTEN |= {"ru", "sw", "th", "tr", "ur", "vi", "zh"}
_PRIOR = 3.0
"""Log-odds given to widely written languages before a letter is read (benchmarks/language_id.py)."""


class Model(Protocol):
    """Says how likely each language is."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Labels and probabilities in 0..1, the most likely first."""


def load(cache: Path) -> Model:
    """The identifier; its unpacked tables are kept in ``cache``, which takes loading from 0.6 s to 0.15 s.

    A missing, damaged or unwritable cache only costs that time.
    """
    path = cache / "language" / f"py3langid-{version('py3langid')}.npz"
    try:
        with path.open("rb") as table:
            return _identifier(_read(table))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        packed = lzma.decompress((MODEL_DIR / MODEL_FILE).read_bytes())
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, packed)
        return _identifier(_read(io.BytesIO(packed)))


def _read(source: BinaryIO) -> dict[str, NDArray[Any]]:
    """Every array; the zip container's CRC-32 finds damage."""
    with np.load(source, allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def _identifier(arrays: Mapping[str, NDArray[Any]]) -> Model:
    classes = arrays["classes"].tolist()
    kept = [index for index, label in enumerate(classes) if label not in _LEFT_OUT]
    labels = [MERGED.get(classes[index], classes[index]) for index in kept]
    prior = np.array([_PRIOR if label in _WIDELY_WRITTEN else 0.0 for label in labels], np.float32)
    identifier = LanguageIdentifier(
        arrays["ptc"][:, kept],
        arrays["pc"][kept] + prior,
        labels,
        _sequence(arrays["nextmove"]),
        arrays["out_feat"].tolist(),
        norm_probs=True,
        tk_row=_sequence(arrays["nextmove_row"]),
    )
    return cast("Model", identifier)


def _sequence(values: NDArray[Any]) -> array[int]:
    """The values as a standard-library array, whose items Python reads faster than numpy's."""
    out = array(values.dtype.char)
    out.frombytes(np.ascontiguousarray(values).tobytes())
    return out
