"""English to singular *they*: exact match and word error rate, texts that must stay, speed.

    python benchmarks/gender_rewrite.py --data DATA [--json out.json]

``gender-rewrite-en``: the challenge sentences of Sun et al. (2021), and WinoBias+ (Vanmassenhove et al.
2021). Rules were developed on the challenge and on the even rows of WinoBias+; odd rows are judged. Our own
sentences were developed with the rules and say only that nothing got worse. Speed is processor time of one
thread for a check and a rewrite of our sentences in paragraphs, where nearly every sentence has pronouns.

References:
    Sun et al. (2021), "They, Them, Theirs: Rewriting with Gender-Neutral English", arXiv 2102.06788.
    Vanmassenhove, Emmery & Shterionov (2021), "NeuTral Rewriter", EMNLP.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report
from tongli.applications.people import people_from
from tongli.empathy.gender.english import English

OURS = Path(__file__).parents[1] / "tests" / "empathy" / "gender" / "english" / "neutral.tsv"
RESAMPLES = 1000
WORDS = 20_000
Pair = tuple[str, str]


def pairs(path: Path) -> list[Pair]:
    """Sources and targets of a gzip JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [(row["source"], row["target"]) for row in map(json.loads, file)]


def ours(path: Path = OURS) -> list[Pair]:
    """Sentences of the project."""
    lines = path.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(before, after) for before, after in rows]


def word_errors(found: str, truth: str) -> int:
    """Words to insert, delete or replace (Levenshtein)."""
    ours_, theirs = found.split(), truth.split()
    row = list(range(len(theirs) + 1))
    for at, word in enumerate(ours_, 1):
        corner, row[0] = row[0], at
        for place, other in enumerate(theirs, 1):
            corner, row[place] = (
                row[place],
                min(row[place] + 1, row[place - 1] + 1, corner + (word != other)),
            )
    return row[-1]


def judge(records: Sequence[Pair], *, style: str = "themself") -> dict[str, Any]:
    """Exact match in percent with a 95 % bootstrap interval, and word error rate in percent."""
    english = English()
    found = [english.neutral(source, style=style).text for source, _ in records]
    exact = np.array([text == target for text, (_, target) in zip(found, records, strict=True)])
    errors = sum(word_errors(text, target) for text, (_, target) in zip(found, records, strict=True))
    words = sum(len(target.split()) for _, target in records)
    rng = np.random.default_rng(0)
    means = exact[rng.integers(len(exact), size=(RESAMPLES, len(exact)))].mean(axis=1) * 100
    return {
        "n": len(records),
        "exact": round(float(exact.mean()) * 100, 2),
        "interval": [round(float(edge), 2) for edge in np.percentile(means, (2.5, 97.5))],
        "wer": round(100 * errors / max(1, words), 3),
    }


def speed(records: Sequence[Pair], *, words: int = WORDS) -> dict[str, float]:
    """Words per second of processor time: a check and a rewrite for two people, and neutral forms."""
    paragraph = " ".join(("Kim Roe said so.", *(source for source, _ in records[:40])))
    text = "\n\n".join([paragraph] * max(1, words // len(paragraph.split())))
    people = people_from(
        [{"name": "Kim Roe", "pronouns": "they/them"}, {"name": "Ben", "pronouns": "xe/xem/xyr/xyrs/xemself"}]
    )
    english = English()
    english.rewrite("Kim Roe met the nurse because she was ill.", people=people)  # loads what is loaded once
    count = len(text.split())
    start = time.process_time()
    english.check(text, people=people)
    english.rewrite(text, people=people)
    between = time.process_time()
    english.neutral(text)
    return {
        "check_and_rewrite": round(count / (between - start)),
        "neutral": round(count / (time.process_time() - between)),
    }


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    options = parser.parse_args()
    machine = hardware("tongli")
    print(machine, flush=True)
    folder = options.data / "gender-rewrite-en"
    winobias = pairs(folder / "winobias_plus_dev.jsonl.gz")
    result: dict[str, Any] = {
        "they_challenge (developed on)": judge(pairs(folder / "they_challenge.jsonl.gz")),
        "winobias_plus_dev, even rows (developed on)": judge(winobias[::2], style="themselves"),
        "winobias_plus_dev, odd rows": judge(winobias[1::2], style="themselves"),
        "ours (developed on)": judge(ours()),
        "words a second": speed(ours()),
    }
    for name, figures in result.items():
        print(f"{name}: {json.dumps(figures)}")
    report({"hardware": machine, **result}, targets=targets(result), path=options.json)


def targets(result: dict[str, Any]) -> list[Target]:
    """What the project wants to reach."""
    judged = result["winobias_plus_dev, odd rows"]
    return [
        Target(name="exact match, odd rows", value=judged["exact"], limit=96.0),
        Target(name="word error rate, odd rows", value=judged["wer"], limit=0.40, better="lower"),
        Target(name="words a second", value=result["words a second"]["check_and_rewrite"], limit=2000),
    ]


if __name__ == "__main__":
    main()
