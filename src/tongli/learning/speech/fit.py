"""A linear speech head: shrunken discriminants of each view of a voice, added up.

Each layer of the encoder, and prosody, is a view with a linear discriminant of its own, whose pooled
covariance is shrunk towards a multiple of the identity; labels count the same however many clips they have.
Views are brought to the same spread and added with weights, so the sum is again one linear map. With few
speakers this beat support-vector machines, logistic regression and a discriminant of all views together
(docs/speech-emotion.md).

References:
    Fisher (1936), "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7(2).
    Friedman (1989), "Regularized discriminant analysis", JASA 84(405).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tongli.core import FloatArray
from tongli.emotion.speech.linear import Linear
from tongli.encoders.audio.whisper_layers import LAYERS, WIDTH

Indices = NDArray[np.intp]

_STATES = len(LAYERS) * WIDTH
_NEVER = -1e4
"""Offset of a label that no clip has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to fit.

    Attributes:
        shrinkage: 0..1, how much of the covariance is replaced by a multiple of the identity.
        prosody: weight of the view prosody against 1 for each layer.
    """

    shrinkage: float = 0.5
    prosody: float = 0.3


GRID = tuple(
    Options(shrinkage=shrinkage, prosody=prosody)
    for shrinkage in (0.3, 0.5, 0.7)
    for prosody in (0.0, 0.3, 0.6)
)
"""What is tried on speakers left out."""


def fit(features: FloatArray, labels: Indices, *, count: int, options: Options) -> Linear:
    """Fit a head.

    Args:
        features: ``(clips, features)``; not a number where missing.
        labels: index of each clip's label, ``(clips,)``; a label without clips is never chosen.
        count: of labels.
        options: how.
    """
    mean = np.nanmean(features, axis=0)
    scale = np.maximum(np.nanstd(features, axis=0), 1e-6)
    inputs = np.nan_to_num((features - mean) / scale).astype(np.float64)
    weight, bias = np.zeros((inputs.shape[1], count)), np.zeros(count)
    for view, share in _views(inputs.shape[1], options):
        part, offset = _discriminant(inputs[:, view], labels, count=count, shrinkage=options.shrinkage)
        logits = inputs[:, view] @ part
        spread = share / max(float(np.std(logits - logits.mean(axis=1, keepdims=True))), 1e-9)
        weight[view] = part * spread
        bias += offset * spread
    arrays = zip(("mean", "scale", "weight", "bias"), (mean, scale, weight, bias), strict=True)
    return Linear(**{name: array.astype(np.float32) for name, array in arrays})


def _views(width: int, options: Options) -> list[tuple[slice, float]]:
    layers = [(slice(start, start + WIDTH), 1.0) for start in range(0, min(width, _STATES), WIDTH)]
    return [*layers, (slice(_STATES, width), options.prosody)] if options.prosody else layers


def _discriminant(
    inputs: NDArray[np.float64], labels: Indices, *, count: int, shrinkage: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights ``(inputs, labels)`` and offsets ``(labels,)``."""
    clips = np.bincount(labels, minlength=count)
    means = np.zeros((count, inputs.shape[1]))
    np.add.at(means, labels, inputs)
    means /= np.maximum(clips, 1)[:, None]
    within = inputs - means[labels]
    covariance = within.T @ within / len(within)
    level = np.trace(covariance) / len(covariance)
    shrunken = covariance * (1 - shrinkage)
    shrunken[np.diag_indices_from(shrunken)] += max(shrinkage * level, 1e-9)
    solved = np.linalg.solve(shrunken, np.concatenate([means.T, covariance], axis=1))
    weights, noise = solved[:, :count], np.trace(solved[:, count:])
    # the mean of a few clips lies too far out by chance, which would count against their label
    lengths = (means * weights.T).sum(axis=1) - noise / np.maximum(clips, 1)
    return weights, np.where(clips > 0, -lengths / 2, _NEVER)


def relative(features: FloatArray, speakers: Sequence[str]) -> FloatArray:
    """Features less the mean of their speaker, ``(clips, features)``."""
    names = np.asarray(speakers)
    found = features.copy()
    for name in np.unique(names):
        found[names == name] -= np.nanmean(features[names == name], axis=0)
    return found
