"""German marks: star, colon and gap changed into one another, and nouns for people with their open forms.

    python benchmarks/gender_star.py --data DATA [--json out.json]

Conversion: share of texts of gender-german-fair (lou) that ``neutral`` writes letter for letter as in the
reference, all six directions; "marked" leaves out texts whose reference has no mark, where nothing may
change. The first hundred texts were looked at while the rules were written; "held back" are the others.
Nouns: share of the dictionary's pairs (masculine, nominative, with its article) whose feminine, or open form
with a star, is right; its words were looked at too, and some of its forms are misprints.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report
from tongli.empathy.gender.german import German
from tongli.learning.evaluate.resample import Resampling, estimate

Row = dict[str, Any]
STYLES = ("star", "colon", "gap")
SEEN = 100


def rows(data: Path, name: str) -> list[Row]:
    """Records of a file of the set."""
    with gzip.open(data / "gender-german-fair" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def conversions(records: Iterable[Row], rules: German) -> list[list[bool]]:
    """For every text: whether each direction between two marks is right."""
    return [
        [
            rules.neutral(record[own], style=other).text == record[other]
            for own, other in permutations(STYLES, 2)
        ]
        for record in records
    ]


def is_marked(record: Row) -> bool:
    """Whether the reference has a mark at all."""
    return bool(record["star"] != record["colon"])


def nouns(records: Iterable[Row], rules: German) -> dict[str, list[bool]]:
    """Whether the feminine and the open form of every pair are right, in singular and plural."""
    found: dict[str, list[bool]] = {"feminine": [], "open": []}
    for record in records:
        for number in ("sg", "pl"):
            masculine, feminine = record[f"m_{number}"], record[f"f_{number}"]
            if not masculine or not feminine:
                continue
            found["feminine"].append(rules.alternatives(masculine).texts.get("feminine") == feminine)
            wanted = {form[:1].upper() + form[1:] for form in record[f"inclusive_{number}"] if "*" in form}
            if wanted:
                found["open"].append(rules.neutral(masculine, style="star").text in wanted)
    return found


def share(hits: Sequence[Sequence[bool]]) -> dict[str, float]:
    """Share of hits over groups that are resampled whole, with its 95 % interval."""
    if not hits:
        return {"n": 0, "value": float("nan")}
    right, total = np.array([sum(group) for group in hits]), np.array([len(group) for group in hits])
    statistic: Callable[[Any], float] = lambda chosen: float(right[chosen].sum() / total[chosen].sum())  # noqa: E731
    found = estimate(statistic, len(hits), how=Resampling())
    return {
        "n": int(total.sum()),
        **{key: round(float(getattr(found, key)), 4) for key in ("value", "low", "high")},
    }


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    options = parser.parse_args()
    machine, rules = hardware(), German()
    print(machine)
    records = rows(options.data, "lou_germeval")
    hits = conversions(records, rules)
    marked = [is_marked(record) for record in records]
    words = nouns(rows(options.data, "dictionary"), rules)
    result = {
        "all": share(hits),
        "marked": share([hit for hit, has in zip(hits, marked, strict=True) if has]),
        "held_back": share(hits[SEEN:]),
        "held_back_marked": share([hit for hit, has in zip(hits[SEEN:], marked[SEEN:], strict=True) if has]),
        **{f"nouns_{name}": share([[hit] for hit in found]) for name, found in words.items()},
    }
    for name, figures in result.items():
        print(f"  {name:18} {json.dumps(figures)}")
    targets = [
        Target(name="star, colon, gap, marked texts", value=result["marked"]["value"], limit=0.98),
        Target(
            name="star, colon, gap, marked texts held back",
            value=result["held_back_marked"]["value"],
            limit=0.98,
        ),
    ]
    report({"hardware": machine, **result}, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
