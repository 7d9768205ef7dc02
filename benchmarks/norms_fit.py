"""Fit the weights of ``tongli.empathy.culture.norm`` on our own texts, and cross-validate them.

    python benchmarks/norms_fit.py [--write] [--json out.json]

Norms and sentences were written for this purpose (``benchmarks/norms``). A sentence concerns a norm when both
are of the same act; relevance is learnt from what cross-validated models say, so that nothing is judged by a
model that has seen it. What earlier turns say is learnt from talks. Whether a norm describes misconduct is
learnt from the norms and from those of the dialogues (``dialogues_*.txt``); a fifth of these, by hash of the
norm, is learnt from by nothing and reported. ``--write`` replaces the weights that ship.
"""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from measurement import arguments, hardware, report
from norms import HERE, talks
from tongli import Tongli
from tongli.core import FloatArray
from tongli.empathy.culture import norm
from tongli.empathy.culture.norm import (
    FITTED,
    Case,
    Norms,
    Tokenise,
    Weights,
    agreed,
    cue,
    in_talk,
    likeness,
    middle,
    nearness,
    norm_sentences,
    speaker,
)
from tongli.empathy.simile import Embed

TARGET = Path(norm.__file__).with_suffix(".npz")
STRENGTH = 10.0
"""Inverse penalty of the regressions over vectors."""
KIND_STRENGTH = 30.0
KIND_SPREAD = 0.35
"""Length that mean states of norms are brought to, in the mean, before the kind is learnt."""
CUE_WEIGHT = 0.3
"""The cue counts as much as a difference of mean states of this size."""
OTHER = "other"
ALONE = np.array([1, 0, 0, 0], np.float32)
"""Weights of a talk by which each turn stands for itself."""
FOLDS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or norm: its act, whether it is good conduct, its language."""

    act: str
    good: bool
    lang: str
    text: str


def lines(name: str) -> list[Line]:
    """Those of a file."""
    data = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    return [
        Line(act, kind == "good", lang, text)
        for act, kinds in data.items()
        for kind, languages in kinds.items()
        for lang, block in languages.items()
        for text in block.strip().splitlines()
    ]


def centred(rows: FloatArray, items: list[Line]) -> tuple[FloatArray, FloatArray]:
    """Vectors less the mean of their language, and those means."""
    means = np.array([rows[[item.lang == lang for item in items]].mean(axis=0) for lang in FITTED])
    return rows - means[[FITTED.index(item.lang) for item in items]], means


def model(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000)


def linear(fitted: LogisticRegression) -> FloatArray:
    """Coefficients with the bias last."""
    return np.c_[fitted.coef_, fitted.intercept_].astype(np.float32)


def acts(rows: FloatArray, items: list[Line], order: list[str]) -> tuple[FloatArray, FloatArray]:
    """Weights of the acts in order, and cross-validated probabilities."""
    labels = np.array([order.index(item.act) for item in items])
    found = cross_val_predict(model(STRENGTH), rows, labels, cv=FOLDS, method="predict_proba")
    return linear(model(STRENGTH).fit(rows, labels)), found


def pairs(texts: list[Line], norms: list[Line], seed: int = 0) -> tuple[list[tuple[int, int]], list[bool]]:
    """Norm and text of one language, and whether they are of one act; some of the many that are not."""
    random = np.random.default_rng(seed)
    kept, same = [], []
    for at, item in enumerate(norms):
        for place, text in enumerate(texts):
            share = 1.0 if text.act == item.act else 0.5 if text.act == OTHER else 0.15
            if text.lang == item.lang and random.random() < share:
                kept.append((at, place))
                same.append(text.act == item.act)
    return kept, same


def relevance(signs: FloatArray, same: list[bool], langs: list[str]) -> dict[str, FloatArray]:
    """By language: mean and scale of the signs, slope and bias over their scaled sum, and its AUC."""
    found: dict[str, list[FloatArray]] = {"mean": [], "scale": [], "relevance": [], "auc": []}
    for lang in FITTED:
        mine = np.array([item == lang for item in langs])
        own, truth = signs[mine], np.array(same)[mine]
        total = ((own - own.mean(axis=0)) / own.std(axis=0)).sum(axis=1, keepdims=True)
        found["mean"].append(own.mean(axis=0))
        found["scale"].append(own.std(axis=0))
        found["relevance"].append(linear(LogisticRegression(class_weight="balanced").fit(total, truth))[0])
        found["auc"].append(roc_auc_score(truth, total[:, 0]))
    return {name: np.array(rows, np.float32) for name, rows in found.items()}


def talk(embed: Embed, tokens: Tokenise, weights: Weights) -> tuple[FloatArray, dict[str, float]]:
    """Weights of what earlier turns say, and the AUC without and with it, across talks."""
    norms = Norms(embed, tokens=tokens, weights=weights)
    rows, truth, group = [], [], []
    for number, each in enumerate(talks()):
        cases = [Case(norm=each.norm, text=turn, lang=each.lang) for turn in each.turns]
        odds = [item.odds for item in norms.judge(cases)]
        who = [speaker(turn) for turn in each.turns]
        rows += [in_talk(odds[: at + 1], who[: at + 1]) for at in range(len(odds))]
        truth += each.relevant
        group += [number] * len(odds)
    signs = np.array(rows)
    fitted = LogisticRegression(class_weight="balanced")
    said = cross_val_predict(
        fitted, signs, truth, cv=GroupKFold(FOLDS), groups=group, method="decision_function"
    )
    told = {
        "turns of talks, AUC": float(roc_auc_score(truth, signs[:, 0])),
        "after earlier turns, AUC": float(roc_auc_score(truth, said)),
    }
    return linear(fitted.fit(signs, truth))[0], told


def kinds(norms: list[Line], tokens: Tokenise) -> tuple[FloatArray, FloatArray, dict[str, float]]:
    """What tells whether a norm describes misconduct: mean states, weights, and how often they are right.

    Args:
        norms: that are learnt from beside those of the dialogues.
        tokens: states of tokens.
    """
    told = talks("dialogues_*.txt")
    learnt = [*norms, *(Line("", each.good, each.lang, each.norm) for each in told if not each.held)]
    kept = [Line("", each.good, each.lang, each.norm) for each in told if each.held]
    raw = _states([*learnt, *kept], tokens)
    _, means = centred(raw[: len(learnt)], learnt)
    rows = raw - means[[FITTED.index(item.lang) for item in (*learnt, *kept)]]
    scale = KIND_SPREAD / np.sqrt((rows[: len(learnt)] ** 2).sum(axis=1).mean())
    marked = np.c_[
        rows * scale, [cue(norm_sentences(item.text)[0]) * CUE_WEIGHT for item in (*learnt, *kept)]
    ]
    own, held = marked[: len(learnt)], marked[len(learnt) :]
    bad = np.array([not item.good for item in learnt])
    fitted = model(KIND_STRENGTH).fit(own, bad)
    guessed = cross_val_predict(model(KIND_STRENGTH), own, bad, cv=FOLDS)
    right = fitted.predict(held) == [not item.good for item in kept]
    weights = linear(fitted)[0]
    weights[:-2] *= scale
    weights[-2] *= CUE_WEIGHT
    figures = {"norms of misconduct, accuracy": float((guessed == bad).mean())}
    figures |= {
        f"the same of those kept aside, {lang}": float(right[[item.lang == lang for item in kept]].mean())
        for lang in FITTED
    }
    return means, weights, figures


def _states(items: list[Line], tokens: Tokenise) -> FloatArray:
    """Mean states of norms, ``(norms, hidden)``."""
    return np.array([middle(found) for found in tokens([norm_sentences(item.text)[0] for item in items])])


def fit(embed: Embed, tokens: Tokenise) -> tuple[Weights, dict[str, float]]:
    """Weights, and what cross-validation says of them."""
    texts, norms = lines("acts.toml"), lines("norms.toml")
    order = [*dict.fromkeys(item.act for item in norms), OTHER]
    raw = embed([item.text for item in texts])
    rows, text_mean = centred(raw, texts)
    pieces = [norm_sentences(item.text) for item in norms]
    vectors = [embed(piece) for piece in pieces]
    about, norm_mean = centred(np.array([piece[0] for piece in vectors]), norms)
    text_acts, said = acts(rows, texts, order)
    norm_acts, meant = acts(about, norms, order[:-1])
    bad = np.array([not item.good for item in texts])
    kept, same = pairs(texts, norms)
    signs = [
        [
            nearness(vectors[at], raw[place]),
            agreed(meant[at], said[place]),
            likeness(about[at], rows[place]),
        ]
        for at, place in kept
    ]
    told = relevance(np.array(signs, np.float32), same, [texts[place].lang for _, place in kept])
    kind_mean, norm_bad, figures = kinds(norms, tokens)
    weights = Weights(
        text_mean=text_mean,
        norm_mean=norm_mean,
        text_acts=text_acts,
        text_bad=linear(model(STRENGTH).fit(rows, bad))[0],
        norm_acts=norm_acts,
        kind_mean=kind_mean,
        norm_bad=norm_bad,
        mean=told["mean"],
        scale=told["scale"],
        relevance=told["relevance"],
        talk=ALONE,
    )
    heard, turns = talk(embed, tokens, weights)
    guessed = cross_val_predict(model(STRENGTH), rows, bad, cv=FOLDS)
    right = said.argmax(axis=1) == [order.index(item.act) for item in texts]
    figures |= {
        "acts of texts, accuracy": float(right.mean()),
        "bad words, accuracy": float((guessed == bad).mean()),
        **{f"relevance AUC, {lang}": float(auc) for lang, auc in zip(FITTED, told["auc"], strict=True)},
        **turns,
    }
    return replace(weights, talk=heard), figures


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--write", action="store_true", help="replace the weights that ship")
    options = parser.parse_args()
    machine = hardware("scikit-learn")
    print(machine)
    tongli = Tongli()
    weights, figures = fit(tongli.sentences, tongli.tokens)
    for name, value in figures.items():
        print(f"{name:32} {value:.3f}")
    if options.write:
        small = {name: rows.astype(np.float16) for name, rows in asdict(weights).items()}
        np.savez_compressed(TARGET, **small)
    report({"hardware": machine, "cross-validated": figures}, targets=[], path=options.json)


if __name__ == "__main__":
    main()
