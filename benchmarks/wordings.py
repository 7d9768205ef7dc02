"""Expressions in English sentences, adapted for readers elsewhere: how many are said plainly, and rightly.

    python benchmarks/wordings.py [--json out.json]

``benchmarks/wordings/en.tsv`` holds sentences of our own: the part, the sentence, and what it may become if
the expression is said plainly; a person judged that. Rules were mended with a look at the part ``rules``. The
other one was written after that; two rules (similes, double negation) came later still. Every expression
counts as meant figuratively. No model is needed.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from measurement import arguments, hardware, report
from tongli.generation.adapt import adapt
from tongli.knowledge.claim_matcher import Match

PATH = Path(__file__).parent / "wordings" / "en.tsv"
READERS, LANG = "ja-JP", "en"
PARTS = ("rules", "report")


class Idiomatic(NamedTuple):
    """How every expression is meant here."""

    use: str = "idiomatic"


def judge(found: list[Match], text: str, *, lang: str) -> list[Idiomatic]:  # noqa: ARG001
    return [Idiomatic() for _ in found]


def outcome(sentence: str, right: str) -> str:
    """What became of a sentence: ``right``, ``wrong``, ``beside``, ``asked`` or ``untouched``."""
    done = adapt(sentence, to=READERS, lang=LANG, kinds=("idiom",), judge=judge)
    if any(edit.before for edit in done.edits):
        return "right" if done.text == right else "wrong"
    return "beside" if done.edits else "asked" if done.questions else "untouched"


def main() -> None:
    options = arguments(__doc__).parse_args()
    machine = hardware()
    print(machine)
    counts = {part: Counter[str]() for part in PARTS}
    with PATH.open(encoding="utf-8") as file:
        for part, sentence, right in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            counts[part][outcome(sentence, right)] += 1
    for part, found in counts.items():
        plainly = found["right"] + found["wrong"]
        share = found["right"] / max(1, plainly)
        told = f"{plainly} said plainly, {share:.2f} of them rightly"
        print(f"{part:7} {found.total():3} sentences, {told}; {dict(found)}")
    report({"hardware": machine, **counts}, targets=[], path=options.json)


if __name__ == "__main__":
    main()
