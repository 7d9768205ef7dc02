"""Fit and check the calibrated score of tongli's language identification.

    python benchmarks/language_calibration.py DATA

``DATA`` as for ``language_id.py``. Half of the texts (by hash) fit the scale, the other half is reported:
expected calibration error, and what abstaining below a threshold costs and gains. One- and two-word
beginnings are added, so that the scale holds for very short texts. Languages that the identifier does not
know (Makhuwa, Sundanese) stay in: they should be abstained from.
"""

from __future__ import annotations

import hashlib
import math
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from language_id import primary, rows
from tongli.encoders.language import guess
from tongli.encoders.prose import words_to_read

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


def beginnings(text: str) -> list[str]:
    words = text.split()
    return [text] if len(words) < 3 else [text, words[0], " ".join(words[:2])]


def report(name: str, p: FloatArray, y: BoolArray) -> None:
    bins = np.minimum((p * 15).astype(int), 14)
    ece = sum(abs(y[bins == b].mean() - p[bins == b].mean()) * (bins == b).mean() for b in set(bins.tolist()))
    kept = "   ".join(f"{(p >= t).mean():21.3f} {y[p >= t].mean():6.3f}" for t in (0.7, 0.9))
    print(f"{name:12} {len(y):6,} {y.mean():8.3f}  {ece:.4f} {kept}")


def main() -> None:
    features, right, held_out = [], [], []
    samples = [(lang, piece) for _, lang, text in rows(Path(sys.argv[1])) for piece in beginnings(text)]
    for lang, text in dict.fromkeys(samples):
        words = words_to_read(text)
        found = guess(words) if words else None
        if found and found.confidence is not None:
            odds = min(max(found.confidence, 1e-6), 1 - 1e-6)
            features.append((math.log(odds / (1 - odds)), math.log(found.length)))
            right.append(primary(found.tag) == lang)
            held_out.append(hashlib.sha256(text.encode()).digest()[0] % 2 == 1)
    x, y, test = np.array(features), np.array(right), np.array(held_out)
    fitted = LogisticRegression(C=1e4).fit(x[~test], y[~test])
    print("intercept, log-odds, log-length:", fitted.intercept_.round(3), fitted.coef_.round(3))
    p, y, length = fitted.predict_proba(x[test])[:, 1], y[test], np.exp(x[test, 1])
    print("held out     texts  accuracy  ECE     at 0.7: coverage, accuracy   at 0.9: coverage, accuracy")
    for low, high in ((1, 12), (12, 30), (30, 100), (100, 5001), (1, 5001)):
        part = (length >= low) & (length < high)
        report(f"{low}-{high - 1} chars", p[part], y[part])


if __name__ == "__main__":
    main()
