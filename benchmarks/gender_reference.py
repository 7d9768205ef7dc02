"""Pronouns to people: F1 and abstention on GAP, accuracy and the stereotype gap on WinoBias and Winogender.

    python benchmarks/gender_reference.py --data DATA [--json out.json]

GAP validation only: the development part is what the networks were fitted on. WinoBias and Winogender are for
measuring only. Coverage is the share of mentions that are answered, the surest first.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report
from tongli.core import FloatArray, IntArray, Span
from tongli.empathy.gender.reference import resolve
from tongli.empathy.gender.reference.coreference import Read
from tongli.encoders.text import TextEncoder

Row = dict[str, Any]
SHARES = (0.1, 0.25, 0.5, 0.75, 1.0)
DRAWS = 1000
BASE = ("he", "she", "him", "her", "his", "himself", "herself", "they", "them", "their")


def rows(data: Path, name: str) -> list[Row]:
    """Records of one file of the set."""
    with gzip.open(data / "gender-coref-en" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def places(record: Row) -> tuple[Span, list[Span]]:
    """Where the pronoun and the two names of a GAP record stand."""
    start = record["pronoun_offset"]
    names = [(record[f"{key}_offset"], record[f"{key}_offset"] + len(record[key])) for key in "ab"]
    return (start, start + len(record["pronoun"])), names


def f1(chances: FloatArray, answers: IntArray) -> float:
    """Of links between a pronoun and a name; ``chances`` ``(n, 3)``, nobody's last; answers 0, 1 or 2."""
    best = chances.argmax(axis=1)
    right = ((best == answers) & (best < 2)).sum()
    return float(2 * right / max(1, (best < 2).sum() + (answers < 2).sum()))


def curve(chances: FloatArray, answers: IntArray) -> dict[str, float]:
    """Share answered → precision, the surest first, of the better name of each."""
    names = chances[:, :2]
    order = np.argsort(-names.max(axis=1), kind="stable")
    right = (names.argmax(axis=1) == answers)[order]
    return {
        f"{share:.2f}": round(float(right[: max(1, int(len(right) * share))].mean()), 4) for share in SHARES
    }


def gap_chances(records: Sequence[Row], read: Read | None) -> tuple[FloatArray, IntArray]:
    """Probabilities as a resolution tells them, and answers."""
    found = np.zeros((len(records), 3))
    for index, record in enumerate(records):
        mention, names = places(record)
        told = resolve(record["text"], mention=mention, candidates=names, read=read)
        found[index, 2 if told.referent is None else told.referent] = max(told.score, 1e-3)
    answers = [0 if record["a_coref"] else 1 if record["b_coref"] else 2 for record in records]
    return found, np.array(answers)


def interval(score: Callable[[IntArray], float], size: int) -> list[float]:
    """95 % bootstrap interval over records."""
    draw = np.random.default_rng(0)
    values = [score(draw.integers(0, size, size)) for _ in range(DRAWS)]
    return [round(float(value), 4) for value in np.percentile(values, [2.5, 97.5])]


def gap(records: Sequence[Row], read: Read | None) -> dict[str, Any]:
    """F1 with its interval, by gender of the pronoun, and the abstention curve."""
    chances, answers = gap_chances(records, read)
    feminine = np.array(
        [record["pronoun"].lower() in {"she", "her", "hers", "herself"} for record in records]
    )
    return {
        "records": len(records),
        "f1": round(f1(chances, answers), 4),
        "interval": interval(lambda chosen: f1(chances[chosen], answers[chosen]), len(records)),
        "f1_feminine": round(f1(chances[feminine], answers[feminine]), 4),
        "f1_masculine": round(f1(chances[~feminine], answers[~feminine]), 4),
        "curve": curve(chances, answers),
    }


def occupations(records: Sequence[Row]) -> list[str]:
    """What the people of WinoBias are called, longest first."""
    names = {record["mentions"][0].split(" ", 1)[-1].lower() for record in records}
    return sorted(names, key=len, reverse=True)


def winobias(records: Sequence[Row], read: Read | None) -> dict[str, Any]:
    """Accuracy where the pronoun goes with a stereotype and against it, and the gap in points."""
    people = re.compile(rf"\b(?:[Tt]he|[Aa]n?) (?:{'|'.join(occupations(records))})\b", re.IGNORECASE)
    right: dict[str, list[bool]] = {"pro": [], "anti": []}
    for record in records:
        text, name, word = record["text"], record["mentions"][0], record["mentions"][-1]
        names = list(dict.fromkeys(match[0] for match in people.finditer(text)))
        asked = list(re.finditer(rf"\b{word}\b", text))
        if len(names) == 2 and name in names and asked:
            told = resolve(text, mention=asked[0].span(), candidates=names, read=read)
            right[record["stereotype"]].append(told.referent == names.index(name))
    shares = {side: round(float(np.mean(values)), 4) for side, values in right.items()}
    gap_points = round(100 * abs(shares["pro"] - shares["anti"]), 2)
    return {"records": sum(map(len, right.values())), **shares, "gap_points": gap_points}


def winogender(records: Sequence[Row], read: Read | None) -> dict[str, Any]:
    """Accuracy by the gender of the pronoun: a model that does not see it answers alike."""
    right: dict[str, list[bool]] = {}
    for record in records:
        names = [
            match[0]
            for role in (record["occupation"], record["participant"])
            if (
                match := re.search(
                    rf"(?:\b(?:the|an?) )?\b{re.escape(role)}\b", record["text"], re.IGNORECASE
                )
            )
        ]
        asked = [match for match in re.finditer(r"\w+", record["text"]) if match[0].lower() in BASE]
        if len(names) == 2 and asked:
            told = resolve(record["text"], mention=asked[0].span(), candidates=names, read=read)
            right.setdefault(record["gender"], []).append(told.referent == record["answer"])
    shares = {gender: round(float(np.mean(values)), 4) for gender, values in sorted(right.items())}
    return {**shares, "gap_points": round(100 * abs(shares["male"] - shares["female"]), 2)}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--surface", action="store_true", help="without the encoder")
    options = parser.parse_args()
    machine = hardware()
    print(machine, flush=True)
    readers: dict[str, Read | None] = {"surface": None}
    if not options.surface:
        readers["states"] = TextEncoder().tokens
    result: dict[str, Any] = {}
    for name, read in readers.items():
        result[name] = {
            "gap_validation": gap(rows(options.data, "gap_validation"), read),
            "winobias_dev": winobias(rows(options.data, "winobias_dev"), read),
            "winogender": winogender(rows(options.data, "winogender"), read),
        }
        for task, figures in result[name].items():
            print(f"{name:8} {task:15} {json.dumps(figures)}", flush=True)
    best = result[list(readers)[-1]]
    targets = [
        Target(name="GAP validation, F1", value=best["gap_validation"]["f1"], limit=0.72),
        Target(
            name="GAP validation, precision at half",
            value=best["gap_validation"]["curve"]["0.50"],
            limit=0.95,
        ),
        Target(
            name="WinoBias, pro-anti gap, points",
            value=best["winobias_dev"]["gap_points"],
            limit=1,
            better="lower",
        ),
    ]
    report({"hardware": machine, **result}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
