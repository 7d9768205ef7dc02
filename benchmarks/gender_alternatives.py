"""Gender alternatives: from one gendered version of a text to the other, or an abstention, against GATE.

    python benchmarks/gender_alternatives.py --data DATA [--half reported] [--json out.json]

Data: the development part of GATE (Rarrick et al. 2023, AIES; MIT) for es, fr, it; rows with one person
or group. Either version is given and the other one expected: an answer is right when it is the reference,
letter for letter. No answer costs recall only. Precision, recall, F0.5 with 95 % bootstrap intervals over
rows.

The systems of the paper see the English source as well; here the text alone is read. In some rows both
versions are the same (``racistes``); nothing can be offered for those, which costs recall.

Forms for the lexicons were taken from the half whose hash is even, as in gender_agreement.py; the figures
to report are those of the other half.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from gender_agreement import HALVES, Row, rows
from measurement import Target, arguments, hardware, report
from tongli.core import FloatArray
from tongli.empathy.gender.rules import Rules, rules

LIMITS = {"es": 0.80, "fr": 0.72, "it": 0.70}
PRECISION = 0.95
_VERSIONS = {"f": "feminine", "m": "masculine"}


def outcomes(records: Sequence[Row], own: Rules) -> FloatArray:
    """``(rows, 3)``: answers, right answers and questions of each row with one entity."""
    found = []
    for record in records:
        variants = record["variants"]
        if set(variants) == set(_VERSIONS):
            answers = [answer(own, variants[a], wanted=b) for a, b in (("f", "m"), ("m", "f"))]
            right = [answers[0] == variants["m"], answers[1] == variants["f"]]
            found.append((sum(item is not None for item in answers), sum(right), 2))
    return np.array(found, np.float32).reshape(-1, 3)


def answer(own: Rules, text: str, *, wanted: str) -> str | None:
    """The version of a gender that is offered; ``None`` when there is none, or only the text itself."""
    found = own.alternatives(text).texts.get(_VERSIONS[wanted])
    return None if found == text else found


def scores(counts: FloatArray) -> tuple[float, float, float]:
    """Precision, recall, F0.5 of summed outcomes."""
    answered, right, asked = counts.sum(axis=0).tolist()
    precision, recall = right / max(answered, 1), right / max(asked, 1)
    return precision, recall, 1.25 * precision * recall / max(0.25 * precision + recall, 1e-9)


def figures(records: Sequence[Row], own: Rules, *, draws: int = 1000) -> dict[str, Any]:
    """Each score with its interval: figure, low, high."""
    counts = outcomes(records, own)
    random = np.random.default_rng(0)
    drawn = [scores(counts[random.integers(len(counts), size=len(counts))]) for _ in range(draws)]
    low, high = np.percentile(drawn, (2.5, 97.5), axis=0)
    names = ("precision", "recall", "f0.5")
    return {"rows": len(counts)} | {
        name: [round(float(number), 4) for number in (figure, low[at], high[at])]
        for at, (name, figure) in enumerate(zip(names, scores(counts), strict=True))
    }


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--half", choices=HALVES, default="reported")
    options = parser.parse_args()
    machine = hardware()
    print(machine, flush=True)
    result: dict[str, Any] = {}
    targets = []
    for lang, limit in LIMITS.items():
        records = rows(options.data / f"gender-gate/gate_{lang}_dev.jsonl.gz", options.half)
        result[lang] = figures(records, rules(lang))
        print(f"{lang:3} {json.dumps(result[lang])}", flush=True)
        targets += [
            Target(name=f"{lang}, F0.5", value=result[lang]["f0.5"][0], limit=limit),
            Target(name=f"{lang}, precision", value=result[lang]["precision"][0], limit=PRECISION),
        ]
    report({"hardware": machine, "half": options.half, **result}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
