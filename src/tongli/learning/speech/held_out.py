"""What a head says of speakers it has not heard: folds of speakers, and the choice of options on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tongli.core import ConfigError, FloatArray
from tongli.emotion.speech.linear import Linear
from tongli.learning.speech.fit import GRID, Indices, Options, fit

_FOLDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Clips to learn from.

    Attributes:
        features: ``(clips, 1 + copies, features)``: the clip itself, then made-up recordings of it.
        labels: index of each clip's label, ``(clips,)``.
        speakers: of each clip.
        count: of labels.
    """

    features: FloatArray
    labels: Indices
    speakers: Sequence[str]
    count: int

    def fit(self, rows: Indices, options: Options) -> Linear:
        """A head of some clips and their made-up recordings."""
        table = self.features[rows]
        labels = np.repeat(self.labels[rows], table.shape[1])
        return fit(table.reshape(len(labels), -1), labels, count=self.count, options=options)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """What heads that did not learn from a speaker say of that speaker's clips.

    Attributes:
        logits: ``(clips, 1 + copies, labels)``.
        strangeness: ``(clips,)``, of the clips themselves.
        labels: the right ones, ``(clips,)``.
    """

    logits: FloatArray
    strangeness: FloatArray
    labels: Indices

    @property
    def uar(self) -> float:
        """Unweighted average recall of the clips themselves, 0..1."""
        return unweighted_recall(self.logits[:, 0].argmax(axis=1), self.labels)


def held_out(sample: Sample, options: Options) -> HeldOut:
    """Leave speakers out in turn, in at most six folds."""
    names = np.asarray(sample.speakers)
    logits = np.zeros((*sample.features.shape[:2], sample.count), np.float32)
    strangeness = np.zeros(len(names), np.float32)
    for left_out in _folds(sample.speakers):
        rows = np.flatnonzero(np.isin(names, left_out))
        head = sample.fit(np.flatnonzero(~np.isin(names, left_out)), options)
        for copy in range(sample.features.shape[1]):
            logits[rows, copy] = head.logits(sample.features[rows, copy])
        strangeness[rows] = head.strangeness(sample.features[rows, 0])
    return HeldOut(logits=logits, strangeness=strangeness, labels=sample.labels)


def chosen(sample: Sample) -> tuple[Options, HeldOut]:
    """The options of ``GRID`` with the highest recall on speakers left out; the first among equals."""
    tried = [(options, held_out(sample, options)) for options in GRID]
    return max(tried, key=lambda pair: pair[1].uar)


def unweighted_recall(chosen: Indices, labels: Indices) -> float:
    """Mean over the labels of the share of their clips that are recognised (UAR), 0..1."""
    return float(np.mean([(chosen[labels == label] == label).mean() for label in np.unique(labels)]))


def _folds(speakers: Sequence[str]) -> list[list[str]]:
    names = sorted(set(speakers))
    if len(names) < 2:
        raise ConfigError(
            "speech.speakers",
            received="clips of one speaker",
            allowed="clips of at least two speakers: a head is measured on speakers left out",
            fix="Add clips of others, or name the speakers in the manifest.",
        )
    folds = min(_FOLDS, len(names))
    return [names[start::folds] for start in range(folds)]
