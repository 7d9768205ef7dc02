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
from tongli.knowledge.schemes import Scheme

_TINY = 1e-12


def entropy(values: FloatArray, *, scheme: Scheme) -> FloatArray:
    """Entropy of the prediction in 0..1, the mean over labels for independent ones.

    Args:
        values: probabilities, shape ``(…, labels)``.
        scheme: multi-label, multi-class or binary.

    Returns:
        Shape ``(…,)``.

    Raises:
        ConfigError: ``queue.head`` for a scheme that has no probabilities.
    """
    if scheme.kind == "multiclass":
        bits = -(values * np.log(values + _TINY)).sum(axis=-1) / np.log(values.shape[-1])
    elif scheme.kind in {"multilabel", "binary"}:
        sides = np.stack([values, 1 - values])
        bits = -(sides * np.log(sides + _TINY)).sum(axis=0).mean(axis=-1) / np.log(2)
    else:
        _refuse(scheme)
    return np.asarray(np.clip(bits, 0, 1), np.float32)


def margin(values: FloatArray, *, scheme: Scheme) -> FloatArray:
    """1 minus the margin: between the two best classes, or the smallest between yes and no of a label.

    Shapes and errors as in :func:`entropy`.
    """
    if scheme.kind == "multiclass":
        best = np.sort(values, axis=-1)
        gap = best[..., -1] - best[..., -2]
    elif scheme.kind in {"multilabel", "binary"}:
        gap = np.abs(2 * values - 1).min(axis=-1)
    else:
        _refuse(scheme)
    return np.asarray(1 - gap, np.float32)


def bald(samples: FloatArray, *, scheme: Scheme) -> FloatArray:
    """Mutual information between the label and the weights, estimated from sampled weights.

    The entropy of the mean prediction minus the mean entropy: high where each sampled network is sure and
    they contradict each other. For ordinal and regression heads, the standard deviation over the range: of
    Gaussian predictions with one noise level, information grows with it.

    Args:
        samples: values of sampled networks, shape ``(samples, batch, labels)``.
        scheme: of any kind.

    Returns:
        Shape ``(batch,)``, in 0..1.
    """
    if scheme.kind in {"ordinal", "regression"}:
        return np.asarray(samples.std(axis=0).mean(axis=-1) / (scheme.high - scheme.low), np.float32)
    information = entropy(samples.mean(axis=0), scheme=scheme) - entropy(samples, scheme=scheme).mean(axis=0)
    return np.asarray(np.clip(information, 0, 1), np.float32)


def _refuse(scheme: Scheme) -> NoReturn:
    raise ConfigError(
        "queue.head",
        received=f"{scheme.name}, which gives values and no probabilities",
        allowed="multi-label, multi-class and binary heads",
        fix="Leave this head out, or use the strategy bald or coreset.",
    )
