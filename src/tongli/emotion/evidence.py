"""Evidence by batched occlusion: by how much a claim's score falls when words are hidden.

Each word gets its average marginal effect over two orders of hiding, left to right and right to left: the
antithetic pair of a permutation-sampled Shapley value. Two properties make it honest: every number is a
difference of scores that the model really gave, and the weights of a claim add up *exactly* to the change
between the whole text and the text with everything hidden, which is checked at run time.

References:
    Zeiler & Fergus (2014), "Visualizing and Understanding Convolutional Networks" (occlusion).
    Castro, Gómez & Tejada (2009), "Polynomial calculation of the Shapley value based on sampling".
    Mitchell et al. (2022), "Sampling Permutations for Shapley Value Estimation" (antithetic pairs).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from tongli.core import Claim, Evidence, FloatArray, IntArray, Reading, Span
from tongli.emotion.heads import Heads

Encode = Callable[[Sequence[str]], tuple[FloatArray, list[IntArray]]]
"""Raw strings → encoder features ``(texts, features)``, and the pieces of each text."""

_MOST_UNITS = 32
_SHOWN_SHARE = 0.8
_MOST_SHOWN = 5
_TOLERANCE = 1e-3


def with_evidence(reading: Reading, *, units: Sequence[Span], encode: Encode, heads: Heads) -> Reading:
    """The reading with evidence on every decided claim that a head made.

    Args:
        reading: what S said.
        units: words of the text, in order; neighbours are joined beyond 32 units, so that the cost of a
            long text stays that of 64 short ones.
        encode: the encoder.
        heads: the heads that made the claims.
    """
    text = reading.message.text
    units = join(units, most=_MOST_UNITS)
    claims = [claim for claim in reading.claims if not claim.abstained and claim.source.startswith("head:")]
    if not units or not claims:
        return reading
    hidden = hidden_both_ways(text, units)
    tables = heads.values(*encode(hidden), languages=[reading.language.tag] * len(hidden))
    weights = {id(claim): shapley(_column(claim, tables, heads), len(units)) for claim in claims}
    return replace(
        reading,
        claims=tuple(
            replace(claim, evidence=strongest(units, weights[id(claim)])) if id(claim) in weights else claim
            for claim in reading.claims
        ),
    )


def join(units: Sequence[Span], *, most: int) -> list[Span]:
    """Neighbouring units joined evenly, so that at most ``most`` remain."""
    if len(units) <= most:
        return list(units)
    groups = np.array_split(np.asarray(units), most)
    return [(int(group[0][0]), int(group[-1][1])) for group in groups]


def hide(text: str, order: Sequence[Span]) -> list[str]:
    """The text with 0, 1, … all units of ``order`` hidden: ``len(order) + 1`` strings."""
    texts, letters = [text], list(text)
    for low, high in order:
        letters[low:high] = [" "] * (high - low)
        texts.append(" ".join("".join(letters).split()))
    return texts


def hidden_both_ways(text: str, units: Sequence[Span]) -> list[str]:
    """``2 * len(units)`` strings, in the order that :func:`shapley` reads their scores in."""
    return [*hide(text, units), *hide(text, units[::-1])[1:-1]]


def shapley(scores: FloatArray, units: int) -> FloatArray:
    """Weight of each unit, from the scores of both orders of hiding.

    Args:
        scores: ``(2 * units,)``, of :func:`hidden_both_ways`: the whole text, forward steps (the last has
            everything hidden), then the inner steps of the backward order.
        units: how many there are.

    Raises:
        ArithmeticError: when the weights do not add up to the whole change, which would be a bug.
    """
    forward = scores[: units + 1]
    backward = np.concatenate([scores[:1], scores[units + 1 :], scores[units : units + 1]])
    weights = (forward[:-1] - forward[1:] + (backward[:-1] - backward[1:])[::-1]) / 2
    change = float(forward[0] - forward[-1])
    if abs(float(weights.sum()) - change) > _TOLERANCE * max(1.0, abs(change)):
        raise ArithmeticError(f"occlusion weights sum to {weights.sum():.4f}, not to {change:.4f}")
    return np.asarray(weights, np.float32)


def strongest(units: Sequence[Span], weights: FloatArray) -> tuple[Evidence, ...]:
    """Units that carry most of the support for a claim, strongest first."""
    support = float(np.maximum(weights, 0).sum())
    chosen: list[Evidence] = []
    carried = 0.0
    for index in np.argsort(-weights)[:_MOST_SHOWN]:
        weight = float(weights[index])
        if weight <= 0 or carried >= _SHOWN_SHARE * support:
            break
        carried += weight
        chosen.append(Evidence(span=units[index], weight=round(weight, 4)))
    return tuple(chosen)


def _column(claim: Claim, tables: dict[str, FloatArray], heads: Heads) -> FloatArray:
    """The claim's own score for every hidden text; of the other side for a negative binary claim."""
    head = claim.source.removeprefix("head:")
    labels = heads.labels(head)
    table = tables[head]
    if len(labels) > 1:
        return table[:, labels.index(claim.label or "")]
    opposite = claim.label != labels[0]
    return 1 - table[:, 0] if opposite else table[:, 0]
