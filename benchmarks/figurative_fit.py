"""Fit the weights of ``tongli.empathy.figurative`` on our own sentences, and cross-validate them.

    python benchmarks/figurative_fit.py [--write] [--json out.json]

Every sentence was written for this purpose; none has an expression of SemEval-2022 task 2, which
``benchmarks/idioms.py`` measures on. The folds keep all sentences of an expression together, so the figures
are of expressions that the weights have not seen. ``--write`` replaces the weights that ship.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold, LeaveOneGroupOut, cross_val_predict

from measurement import arguments, hardware, report
from tongli import Tongli
from tongli.core import FloatArray
from tongli.empathy import figurative
from tongli.empathy.figurative import Place, features, read

Ints = npt.NDArray[np.int_]
USES = Path(__file__).parent / "figurative" / "uses.tsv"
TARGET = Path(figurative.__file__).with_suffix(".toml")
STRENGTH = 0.3
"""Inverse penalty of the regression."""
SOFTENED = 0.5
"""Log-odds are halved: sentences that are written to show a use are easier than those one meets."""
EXPECTED = 0.65
"""Share of idiomatic uses; half of our sentences are, but in text known expressions mostly mean the idiom."""
MARGIN = 0.05
TOLD = 3
"""Columns after the states: two cosines and whether it is a name."""
DRAWS = 1000


def marked(lang: str, text: str) -> Place:
    """A sentence whose expression stands in square brackets."""
    start, end = text.index("["), text.index("]") - 1
    return Place(text=text.replace("[", "").replace("]", ""), span=(start, end), lang=lang)


def sentences() -> tuple[list[Place], Ints, list[str]]:
    """Places, 1 for idiomatic, and the expression that each belongs to."""
    with USES.open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    places = [marked(lang, text) for lang, _, text in rows]
    uses = np.array([int(use == "idiomatic") for _, use, _ in rows])
    return places, uses, [f"{item.lang} {item.words}" for item in places]


def scales(table: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mean and scale of each column; all states together weigh as much as some ten columns."""
    states = table.shape[1] - TOLD
    scale = table.std(axis=0) + 1e-6
    scale[:states] *= math.sqrt(states / 2 / 10)
    return table.mean(axis=0), scale


def regression() -> LogisticRegression:
    """As it is fitted."""
    return LogisticRegression(C=STRENGTH, max_iter=1000)


def figures(places: Sequence[Place], truth: Ints, scores: FloatArray) -> dict[str, dict[str, float]]:
    """Macro-F1 by language, with 95 % of a bootstrap over sentences, and that of what is decided."""
    langs = np.array([item.lang for item in places])
    found = {}
    for name in ("all", *sorted(set(langs.tolist()))):
        rows = np.flatnonzero((langs == name) | (name == "all"))
        sure = rows[np.abs(scores[rows] - 0.5) >= MARGIN]
        low, high = interval(truth[rows], scores[rows])
        found[name] = {
            "sentences": len(rows),
            "macro_f1": macro_f1(truth[rows], scores[rows]),
            "low": low,
            "high": high,
            "decided": len(sure) / len(rows),
            "macro_f1_decided": macro_f1(truth[sure], scores[sure]),
        }
    return found


def macro_f1(truth: Ints, scores: FloatArray) -> float:
    """Mean F1 of both uses."""
    return float(f1_score(truth, scores >= 0.5, average="macro"))


def interval(truth: Ints, scores: FloatArray) -> tuple[float, float]:
    """95 % of macro-F1 over sentences drawn again."""
    draws = np.random.default_rng(0).integers(0, len(truth), (DRAWS, len(truth)))
    found = [macro_f1(truth[rows], scores[rows]) for rows in draws]
    low, high = np.quantile(found, (0.025, 0.975))
    return float(low), float(high)


def expected(logits: FloatArray) -> FloatArray:
    """Log-odds as they ship: softened, with the expected share of idiomatic uses."""
    return SOFTENED * (logits + math.log(EXPECTED / (1 - EXPECTED)))


def probability(logits: FloatArray) -> FloatArray:
    """Of log-odds as they ship."""
    return np.asarray(1 / (1 + np.exp(-expected(logits))))


def write(
    model: LogisticRegression, *, mean: FloatArray, scale: FloatArray, facts: dict[str, object]
) -> None:
    """The files that ship, for features as they are."""
    weights = model.coef_[0] / scale
    bias = round(float(expected(model.intercept_[0] - weights @ mean)), 5)
    lines = [f"{name} = {json.dumps(value)}" for name, value in (("bias", bias), *facts.items())]
    TARGET.write_text(
        "# Written by benchmarks/figurative_fit.py.\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    np.savez_compressed(TARGET.with_suffix(".npz"), weights=np.asarray(SOFTENED * weights, np.float32))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    options = parser.parse_args()
    machine = hardware("onnx", "scikit-learn")
    print(machine)
    places, truth, expressions = sentences()
    tokens = read(places, Tongli().encoder.tokens)
    table = features(places, tokens)
    mean, scale = scales(table)
    scaled = (table - mean) / scale
    langs = [item.lang for item in places]
    told = {}
    for name, folds, groups in (
        ("held_out", GroupKFold(n_splits=10), expressions),
        ("language_left_out", LeaveOneGroupOut(), langs),
    ):
        logits = cross_val_predict(
            regression(), scaled, truth, groups=groups, cv=folds, method="decision_function"
        )
        told[name] = figures(places, truth, probability(logits))
        print(name.replace("_", " "))
        for lang, row in told[name].items():
            print(
                f"  {lang:5}{row['sentences']:5} macro-F1 {row['macro_f1']:.3f} "
                f"({row['low']:.3f} to {row['high']:.3f}); "
                f"decided {row['decided']:.0%}, of them {row['macro_f1_decided']:.3f}"
            )
    if options.write:
        facts = {
            "margin": MARGIN,
            "encoder": next(iter(tokens.values())).encoder,
            "languages": sorted(set(langs)),
        }
        write(regression().fit(scaled, truth), mean=mean, scale=scale, facts=facts)
    report({"hardware": machine, **told}, targets=[], path=options.json)


if __name__ == "__main__":
    main()
