"""Fit the weights of ``tongli.empathy.figurative`` on our own sentences, and cross-validate them.

    python benchmarks/figurative_fit.py [--write] [--json out.json]

Every sentence was written for this purpose. The folds keep all sentences of an expression together, so the
figures are of expressions that the weights have not seen. ``--write`` replaces the weights that ship.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from measurement import arguments, hardware, report
from tongli import Tongli
from tongli.core import FloatArray
from tongli.empathy import figurative
from tongli.empathy.figurative import FEATURES, Figurative, Fitted, Place
from tongli.knowledge.claim_matcher import matcher

Ints = npt.NDArray[np.int_]
HERE = Path(__file__).parent / "figurative"
TARGET = Path(figurative.__file__).with_suffix(".toml")
STRENGTH = 0.1
"""Inverse penalty of the regression."""
MARGIN = 0.05
REFERENCES = 48
"""Sentences a language, without their expressions."""
ZERO = np.zeros(len(FEATURES), np.float32)


def marked(lang: str, text: str) -> Place:
    """A sentence whose expression stands in square brackets, glossed where a claim knows it."""
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    for match in matcher(lang).candidates(plain):
        if match.span[0] < end and match.span[1] > start and match.claim.kind in {"idiom", "proverb"}:
            return figurative.place(match, plain, lang=lang)
    return Place(text=plain, span=(start, end), lang=lang)


def sentences() -> tuple[list[Place], list[int], list[str]]:
    """Places, 1 for idiomatic, and the expression that each belongs to."""
    rows: list[tuple[str, str, int]] = []
    with (HERE / "pairs.tsv").open(encoding="utf-8") as file:
        for lang, idiomatic, literal in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows += [(lang, idiomatic, 1), (lang, literal, 0)]
    with (HERE / "compounds.tsv").open(encoding="utf-8") as file:
        for lang, use, text in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rows.append((lang, text, int(use == "idiomatic")))
    expressions = [f"{lang} {text[text.index('[') : text.index(']')].lower()}" for lang, text, _ in rows]
    return [marked(lang, text) for lang, text, _ in rows], [use for *_, use in rows], expressions


def references(places: list[Place]) -> dict[str, list[str]]:
    """Language → some of its sentences, evenly chosen, each with a hole."""
    by_language: dict[str, list[str]] = {}
    for item in places:
        by_language.setdefault(item.lang, []).append(item.rest)
    return {
        lang: [texts[index * len(texts) // REFERENCES] for index in range(REFERENCES)]
        for lang, texts in by_language.items()
    }


def text_of(fitted: Pipeline, found: Mapping[str, Sequence[str]]) -> str:
    """The TOML that ships."""
    scaler, regression = fitted[0], fitted[-1]
    columns = zip(FEATURES, scaler.mean_, scaler.scale_, regression.coef_[0], strict=True)
    lines = [
        "# Written by benchmarks/figurative_fit.py.",
        f"bias = {regression.intercept_[0]:.4f}",
        f"margin = {MARGIN}",
        "[features] # mean, scale, weight",
        *(f"{name} = [{mean:.5f}, {scale:.5f}, {weight:.4f}]" for name, mean, scale, weight in columns),
        "[references]",
        *(f"{lang} = {json.dumps(texts, ensure_ascii=False, indent=1)}" for lang, texts in found.items()),
    ]
    return "\n".join(lines) + "\n"


def figures(places: Sequence[Place], truth: Ints, scores: FloatArray) -> dict[str, dict[str, float]]:
    """Macro-F1 and log-loss by language, with and without glosses; and of what is not abstained from."""
    langs = np.array([item.lang for item in places])
    glossed = np.array([item.sense is not None for item in places])
    groups = {"all": langs != "", "glossed": glossed, "unglossed": ~glossed}
    groups |= {lang: langs == lang for lang in sorted(set(langs.tolist()))}
    found = {}
    for name, rows in groups.items():
        sure = rows & (np.abs(scores - 0.5) >= MARGIN)
        found[name] = {
            "sentences": int(rows.sum()),
            "macro_f1": f1_score(truth[rows], scores[rows] >= 0.5, average="macro"),
            "log_loss": log_loss(truth[rows], scores[rows], labels=[0, 1]),
            "decided": sure.sum() / rows.sum(),
            "macro_f1_decided": f1_score(truth[sure], scores[sure] >= 0.5, average="macro"),
        }
    return found


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    options = parser.parse_args()
    machine = hardware("onnx", "scikit-learn")
    print(machine)
    places, uses, groups = sentences()
    found = references(places)
    unfitted = Fitted(mean=ZERO, scale=ZERO, weights=ZERO, bias=0.0, margin=0.0, references=found)
    embed = Tongli().sentences
    table, truth = Figurative(embed, fitted=unfitted).features(places), np.array(uses)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH))
    folds = GroupKFold(n_splits=10)
    scores = cross_val_predict(model, table, truth, groups=groups, cv=folds, method="predict_proba")[:, 1]
    told = figures(places, truth, scores)
    for name, row in told.items():
        print(
            f"{name:10}{row['sentences']:5} macro-F1 {row['macro_f1']:.3f}, log-loss {row['log_loss']:.3f}; "
            f"decided {row['decided']:.0%}, of them {row['macro_f1_decided']:.3f}"
        )
    if options.write:
        TARGET.write_text(text_of(model.fit(table, truth), found), encoding="utf-8")
        usual = {lang: embed(texts).mean(axis=0) for lang, texts in found.items()}
        np.savez_compressed(TARGET.with_suffix(".npz"), **usual)
    report({"hardware": machine, "held_out": told}, targets=[], path=options.json)


if __name__ == "__main__":
    main()
