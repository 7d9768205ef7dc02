"""Unlabelled texts from files of records: each once, with its language, some held out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tongli.core import InputError
from tongli.core.text import clean
from tongli.learning.data.licences import Verdict, judge
from tongli.learning.data.lines import read_objects
from tongli.learning.data.record import Record, parse

_MOST_HELD_OUT = 5000
"""Texts; more would cost time at every look and change the figure little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Texts in a fixed order.

    Attributes:
        texts: sorted; safe to tokenise.
        langs: BCP-47 tag of each.
        held_out: bool ``(texts,)``, those that are never learnt from.
        verdict: what the licences of the records allow.
    """

    texts: tuple[str, ...]
    langs: tuple[str, ...]
    held_out: NDArray[np.bool_]
    verdict: Verdict


def gather(
    files: Iterable[str], *, exclude: Iterable[str] = (), held_out: float, research_only: bool = False
) -> Corpus:
    """Every text of the records once; copies are the same but for case and spaces, and the first counts.

    A text is held out by the hash of that form, so that it never changes sides.

    Args:
        files: JSONL files of records; labels are not read, and records without text are left out.
        exclude: files whose texts are left out.
        held_out: share of the texts that are not learnt from.
        research_only: noted in the verdict, which is not acted on here.

    Raises:
        InputError: ``train.empty`` when nothing is left to learn from, and those of ``read_records``.
        StorageError: ``record.unreadable``.
    """
    files = list(files)
    verdict = judge(_spoken(files), research_only=research_only)
    seen = {_normal(record.text) for record in _spoken(exclude)}
    found: dict[str, str] = {}
    for record in _spoken(files):
        key = _normal(record.text)
        if key not in seen:
            seen.add(key)
            found[clean(record.text)[0]] = record.lang
    texts = tuple(sorted(found))
    shares = np.array([_share(text) for text in texts])
    aside = shares < min(held_out, _limit(shares))
    if not (~aside).sum():
        raise InputError(
            "train.empty",
            received=f"{len(files)} files without a text to learn from",
            allowed="at least one record with text that is neither excluded nor held out",
            fix="Check the files that the recipe names in texts and exclude.",
        )
    langs = tuple(found[text] for text in texts)
    return Corpus(texts=texts, langs=langs, held_out=aside, verdict=verdict)


def _spoken(files: Iterable[str]) -> Iterator[Record]:
    for name in files:
        for place, found in read_objects(Path(name)):
            unlabelled = {key: value for key, value in found.items() if key != "labels"}  # of any head
            record = parse(unlabelled, place=place)
            if record.text.strip():
                yield record


def _limit(shares: NDArray[np.float64]) -> float:
    """The share below which lie as many texts as may be held out."""
    return 1.0 if len(shares) <= _MOST_HELD_OUT else float(np.sort(shares)[_MOST_HELD_OUT])


def _normal(text: str) -> str:
    return " ".join(clean(text)[0].casefold().split())


def _share(text: str) -> float:
    digest = hashlib.sha256(f"held-out {_normal(text)}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
