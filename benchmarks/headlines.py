"""The better of two headlines, as readers' clicks decided in randomised tests; fits the weights that ship.

    python benchmarks/headlines.py --data DATA [--write] [--json out.json]

``DATA`` holds ``upworthy_headlines/train.jsonl.gz``. Two headlines are compared where they stood in one test
beside the same image. All pairs teach, by how sure their difference is; pairs that differ significantly
(|z| >= 1.96) are measured. Four folds keep tests that share a headline together. "More negative": the
difference of the probability of negative sentiment, and of the strongest negative emotion, between the
headline chosen and the other. ``--write`` then fits all folds and replaces the weights that ship.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression, Ridge

from measurement import Target, arguments, hardware, report, tell
from tongli import Message, Tongli
from tongli.applications.write import appeal as shipped
from tongli.applications.write.appeal import Appeal, AppealCard
from tongli.core import FloatArray

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int_]

FOLDS = 4
SURE = 1.96
STRENGTH = 1e-4
"""Inverse penalty, on standardised features."""
OUT = 1.6
"""How much of what the worth owes to each negative feeling is taken out: above 1, as estimates are noisy."""
NEGATIVE = ("anger", "disgust", "fear", "sadness")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Pairs of headlines: rows of the first and second, z of the difference in clicks, and the fold."""

    first: Ints
    second: Ints
    z: FloatArray
    fold: Ints

    @property
    def sure(self) -> Bools:
        """Pairs that differ significantly."""
        return np.abs(self.z) >= SURE


def read(path: Path) -> tuple[list[str], Pairs]:
    """Headlines, and their pairs."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    headlines = sorted({row["headline"] for row in rows})
    place = {text: at for at, text in enumerate(headlines)}
    shown: dict[tuple[str, str], dict[int, Ints]] = defaultdict(dict)
    for row in rows:
        counts = shown[row["test"], row["image"]].setdefault(place[row["headline"]], np.zeros(2, np.int_))
        counts += (row["impressions"], row["clicks"])
    groups = _groups(shown)
    found = [
        (one, two, _z(seen[one], seen[two]), groups[test])
        for (test, _), seen in shown.items()
        for one, two in combinations(seen, 2)
        if (seen[one] + seen[two])[1] and seen[one][0] and seen[two][0]
    ]
    first, second, z, fold = (np.asarray(column) for column in zip(*found, strict=True))
    return headlines, Pairs(first=first, second=second, z=z.astype(np.float32), fold=fold)


def _z(one: Ints, two: Ints) -> float:
    share = (one + two)[1] / (one + two)[0]
    spread = np.sqrt(share * (1 - share) * (1 / one[0] + 1 / two[0]))
    return float((one[1] / one[0] - two[1] / two[0]) / spread)


def _groups(shown: Mapping[tuple[str, str], Mapping[int, Ints]]) -> dict[str, int]:
    """Test → fold; tests that share a headline are joined first."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for (test, _), seen in shown.items():
        for row in seen:
            parent[root(f"headline {row}")] = root(f"test {test}")
    return {
        test: int(hashlib.sha256(root(f"test {test}").encode()).hexdigest(), 16) % FOLDS for test, _ in shown
    }


def negativity(headlines: Sequence[str], tongli: Tongli) -> FloatArray:
    """``(headlines, 2)``: probability of negative sentiment, and of the strongest negative emotion."""
    readings = tongli.read_many([Message(text, lang="en") for text in headlines])
    rows: list[Any] = [reading.scores for reading in readings]
    return np.array(
        [(row["sentiment"]["negative"], max(row["ekman6"][name] for name in NEGATIVE)) for row in rows],
        np.float32,
    )


