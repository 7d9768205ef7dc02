"""Monte-Carlo dropout of the hidden units of a shipped head, in numpy.

A head is a bag of networks side by side, but its file keeps neither where one ends nor its own bias, so the
members cannot be told apart again. Dropping hidden units, as in training, samples networks from the bag.

References:
    Gal and Ghahramani (2016), "Dropout as a Bayesian approximation", ICML.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.head import Head, calibrate
from tongli.emotion.words import Grams

RATE = 0.5
"""Share of hidden units that is dropped, the rate that the heads are trained with."""


def sample_values(
    head: Head,
    features: FloatArray,
    found: Grams,
    *,
    languages: Sequence[str],
    samples: int = 20,
    seed: int = 0,
) -> FloatArray:
    """Calibrated values of networks sampled by dropout; one network sees all examples.

    Args:
        head: arrays and card.
        features: shape ``(batch, features)``.
        found: grams of the texts; the weights of words are the same in every sample.
        languages: tag of each example.
        samples: how many networks.
        seed: of the masks.

    Returns:
        Shape ``(samples, batch, labels)``.
    """
    arrays = head.arrays
    units, labels = arrays.down.shape
    kept = np.random.default_rng(seed).random((units, samples, 1)) >= RATE
    # All sampled networks share the hidden layer, so they run as one with more outputs.
    masked = (kept * arrays.down[:, None, :] / (1 - RATE)).reshape(units, samples * labels)
    many = replace(arrays, down=masked.astype(np.float32), bias=np.tile(arrays.bias, samples))
    logits = many.logits(features).reshape(-1, samples, labels)
    said = head.said(found, languages=languages, dense=arrays.logits(features))
    return np.stack(
        [calibrate(logits[:, index] + said, card=head.card, languages=languages) for index in range(samples)]
    )
