"""Rewriting to a declared agreement: masculine sentences to feminine ones and back, against MT-GenEval.

    python benchmarks/gender_agreement.py --data DATA [--lang es fr] [--half reported] [--json out.json]

Data: development pairs of MT-GenEval (Currey et al. 2022, EMNLP; CC BY-SA 3.0), the same Wikipedia
sentence about men and about women. Every language that has pairs and rules is measured. One unnamed
person with that agreement is declared, and both directions of a pair count.

``exact``: the rewritten sentence is the reference, letter for letter: all its gendered words are right
and nothing else changed. ``agreement``: the accuracy of Currey et al.: no word of it is found only in the
reference of the other gender. ``kept``: sentences that are the same for both and were left so.

Forms for the lexicons of es, fr, it, pt were taken from the records whose hash is even (``--half
developed``). The others are to report: nothing was taken from them, but their figures were seen while the
rules were written, and the rules of German and Russian were written on half of them too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import regex as re

from measurement import Target, arguments, hardware, report
from tongli.core import Agreement, Person
from tongli.empathy.gender.rules import Rules, languages, rules

Row = dict[str, Any]
HALVES = ("reported", "developed", "both")
DIRECTIONS: tuple[tuple[str, str, Agreement], ...] = (("m", "f", "feminine"), ("f", "m", "masculine"))
LIMITS = {"es": 0.85, "fr": 0.85, "it": 0.85, "pt": 0.85, "de": 0.75, "ru": 0.75}
_TOKEN = re.compile(r"[\p{L}\p{M}\p{N}]+['’]?")


def in_half(key: str, half: str) -> bool:
    """Whether a record belongs to a half: by the SHA-1 of its id, odd to report, even to develop."""
    odd = int(hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 1
    return half == "both" or odd == (half == "reported")


def rows(path: Path, half: str) -> list[Row]:
    """Records of a gzip JSONL file that belong to a half."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [row for line in file if in_half((row := json.loads(line))["id"], half)]


def agrees(found: str, *, reference: str, other: str) -> bool:
    """Whether no word of a text is found only in the reference of the other gender."""
    wrong = set(_TOKEN.findall(other.lower())) - set(_TOKEN.findall(reference.lower()))
    return wrong.isdisjoint(_TOKEN.findall(found.lower()))


def judged(records: Sequence[Row], own: Rules) -> Iterator[dict[str, Any]]:
    """Each direction of each record: exact, in agreement, and whether the references differ."""
    for record in records:
        for source, target, agreement in DIRECTIONS:
            person = Person(agreement={own.lang: agreement})
            found = own.rewrite(record[source], people=[person]).text
            yield {
                "direction": f"{source}>{target}",
                "exact": found == record[target],
                "agreement": agrees(found, reference=record[target], other=record[source]),
                "same": record[source] == record[target],
            }


def interval(values: Sequence[bool], *, draws: int = 1000) -> list[float]:
    """Share of true values with its 95 % bootstrap interval: figure, low, high."""
    if not values:
        return [0.0, 0.0, 0.0]
    drawn = np.random.default_rng(0).choice(np.array(values, float), (draws, len(values))).mean(axis=1)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return [round(float(number), 4) for number in (np.mean(values), low, high)]


def figures(records: Sequence[Row], own: Rules) -> dict[str, Any]:
    """Shares of both directions together and of each, with their intervals."""
    found = list(judged(records, own))
    kept = [item["exact"] for item in found if item["same"]]
    result: dict[str, Any] = {"pairs": len(records), "kept": interval(kept) if kept else None}
    for name in ("both", *(f"{source}>{target}" for source, target, _ in DIRECTIONS)):
        chosen = [item for item in found if name in {"both", item["direction"]}]
        result[name] = {key: interval([item[key] for item in chosen]) for key in ("exact", "agreement")}
    return result


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--lang", nargs="*", help="languages; all that have pairs and rules unless named")
    parser.add_argument("--half", choices=HALVES, default="reported")
    options = parser.parse_args()
    machine = hardware()
    print(machine, flush=True)
    result: dict[str, Any] = {}
    for lang in options.lang or languages():
        path = options.data / f"gender-mtgeneval/pairs_{lang}.jsonl.gz"
        if path.exists():
            result[lang] = figures(rows(path, options.half), rules(lang))
            print(f"{lang:3} {json.dumps(result[lang])}", flush=True)
    targets = [
        Target(name=f"{lang}, agreement", value=found["both"]["agreement"][0], limit=LIMITS[lang])
        for lang, found in result.items()
        if lang in LIMITS
    ]
    report({"hardware": machine, "half": options.half, **result}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
