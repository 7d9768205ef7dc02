"""How often ``tongli lint`` reports mixed levels of address: where they mix, and where they do not.

    python benchmarks/lint_mixing.py --data DATA [--pairs 400] [--json out.json]

``DATA`` holds ``formality_mt/train.jsonl.gz`` (CoCoA-MT), where every sentence is translated formally and
informally. Wrong reports are counted on the single translations. Right ones on pairs of a formal and an
informal translation of two sentences, drawn among those whose annotators marked words in both.
"""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import asdict
from pathlib import Path
from typing import Any

from measurement import Target, arguments, at_least_one, hardware, report
from tongli.applications.lint.mixing import find_mix

LANGUAGES = ("de", "es", "fr", "hi", "ja", "ko", "pt")
SIDES = ("formal", "informal")


def measure(rows: list[dict[str, Any]], lang: str, *, pairs: int) -> dict[str, float]:
    rng = random.Random(0)
    single = [row[side] for row in rows for side in SIDES]
    marked = [row for row in rows if all(row[f"{side}_spans"] for side in SIDES)]
    mixed = [f"{rng.choice(marked)['formal']}\n{rng.choice(marked)['informal']}" for _ in range(pairs)]
    return {
        "sentences": len(single),
        "wrong": sum(bool(find_mix(text, lang)) for text in single) / len(single),
        "found": sum(bool(find_mix(text, lang)) for text in mixed) / pairs,
    }


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--pairs", type=at_least_one, default=400, help="of mixed sentences a language")
    chosen = parser.parse_args()
    with gzip.open(chosen.data / "formality_mt" / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    machine = hardware()
    print(machine)
    found = {
        lang: measure([row for row in rows if row["lang"] == lang], lang, pairs=chosen.pairs)
        for lang in LANGUAGES
    }
    print("\n      " + "".join(f"{name:>12}" for name in ("sentences", "wrong", "found")))
    for lang, item in found.items():
        print(f"{lang:6}{item['sentences']:12}{item['wrong']:12.2%}{item['found']:12.2%}")
    most = max(item["wrong"] for item in found.values())
    targets = [Target(name="reports where nothing mixes", value=most, limit=0.01, better="lower")]
    report({"hardware": asdict(machine), "languages": found}, targets=targets, path=chosen.json)


if __name__ == "__main__":
    main()
