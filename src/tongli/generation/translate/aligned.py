"""Nothing is said that the source does not say, and nothing of it is left out.

Every token of one text is compared with all tokens of the other, by the states of the encoder's layer at
which words of different languages are most alike, less the mean state of their language. A stretch of tokens
without a counterpart was added, or left out. A logistic regression over figures of these gaps says how sure
that is; it was fitted on NTREX-128 (Federmann et al. 2022, CC BY-SA 4.0), where clauses of other sentences
were put in and clauses were taken out (``benchmarks/aligned_fit.py``). It does not see a word turned into its
opposite, people who change places, or another modal verb (``docs/translate.md``).

References:
    Jalili Sabet, Dufter, Yvon & Schütze (2020), "SimAlign: High quality word alignments without parallel
    training data using static and contextualized embeddings", Findings of EMNLP.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations_with_replacement

import numpy as np

from tongli.core import Check, FloatArray, Span, Tokens
from tongli.generation.translate.pair import Pair
from tongli.generation.verify.subject import quote

LEAST = 8
"""Tokens below which a text is too short to tell."""
MOST = 400
"""Tokens above which texts are not compared token by token."""
_WINDOWS = (3, 5, 8)
_USUAL = 0.08
"""How much wider than a text's middle gap a gap must be to count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What the gaps are judged by.

    Attributes:
        means: language → mean state of its tokens, ``(hidden,)``.
        center, scale: of the figures, ``(figures,)``.
        weights: of the scaled figures and their products, in the order of :func:`expanded`.
        bias: of the regression.
        limits: language → log-odds above which a text of it has something that the other has not.
        encoder: id of the encoder whose states were fitted on.
    """

    means: Mapping[str, FloatArray]
    center: FloatArray
    scale: FloatArray
    weights: FloatArray
    bias: float
    limits: Mapping[str, float]
    encoder: str

    def score(self, figures: FloatArray) -> FloatArray:
        """Log-odds of ``(texts, figures)`` that something has no counterpart."""
        return np.asarray(expanded((figures - self.center) / self.scale) @ self.weights + self.bias)


def check(pair: Pair) -> Check:
    """Fail where a stretch of one text has no counterpart in the other."""
    known = shipped()
    if not {*pair.langs} <= {*known.means}:
        return Check(name="content", passed=None, detail="nothing was fitted for both languages")
    after, before = pair.tokens
    if after.encoder != known.encoder:
        return Check(name="content", passed=None, detail="nothing was fitted for this encoder")
    if not all(LEAST <= len(text.spans) <= MOST for text in (after, before)):
        return Check(name="content", passed=None, detail="too short or too long to compare word by word")
    here, there = pair.langs
    own, theirs = centred(after, known.means[there]), centred(before, known.means[here])
    added, lost = gaps(own, theirs), gaps(theirs, own)
    rows = np.stack([figures(added, lost), figures(lost, added)])
    over = known.score(rows) - np.array([known.limits[there], known.limits[here]], np.float32)
    return _verdict(pair, over=over, spans=(_stretch(after, added), _stretch(before, lost)))


def _verdict(pair: Pair, *, over: FloatArray, spans: tuple[Span, Span]) -> Check:
    told = []
    if over[0] > 0:
        told.append(f"not in the source: {quote(pair.after, spans[:1])}")
    if over[1] > 0:
        told.append(f"left out: {quote(pair.before, spans[1:])}")
    return Check(
        name="content",
        passed=not told,
        detail="; ".join(told) or "every stretch has a counterpart",
        score=float(over.max()),
        evidence=spans[:1] if over[0] > 0 else (),
    )


def centred(text: Tokens, mean: FloatArray) -> FloatArray:
    """States less the mean of their language, of unit length: ``(tokens, hidden)``."""
    states = np.asarray(text.states, np.float32) - mean
    norms = np.linalg.norm(states, axis=1, keepdims=True)
    return np.asarray(states / np.maximum(norms, 1e-6), np.float32)


def gaps(own: FloatArray, other: FloatArray) -> FloatArray:
    """One minus the cosine of each token with the nearest of the other text, ``(tokens,)``."""
    return np.asarray(1 - (own @ other.T).max(axis=1), np.float32)


def figures(own: FloatArray, other: FloatArray) -> FloatArray:
    """What the gaps of a text say, beside those of the other: ``(figures,)``."""
    mean, total = float(own.mean()), len(own)
    sums = np.concatenate([[0.0], np.cumsum(own)])
    windows = [max((sums[size:] - sums[:-size]) / size) if total >= size else mean for size in _WINDOWS]
    start, end, excess = stretch(own)
    told = [
        mean,
        float(own.max()),
        float(np.sort(own)[-max(1, total // 5) :].mean()),
        *windows,
        windows[-1] - mean,
        excess,
        (end - start) / total,
        float(other.mean()),
        float(np.log(total / len(other))),
        float(np.log(total)),
    ]
    return np.array(told, np.float32)


def stretch(own: FloatArray) -> tuple[int, int, float]:
    """The run of tokens whose gaps are wider than usual by the most (Kadane): start, end, by how much."""
    best, since, total = (0, 1, 0.0), 0, 0.0
    for at, value in enumerate((own - np.median(own) - _USUAL).tolist()):
        if total <= 0:
            since, total = at, 0.0
        total += value
        if total > best[2]:
            best = (since, at + 1, total)
    return best


def expanded(scaled: FloatArray) -> FloatArray:
    """Scaled figures with their products: ``(texts, figures)`` → ``(texts, figures + products)``."""
    columns = range(scaled.shape[1])
    products = [scaled[:, i] * scaled[:, j] for i, j in combinations_with_replacement(columns, 2)]
    return np.concatenate([scaled, np.stack(products, axis=1)], axis=1)


def _stretch(text: Tokens, own: FloatArray) -> Span:
    start, end, _ = stretch(own)
    return text.spans[start][0], text.spans[end - 1][1]


@cache
def shipped() -> Fitted:
    """What ships with the embedded encoder."""
    with (files(__package__) / "aligned.npz").open("rb") as file, np.load(file) as data:
        tags: Sequence[str] = data["languages"].tolist()
        return Fitted(
            means=dict(zip(tags, data["means"].astype(np.float32), strict=True)),
            center=data["center"],
            scale=data["scale"],
            weights=data["weights"],
            bias=float(data["bias"]),
            limits=dict(zip(tags, data["limits"].tolist(), strict=True)),
            encoder=str(data["encoder"]),
        )
