"""Reports as plain data; a figure that is undefined is ``None``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from tongli.core import FloatArray
from tongli.learning.data.record import Record
from tongli.learning.evaluate.resample import Estimate
from tongli.learning.label_efficient.few_shot import FewShot, Method
from tongli.learning.label_efficient.labelled import Labelled
from tongli.learning.label_efficient.pseudo_labels import positive_shares
from tongli.learning.label_efficient.self_training import SelfTrained
from tongli.learning.label_efficient.zero_shot import Transfer, ZeroShot

_DIGITS = 4


def zero_shot_report(found: ZeroShot) -> dict[str, Any]:
    """Every language, the widest gap first, and the mean."""
    return {
        "head": found.head,
        "measure": found.measure,
        "languages": [_transfer(item) for item in found.languages],
        "mean": _transfer(found.mean),
        "unknown": found.unknown,
    }


def self_training_report(
    found: SelfTrained, labelled: Labelled, unlabelled: Sequence[Record]
) -> dict[str, Any]:
    """Rounds, gain, texts of each language, and how the balance of the labels moved.

    Args:
        found: the run.
        labelled, unlabelled: what it learnt from.
    """
    pseudo = found.student.pseudo
    own = Counter(labelled.languages)
    added = Counter(unlabelled[row].lang for row in pseudo.rows)
    return {
        "head": labelled.head,
        "measure": found.measure,
        "labelled": len(labelled),
        "unlabelled": len(unlabelled),
        "pseudo_labelled": len(pseudo.rows),
        "masked": _number(float(np.isnan(pseudo.targets).mean())),
        "rounds": [_number(item.figure) for item in found.rounds],
        "best": found.best,
        "gain": _estimate(found.gain.delta),
        "randomisation_p": _number(found.gain.randomisation_p),
        "improved": found.improved,
        "texts": {
            tag: {"labelled": own[tag], "pseudo": added[tag]} for tag in sorted(own.keys() | added.keys())
        },
        "positives": _drift(labelled, pseudo.targets),
    }


def few_shot_report(found: FewShot) -> dict[str, Any]:
    """Every method, the baseline first."""
    return {
        "head": found.head,
        "measure": found.measure,
        "examples": found.examples,
        "measured": found.measured,
        "on": "held-out texts" if found.held_out else "cross-validation of the examples",
        "methods": [_method(item) for item in found.methods],
    }


def _transfer(item: Transfer) -> dict[str, Any]:
    return {
        "lang": item.lang,
        "texts": item.texts,
        "left_out": _estimate(item.left_out),
        "trained": _estimate(item.trained),
        "gap": _estimate(item.gap),
    }


def _method(item: Method) -> dict[str, Any]:
    against = item.against
    return {
        "name": item.name,
        "examples": item.examples,
        "figure": _estimate(item.figure),
        "abstained": item.abstained,
        "against_logistic": _estimate(against.delta) if against else None,
        "randomisation_p": _number(against.randomisation_p) if against else None,
    }


def _drift(labelled: Labelled, pseudo: FloatArray) -> dict[str, dict[str, float | None]]:
    """Label → share of positives among labelled texts, among pseudo-labels, and among both."""
    sides = {
        "labelled": labelled.targets,
        "pseudo": pseudo,
        "both": np.concatenate([labelled.targets, pseudo]),
    }
    shares = {name: positive_shares(targets) for name, targets in sides.items()}
    return {
        label: {name: _number(float(column[place])) for name, column in shares.items()}
        for place, label in enumerate(labelled.scheme.labels)
    }


def _estimate(found: Estimate) -> dict[str, float | None]:
    return {"value": _number(found.value), "low": _number(found.low), "high": _number(found.high)}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), _DIGITS)
