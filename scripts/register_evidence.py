"""Weights of the evidence that a form addresses, fitted to marked texts.

    python scripts/register_evidence.py --data DATA [--out src/tongli/knowledge/register]

Reads ``formality_mt`` (CoCoA-MT, CDLA-Sharing-1.0) and keeps, for Spanish, Italian and Portuguese, one weight a
feature: word forms and what stands beside them, never a sentence. Only texts of the side ``develop`` count (see
``benchmarks/formality_rewrite.py``), so that the other side stays unseen. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tongli.generation.adapt.register.draft import Draft
from tongli.generation.adapt.register.evidence import BIAS
from tongli.generation.adapt.register.romance import candidates, described

MODULES = {"es": "spanish", "it": "italian", "pt": "portuguese"}
SMALLEST = 0.02
"""Weights nearer to zero than this are left out."""
FEWEST = 2
"""Features seen less often are left out: they would remember single texts."""


def rows(data: Path) -> Iterator[dict[str, Any]]:
    """Texts of the side that may be learnt from."""
    with gzip.open(data / "formality_mt" / "train.jsonl.gz", "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if hashlib.sha256(row["en"].encode()).digest()[0] < 128:
                yield row


def examples(row: dict[str, Any], module: Any) -> Iterator[tuple[list[str], bool]]:
    """Features of every uncertain form of a formal text, and whether it is marked."""
    draft = Draft(row["formal"])
    found = list(candidates(draft, module.candidate))
    certain = any(candidate.certain for _, candidate in found)
    seen: list[bool] = []
    for index, candidate in found:
        word = draft.words[index]
        marked = any(start < word.end and word.start < end for start, end in row["formal_spans"])
        if not candidate.certain:
            shown = described(draft, index, candidate, seen=seen[-3:], certain=certain, words=module.words())
            yield shown, marked
        seen.append(marked or candidate.certain)


def fit(pairs: list[tuple[list[str], bool]], *, strength: float) -> dict[str, float]:
    """Feature → weight of a logistic regression with an L2 penalty (``strength`` is its inverse)."""
    counts = Counter(feature for shown, _ in pairs for feature in set(shown))
    kept = [{feature: 1 for feature in shown if counts[feature] >= FEWEST} for shown, _ in pairs]
    vectors = DictVectorizer()
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(vectors.fit_transform(kept), [marked for _, marked in pairs])
    names = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {BIAS: float(model.intercept_[0]), **{name: float(weight) for name, weight in names}}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path("src/tongli/knowledge/register"))
    parser.add_argument("--strength", type=float, default=0.5)
    chosen = parser.parse_args()
    texts = list(rows(chosen.data))
    for lang, name in MODULES.items():
        module = import_module(f"tongli.generation.adapt.register.{name}")
        pairs = [pair for row in texts if row["lang"] == lang for pair in examples(row, module)]
        weights = fit(pairs, strength=chosen.strength)
        lines = [f"{feature}\t{weight:.3f}" for feature, weight in sorted(weights.items()) if abs(weight) >= SMALLEST]
        head = "# Evidence that a form addresses; counted in CoCoA-MT (CDLA-Sharing-1.0) by scripts/register_evidence.py."
        (chosen.out / f"evidence_{lang}.tsv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
