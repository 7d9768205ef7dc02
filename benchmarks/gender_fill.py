"""Pronoun slots of our own templates, filled for every known set and for a set that nobody knows.

    python benchmarks/gender_fill.py [--json out.json]

Templates stand in ``tests/empathy/gender/english/slots.tsv``: subject, object, determiner, possessive and
reflexive slots. They were developed with the rules. A wrong slot is wrong for every set alike, unless two
forms of a set are the same word; hence the figure for each set, and the worst.

References:
    Hossain, Dev & Singh (2023), "MISGENDERED: Limits of LLMs in Understanding Pronouns", ACL.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, hardware, report
from tongli.applications.people import people_from
from tongli.core import PronounSet
from tongli.empathy.gender.english import fill
from tongli.knowledge.pronouns import known_sets

TEMPLATES = Path(__file__).parents[1] / "tests" / "empathy" / "gender" / "english" / "slots.tsv"
SLOTS = {"S": "subject", "O": "object", "D": "determiner", "P": "possessive", "R": "reflexive"}
INVENTED = PronounSet(
    subject="fey", object="fem", determiner="feir", possessive="feirs", reflexive="feirself"
)
MASK = "[MASK]"


def templates(path: Path = TEMPLATES) -> list[tuple[str, str]]:
    """Slots and texts."""
    lines = path.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [(SLOTS[slot], text) for slot, text in rows]


def filled(text: str, slot: str, pronouns: PronounSet) -> str:
    """What should come out."""
    form: str = getattr(pronouns, slot)
    return text.replace(MASK, form[:1].upper() + form[1:] if text.startswith(MASK) else form)


def accuracy(records: Sequence[tuple[str, str]], pronouns: PronounSet) -> dict[str, Any]:
    """Percent right, with a 95 % bootstrap interval."""
    people = people_from([{"name": "Robin", "pronouns": "/".join(pronouns.forms())}])
    right = np.array(
        [fill(text, people=people).text == filled(text, slot, pronouns) for slot, text in records]
    )
    rng = np.random.default_rng(0)
    means = right[rng.integers(len(right), size=(1000, len(right)))].mean(axis=1) * 100
    return {
        "n": len(records),
        "accuracy": round(float(right.mean()) * 100, 2),
        "interval": [round(float(edge), 2) for edge in np.percentile(means, (2.5, 97.5))],
    }


def main() -> None:
    parser = arguments(__doc__)
    options = parser.parse_args()
    machine = hardware("tongli")
    print(machine, flush=True)
    records = templates()
    result = {"/".join(each.forms()): accuracy(records, each) for each in (*known_sets(), INVENTED)}
    for name, figures in result.items():
        print(f"{name}: {json.dumps(figures)}")
    worst = min(figures["accuracy"] for figures in result.values())
    goal = Target(name="accuracy, worst set", value=worst, limit=100.0)
    report({"hardware": machine, "sets": result}, targets=[goal], path=options.json)


if __name__ == "__main__":
    main()
