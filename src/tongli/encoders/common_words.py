"""Common words as evidence of a language, where letters are too few for a model of n-grams.

"My dog died" holds no three letters that Afrikaans could not write, and three words that English writes all
the time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from tongli.core.tensors import save_tensors

FILE = "common_words.safetensors"
RARE = 2e-5
"""Share of a language's words that speaks for it no more than an unknown word does."""

_STEP = 1 / 24
"""Log-odds of one step of the stored evidence: a word can speak with some ten at most."""
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonWords:
    """What words say of languages, as entries sorted by word.

    Attributes:
        languages: the tags that ``of`` counts through.
        keys: (n,) uint32, CRC-32 of each entry's word, rising; a word has an entry for each of its languages.
        of: (n,) uint8, its language.
        steps: (n,) uint8, its evidence: the logarithm of its share of the language's words over :data:`RARE`.
    """

    languages: tuple[str, ...]
    keys: NDArray[np.uint32]
    of: NDArray[np.uint8]
    steps: NDArray[np.uint8]

    def evidence(self, words: Iterable[str]) -> dict[str, float]:
        """Language → log-odds for it, where a word in lower case is common.

        Divided by the root of the number of words, since words of a sentence do not vote independently.
        """
        keys = np.array([key_of(word) for word in words], np.uint32)
        first, last = (np.searchsorted(self.keys, keys, side) for side in _SIDES)
        sizes = last - first
        entries = np.repeat(last - sizes.cumsum(), sizes) + np.arange(sizes.sum())
        steps = np.bincount(self.of[entries], self.steps[entries], len(self.languages))
        each = _STEP / math.sqrt(max(1, len(keys)))
        return {self.languages[number]: float(steps[number]) * each for number in np.flatnonzero(steps)}


def key_of(word: str) -> int:
    """Of one word, without what stands at its ends."""
    return crc32(word.strip("'’ʼ-").replace("’", "'").encode("utf-8", "surrogatepass"))


def collect(shares: Mapping[str, Mapping[str, float]]) -> CommonWords:
    """Language → word → its share of the language's words."""
    languages = tuple(sorted(shares))
    entries = sorted(
        (key_of(word), number, min(255, round(math.log(share / RARE) / _STEP)))
        for number, tag in enumerate(languages)
        for word, share in shares[tag].items()
        if share > RARE
    )
    keys, of, steps = np.array(entries, np.int64).reshape(-1, 3).T
    return CommonWords(
        languages=languages, keys=keys.astype(np.uint32), of=of.astype(np.uint8), steps=steps.astype(np.uint8)
    )


def save(words: CommonWords, path: Path) -> None:
    """Write the file that :func:`load` reads."""
    arrays: dict[str, NDArray[Any]] = {"keys": words.keys, "of": words.of, "steps": words.steps}
    save_tensors(arrays, path, metadata={"languages": " ".join(words.languages)})


@cache
def load() -> CommonWords:
    """The words that ship, from ``scripts/common_words.py``."""
    with as_file(files(__package__) / FILE) as path, safe_open(path, "numpy") as file:
        arrays = {name: file.get_tensor(name) for name in ("keys", "of", "steps")}
        return CommonWords(languages=tuple(file.metadata()["languages"].split()), **arrays)
