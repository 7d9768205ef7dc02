"""Weights of what an English original says about a form that may mean "you".

    python scripts/register_original.py --data DATA [--out src/tongli/knowledge/register]

Fitted on ``formality_mt`` (CoCoA-MT, CDLA-Sharing-1.0), only on the side ``develop`` of
``benchmarks/formality_rewrite.py``, to what the texts' own words and the encoder's states give when fitted
without the text in question. No sentence is stored. Prints, in five folds, how many forms come out right
without the original, with its words, and with its states. Needs scikit-learn and the embedded model.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from register_evidence import FOLDS, Example, fit_states, gold, held_out, same_tokens, silver, states
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tongli.core import FloatArray
from tongli.encoders.text import TextEncoder
from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.original import Original

STRENGTH = 3.0
"""Inverse of the penalty; ten times as much or a third changes less than a point."""
EVERY = 16
"""Of the forms that rules marked, one in so many is taken."""
SMALLEST = 0.005
"""Weights nearer to zero than this are left out."""


def own_odds(
    found: Sequence[Example], encoder: TextEncoder, *, strength: float
) -> tuple[FloatArray, FloatArray]:
    """Log odds without the original, each by weights fitted without its fold: words alone, and states too."""
    words = held_out(list(found), strength=strength)
    seen = states(list(found), encoder)
    both = np.zeros(len(found))
    folds = np.array([example.fold for example in found])
    for fold in range(FOLDS):
        rest = np.flatnonzero(folds != fold)
        learnt = fit_states([found[place] for place in rest], words[rest], seen[rest], strength=strength)
        held = folds == fold
        both[held] = learnt["scale"] * words[held] + seen[held] @ learnt["vector"] + learnt["offset"]
    return words, both


def described(
    found: Sequence[Example], odds: FloatArray, encoder: TextEncoder | None
) -> list[dict[str, float]]:
    """Features of forms with their originals; with an encoder, those of its states too."""
    texts = sorted({text for example in found for text in (example.text, example.group)})
    known = dict(zip(texts, encoder.tokens(texts), strict=True)) if encoder else {}
    drafts: dict[str, Draft] = {}
    for text in texts:
        drafts[text] = Draft(text, tokens=partial(same_tokens, known[text]) if known else None)
    originals = {example.group: Original(drafts[example.group]) for example in found}
    rows = []
    for example, odd in zip(found, odds, strict=True):
        before = float(1 / (1 + np.exp(-odd)))
        rows.append(
            originals[example.group].features(
                drafts[example.text], example.index, kind=example.kind, before=before
            )
        )
    return rows


def fitted(
    rows: Sequence[dict[str, float]], marked: Sequence[bool]
) -> tuple[DictVectorizer, LogisticRegression]:
    """A logistic regression with an L2 penalty."""
    vectors = DictVectorizer()
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(vectors.fit_transform(rows), marked)
    return vectors, model


def in_folds(rows: Sequence[dict[str, float]], found: Sequence[Example]) -> FloatArray:
    """Whether each form comes out right by weights fitted without its fold."""
    right = np.zeros(len(found), bool)
    for fold in range(FOLDS):
        rest = [place for place, example in enumerate(found) if example.fold != fold]
        held = [place for place, example in enumerate(found) if example.fold == fold]
        vectors, model = fitted([rows[place] for place in rest], [found[place].marked for place in rest])
        told = model.predict(vectors.transform([rows[place] for place in held]))
        right[held] = told == np.array([found[place].marked for place in held])
    return right


def main() -> None:
    """Fit, say how well, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path("src/tongli/knowledge/register"))
    parser.add_argument("--strength", type=float, default=0.3)
    chosen = parser.parse_args()
    encoder = TextEncoder()
    everything = [*gold(chosen.data), *islice(silver(chosen.data), 0, None, EVERY)]
    words, both = own_odds(everything, encoder, strength=chosen.strength)
    places = [place for place, example in enumerate(everything) if example.gold]
    found = [everything[place] for place in places]
    marked = [example.marked for example in found]
    columns = {}
    for name, odds, reader in (("words", words[places], None), ("states", both[places], encoder)):
        rows = described(found, odds, reader)
        right = in_folds(rows, found)
        for lang in sorted({example.lang for example in found}):
            own = np.array([example.lang == lang for example in found])
            alone = ((odds > 0) == np.array(marked))[own].mean()
            told = f"{own.sum()} forms, own text {alone:.3f}, and original {right[own].mean():.3f}"
            sys.stdout.write(f"{lang} {name}: {told}\n")
        vectors, model = fitted(rows, marked)
        columns[name] = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
    head = (
        "# Log odds that a form addresses, by what its English original shows; fitted by "
        "scripts/register_original.py on CoCoA-MT (CDLA-Sharing-1.0)."
    )
    lines = [head, "\t".join(["feature", *columns])]
    for feature in sorted({name for column in columns.values() for name in column}):
        weights = [column.get(feature, 0.0) for column in columns.values()]
        if any(abs(weight) >= SMALLEST for weight in weights):
            told = (f"{weight:.2f}" if abs(weight) >= SMALLEST else "" for weight in weights)
            lines.append("\t".join([feature, *told]))
    (chosen.out / "original.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
