"""Acquisition functions: how much a label of an example would teach, one number each, higher is more.

References:
    Settles (2009), "Active learning literature survey" (entropy, margin).
    Brinker (2006), "On active learning in multi-label classification" (smallest margin over labels).
    Houlsby et al. (2011), "Bayesian active learning for classification and preference learning" (BALD).
    Gal, Islam and Ghahramani (2017), "Deep Bayesian active learning with image data", ICML.
"""

from __future__ import annotations

from typing import NoReturn

import numpy as np

from tongli.core import ConfigError, FloatArray
from tongli.knowledge.schemes import SCHEMES

_TINY = 1e-12


def entropy(values: FloatArray, *, head: str) -> FloatArray:
    """Entropy of the prediction in 0..1, the mean over labels for independent ones.

    Args:
        values: probabilities, shape ``(…, labels)``.
        head: name of a multi-label, multi-class or binary scheme.

    Returns:
        Shape ``(…,)``.

    Raises:
        ConfigError: ``queue.head`` for a scheme that has no probabilities.
    """
    kind = SCHEMES[head].kind
    if kind == "multiclass":
        bits = -(values * np.log(values + _TINY)).sum(axis=-1) / np.log(values.shape[-1])
    elif kind in {"multilabel", "binary"}:
        sides = np.stack([values, 1 - values])
        bits = -(sides * np.log(sides + _TINY)).sum(axis=0).mean(axis=-1) / np.log(2)
    else:
        _refuse(head)
    return np.asarray(np.clip(bits, 0, 1), np.float32)


def margin(values: FloatArray, *, head: str) -> FloatArray:
    """1 minus the margin: between the two best classes, or the smallest between yes and no of a label.

    Shapes and errors as in :func:`entropy`.
    """
    kind = SCHEMES[head].kind
    if kind == "multiclass":
        best = np.sort(values, axis=-1)
        gap = best[..., -1] - best[..., -2]
    elif kind in {"multilabel", "binary"}:
        gap = np.abs(2 * values - 1).min(axis=-1)
    else:
        _refuse(head)
    return np.asarray(1 - gap, np.float32)


def bald(samples: FloatArray, *, head: str) -> FloatArray:
    """Mutual information between the label and the weights, estimated from sampled weights.

    The entropy of the mean prediction minus the mean entropy: high where each sampled network is sure and
    they contradict each other. For ordinal and regression heads, the standard deviation over the range: of
    Gaussian predictions with one noise level, information grows with it.

    Args:
        samples: values of sampled networks, shape ``(samples, batch, labels)``.
        head: name of any scheme.

    Returns:
        Shape ``(batch,)``, in 0..1.
    """
    scheme = SCHEMES[head]
    if scheme.kind in {"ordinal", "regression"}:
        return np.asarray(samples.std(axis=0).mean(axis=-1) / (scheme.high - scheme.low), np.float32)
    information = entropy(samples.mean(axis=0), head=head) - entropy(samples, head=head).mean(axis=0)
    return np.asarray(np.clip(information, 0, 1), np.float32)


def _refuse(head: str) -> NoReturn:
    raise ConfigError(
        "queue.head",
        received=f"{head}, which gives values and no probabilities",
        allowed=", ".join(
            name for name, scheme in SCHEMES.items() if scheme.kind not in {"ordinal", "regression"}
        ),
        fix="Leave this head out, or use the strategy bald or coreset.",
    )