def fit(features: FloatArray, negative: FloatArray, pairs: Pairs, *, rows: Bools) -> FloatArray:
    """Weights ``(features,)`` learnt from some pairs, free of both kinds of negativity."""
    first, second = pairs.first[rows], pairs.second[rows]
    spread = features.std(axis=0) + 1e-6
    apart = (features[first] - features[second]) / spread
    z = pairs.z[rows]
    model = LogisticRegression(C=STRENGTH, fit_intercept=False, max_iter=300)
    weights = model.fit(apart, z > 0, sample_weight=np.minimum(np.abs(z), 4)).coef_[0]
    worth = apart @ weights
    felt = negative[first] - negative[second]
    ways = Ridge(3000.0, fit_intercept=False).fit(apart, felt).coef_
    along = apart @ ways.T
    owed = np.linalg.lstsq(along, worth, rcond=None)[0]
    return np.asarray((weights - OUT * owed @ ways) / spread, np.float32)


def slope(margins: FloatArray, pairs: Pairs) -> float:
    """What makes differences of worth the logit of a significant win."""
    sure = pairs.sure
    model = LogisticRegression(C=1e6, fit_intercept=False)
    return float(model.fit(margins[sure, None], pairs.z[sure] > 0).coef_[0, 0])


def crossed(features: FloatArray, negative: FloatArray, pairs: Pairs) -> FloatArray:
    """Differences of worth, each from a fit that has not seen the pair."""
    margins = np.zeros(len(pairs.z), np.float32)
    for fold in range(FOLDS):
        weights = fit(features, negative, pairs, rows=pairs.fold != fold)
        rows = pairs.fold == fold
        margins[rows] = (features[pairs.first[rows]] - features[pairs.second[rows]]) @ weights
    return margins


def figures(margins: FloatArray, negative: FloatArray, pairs: Pairs) -> dict[str, Any]:
    """Accuracy on significant pairs, and how much more negative the chosen headline is."""
    sure = pairs.sure
    right = ((margins > 0) == (pairs.z > 0))[sure]
    chosen = np.where(margins > 0, pairs.first, pairs.second)[sure]
    other = np.where(margins > 0, pairs.second, pairs.first)[sure]
    more = (negative[chosen] - negative[other]).mean(axis=0)
    tests = np.random.default_rng(0).binomial(len(right), right.mean(), size=1000) / len(right)
    return {
        "accuracy": round(float(right.mean()), 4),
        "interval": np.quantile(tests, [0.025, 0.975]).round(4).tolist(),
        "pairs": int(sure.sum()),
        "more_negative_sentiment": round(float(more[0]), 4),
        "more_negative_emotion": round(float(more[1]), 4),
    }


def main() -> None:
    """Measure; with ``--write`` fit on everything and replace what ships."""
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public sets")
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    chosen = parser.parse_args()
    machine = hardware()
    print(machine)
    headlines, pairs = read(chosen.data / "upworthy_headlines" / "train.jsonl.gz")
    tongli = Tongli(heads=["sentiment", "ekman6"]).load()
    tell(f"{len(headlines):,} headlines, {len(pairs.z):,} pairs")
    features = tongli.encoder.features(headlines)
    negative = negativity(headlines, tongli)
    margins = crossed(features, negative, pairs)
    found = figures(margins, negative, pairs)
    print(json.dumps(found))
    if chosen.write:
        everything = np.ones(len(pairs.z), np.bool_)
        weights = slope(margins, pairs) * fit(features, negative, pairs, rows=everything)
        card = AppealCard(
            encoder=tongli.encoder.id,
            languages=("en",),
            data=({"name": "upworthy_headlines", "licence": "CC-BY-4.0", "examples": len(headlines)},),
            metrics={"cross_validated": found},
        )
        Appeal(weights=weights.astype(np.float32), card=card).save(Path(shipped.__file__).parent)
    targets = [
        Target(name="better headline", value=found["accuracy"], limit=0.70),
        *(
            Target(name=f"chosen {kind}", value=found[kind], limit=0.0, better="lower")
            for kind in ("more_negative_sentiment", "more_negative_emotion")
        ),
    ]
    report({"hardware": machine, **found}, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
