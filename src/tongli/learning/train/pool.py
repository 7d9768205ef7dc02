"""Every labelled text once, with all of its targets; split, cleared of leaks, and weighted for sampling."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray, InputError
from tongli.learning.data.duplicates import NEAR
from tongli.learning.data.minhash import similar_pairs
from tongli.learning.data.normal import normal_form
from tongli.learning.train.corpus import Corpus

Rows = NDArray[np.intp]

_FEWEST = 2
"""Texts on each side of a head below which there is nothing to fit."""


@dataclass(slots=True)
class Labelled:
    """One text and what it teaches: head → target, the language it is filed under, and its data set."""

    text: str
    targets: dict[str, FloatArray] = field(default_factory=dict)
    langs: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Texts in a fixed order and the rows of each part.

    Attributes:
        items: every labelled text of the training sets, sorted.
        fit: rows to learn from.
        held_out: rows for early stopping and calibration, which the network never learns from.

    Texts that are equal or nearly equal to one of the development set of *any* head are in neither part:
    several sets share tweets.
    """

    items: tuple[Labelled, ...]
    fit: Rows
    held_out: Rows

    @property
    def leaks(self) -> int:
        """Texts that are left out."""
        return len(self.items) - len(self.fit) - len(self.held_out)

    def digest(self) -> str:
        """SHA-256 of the texts, their targets and their parts."""
        digest = hashlib.sha256(self.fit.tobytes() + self.held_out.tobytes())
        for item in self.items:
            digest.update(item.text.encode("utf-8", "surrogatepass"))
            for head in sorted(item.targets):
                digest.update(head.encode() + item.targets[head].tobytes())
        return digest.hexdigest()

    def rows_of(self, head: str, *, among: Rows) -> Rows:
        """Those rows that have a target of this head."""
        return np.array([row for row in among if head in self.items[row].targets], np.intp)

    def targets(self, head: str, rows: Rows) -> FloatArray:
        """Targets ``(rows, labels)``; nan where not annotated."""
        return np.stack([self.items[row].targets[head] for row in rows])

    def langs(self, head: str, rows: Rows) -> list[str]:
        """The language that the head files each row under."""
        return [self.items[row].langs[head] for row in rows]


def gather(corpus: Corpus, *, held_out: float, near: float = NEAR) -> Pool:
    """Every text of the corpus once.

    A text is held out by the hash of its normalised form, so copies share a side and a rerun splits alike.

    Args:
        corpus: of the run.
        held_out: share of texts that are not learnt from.
        near: least resemblance in 0..1 to a development text of a text that is left out; 1 for equal ones.
    """
    items: dict[str, Labelled] = {}
    for head, examples in corpus.train.items():
        for example in examples:
            item = items.setdefault(example.text, Labelled(example.text))
            if head not in item.targets:  # of copies, the first counts
                item.targets[head] = example.target
                item.langs[head] = example.lang
                item.sources[head] = example.source
    ordered = tuple(items[text] for text in sorted(items))
    free = ~_leaking(corpus, [item.text for item in ordered], near=near)
    aside = np.array([held_aside(item.text, share=held_out) for item in ordered], bool)
    return Pool(items=ordered, fit=np.flatnonzero(free & ~aside), held_out=np.flatnonzero(free & aside))


def held_aside(text: str, *, share: float) -> bool:
    """Whether a run that holds out this share of its texts does not learn from a text."""
    return _share(_normal(text)) < share


def require_held_out(pool: Pool, heads: Iterable[str]) -> None:
    """Refuse, before anything is trained, what could not be calibrated after.

    Raises:
        InputError: ``train.held-out`` for a head without two texts on each side.
    """
    for head in heads:
        fit, aside = (len(pool.rows_of(head, among=rows)) for rows in (pool.fit, pool.held_out))
        if min(fit, aside) < _FEWEST:
            raise InputError(
                "train.held-out",
                received=f"{fit:,} texts to learn {head} from, and {aside:,} held out to calibrate it",
                allowed=f"at least {_FEWEST} of each, and many more to be good at it",
                fix="Add texts, raise held_out, or learn from texts that are not in the dev files.",
            )


def weights(pool: Pool, *, power: float, share: Mapping[str, float]) -> FloatArray:
    """Sampling weight of every row of ``pool.fit``.

    The texts of one head and language weigh ``share[head] * n ** power`` in all (temperature-scaled
    sampling, Arivazhagan et al. 2019, "Massively Multilingual Neural Machine Translation in the Wild").

    Args:
        pool: from :func:`gather`.
        power: 1 keeps natural sizes, 0 makes every language of a head weigh the same.
        share: multiplier of each head.
    """
    counts = Counter((head, lang) for row in pool.fit for head, lang in pool.items[row].langs.items())
    return np.array(
        [
            sum(
                share[head] * counts[head, lang] ** (power - 1)
                for head, lang in pool.items[row].langs.items()
            )
            for row in pool.fit
        ],
        np.float64,
    )


def epoch(rows: Rows, weights: FloatArray, *, size: int, generator: np.random.Generator) -> Rows:
    """About ``size`` rows in random order, each as often as its weight says, give or take one.

    Systematic resampling: less noise than independent draws.
    """
    expected = weights / weights.sum() * size
    times = np.floor(expected).astype(np.intp)
    times += generator.random(len(rows)) < expected - times
    return generator.permutation(np.repeat(rows, times))


def buckets(
    rows: Rows, lengths: NDArray[np.int64], *, batch: int, generator: np.random.Generator
) -> Iterator[Rows]:
    """Batches of similar length in random order: sorts within windows of fifty batches."""
    window = 50 * batch
    batches = []
    for start in range(0, len(rows), window):
        part = rows[start : start + window]
        part = part[np.argsort(lengths[part], kind="stable")]
        batches += [part[low : low + batch] for low in range(0, len(part), batch)]
    for index in generator.permutation(len(batches)):
        yield batches[index]


def _leaking(corpus: Corpus, texts: Sequence[str], *, near: float) -> NDArray[np.bool_]:
    """Which texts are equal or nearly equal to a development text."""
    held = dict.fromkeys(normal_form(each.text) for part in corpus.dev.values() for each in part)
    forms = [normal_form(text) for text in texts]
    known = set(held)
    if held and near < 1:
        every = [*held, *(dict.fromkeys(forms).keys() - held.keys())]
        known |= {every[pair.second] for pair in similar_pairs(every, threshold=near, across=len(held))}
    return np.array([form in known for form in forms], bool)


def _normal(text: str) -> str:
    return " ".join(text.casefold().split())


def _share(text: str) -> float:
    digest = hashlib.sha256(f"held-out {text}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
