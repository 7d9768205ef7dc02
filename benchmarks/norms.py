"""A norm and a text: adhered, violated or not relevant; macro-F1 beside simple baselines.

    python benchmarks/norms.py [--data DATA] [--limit N] [--json out.json]

``normdial`` (dev) is for measuring only: no weight is fitted on it. Choices that are no weights (which
features, from which probability on a turn concerns a norm) were made on the quarter of its dialogues whose
hash leaves no rest; the other three quarters are judged here. Labels other than the three are left out.
Without ``--data`` only our own pairs (``benchmarks/norms/pairs.tsv``) and the fifth of our dialogues that is
kept aside are judged: nothing was fitted on them either, but they are few, and easier.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, at_least_one, hardware, report, tell
from tongli import Tongli
from tongli.core import IntArray
from tongli.empathy.culture.norm import Case, Norms

VERDICTS = ("adhered", "violated", "not_relevant")
LABELS = {"Adhered": 0, "Violated": 1, "Not Relevant": 2}
HERE = Path(__file__).parent / "norms"
LIMIT = 0.72
DRAWS = 1000
BATCH = 256


@dataclass(frozen=True, slots=True)
class Told:
    """A case with its label; ``group``: what is drawn together for the intervals."""

    group: str
    case: Case
    label: int

    @property
    def lang(self) -> str:
        """Language of the text."""
        return self.case.lang


def dialogues(data: Path, limit: int | None) -> list[Told]:
    """Turns of the dialogues that are judged here."""
    with gzip.open(data / "normdial" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        records = [record for record in map(json.loads, file) if not for_development(record["id"])]
    return [case for record in records[:limit] for case in turns(record)]


def for_development(name: str) -> bool:
    """Whether a dialogue is of the quarter on which choices were made."""
    return int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 4 == 0


def turns(record: dict[str, Any]) -> Iterator[Told]:
    """The turns with one of the three labels."""
    lang = record["culture"].partition("-")[0]
    texts = tuple(turn["text"] for turn in record["turns"])
    for at, turn in enumerate(record["turns"]):
        if turn["label"] in LABELS:
            case = Case(norm=record["norm"], text=turn["text"], lang=lang, history=texts[:at])
            yield Told(record["id"], case, LABELS[turn["label"]])


def own_pairs() -> list[Told]:
    """Pairs that we wrote."""
    with (HERE / "pairs.tsv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Told(str(at), Case(norm=norm, text=text, lang=lang), VERDICTS.index(label))
        for at, (lang, norm, text, label) in enumerate(rows)
    ]


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk under a norm: its turns with their speakers, and what each does to the norm.

    Attributes:
        marks: of each turn: ``-`` does not concern the norm, ``+`` does; ``a`` keeps it, ``v`` is against it.
    """

    lang: str
    norm: str
    turns: tuple[str, ...]
    marks: str

    @property
    def relevant(self) -> list[bool]:
        """Which turns concern the norm."""
        return [mark != "-" for mark in self.marks]

    @property
    def good(self) -> bool:
        """Whether the norm is one of good conduct: somebody keeps it."""
        return "a" in self.marks

    @property
    def held(self) -> bool:
        """Whether it is of the fifth that nothing is learnt from."""
        digest = hashlib.sha1(self.norm.encode(), usedforsecurity=False)
        return int(digest.hexdigest(), 16) % 5 == 0


def talks(pattern: str = "talks.txt") -> list[Talk]:
    """Those that we wrote, in the files of a pattern; ``dialogues_*.txt`` tell ``a`` and ``v``."""
    blocks = [
        block.strip().splitlines()
        for path in sorted(HERE.glob(pattern))
        for block in path.read_text(encoding="utf-8").split("\n\n")[1:]
    ]
    return [
        Talk(head[:2], head[3:], tuple(turn[2:] for turn in rest), "".join(turn[0] for turn in rest))
        for head, *rest in blocks
    ]


def kept_aside() -> list[Told]:
    """Turns of the dialogues that we wrote and nothing was learnt from."""
    verdicts = {"a": "adhered", "v": "violated", "-": "not_relevant"}
    return [
        Told(talk.norm, Case(norm=talk.norm, text=turn, lang=talk.lang, history=talk.turns[:at]), label)
        for talk in talks("dialogues_*.txt")
        if talk.held
        for at, turn in enumerate(talk.turns)
        for label in [VERDICTS.index(verdicts[talk.marks[at]])]
    ]


def judged(cases: Sequence[Told], norms: Norms) -> IntArray:
    """Index of the verdict of each case."""
    found = []
    for start in range(0, len(cases), BATCH):
        chunk = cases[start : start + BATCH]
        verdicts = norms.judge([told.case for told in chunk])
        found += [VERDICTS.index(item.verdict) for item in verdicts]
        tell(f"{start + len(chunk):,} of {len(cases):,} texts")
    return np.array(found, np.int64)


def macro_f1(found: IntArray, truth: IntArray) -> float:
    """Mean F1 of the three verdicts; one that neither occurs nor is found counts 0."""
    scores = []
    for label in range(len(VERDICTS)):
        right = int(((found == label) & (truth == label)).sum())
        wrong = int(((found == label) ^ (truth == label)).sum())
        scores.append(2 * right / max(1, 2 * right + wrong))
    return float(np.mean(scores))


def interval(found: IntArray, truth: IntArray, groups: Sequence[str], seed: int = 0) -> tuple[float, float]:
    """95 % of bootstrap draws of whole groups."""
    random = np.random.default_rng(seed)
    _, group = np.unique(groups, return_inverse=True)
    members = [np.flatnonzero(group == number) for number in range(group.max() + 1)]
    draws = []
    for _ in range(DRAWS):
        chosen = np.concatenate([members[at] for at in random.integers(0, len(members), len(members))])
        draws.append(macro_f1(found[chosen], truth[chosen]))
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


def figures(cases: Sequence[Told], found: IntArray) -> dict[str, Any]:
    """By language: texts, macro-F1 with its interval, and what always saying one thing reaches at best."""
    told = {}
    for lang in dict.fromkeys(case.lang for case in cases):
        at = np.array([index for index, case in enumerate(cases) if case.lang == lang])
        truth = np.array([cases[index].label for index in at])
        groups = [cases[index].group for index in at]
        one = max(macro_f1(np.full_like(truth, label), truth) for label in range(len(VERDICTS)))
        told[lang] = {
            "texts": len(at),
            "macro_f1": macro_f1(found[at], truth),
            "interval": interval(found[at], truth, groups),
            "one_verdict": one,
        }
    return told


def show(name: str, told: dict[str, Any]) -> None:
    for lang, item in told.items():
        low, high = item["interval"]
        score = f"macro-F1 {item['macro_f1']:.3f} ({low:.3f}..{high:.3f})"
        print(f"{name:9} {lang}  {item['texts']:6,} texts  {score}, one verdict {item['one_verdict']:.3f}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, help="folder with normdial")
    parser.add_argument("--limit", type=at_least_one, help="dialogues to judge")
    options = parser.parse_args()
    machine = hardware()
    print(machine)
    tongli = Tongli()
    norms = Norms(tongli.sentences, tokens=tongli.tokens)
    sets = {"own": own_pairs(), "aside": kept_aside()}
    if options.data is not None:
        sets["normdial"] = dialogues(options.data, options.limit)
    result: dict[str, Any] = {"hardware": machine}
    targets = []
    for name, cases in sets.items():
        result[name] = figures(cases, judged(cases, norms))
        show(name, result[name])
        if name == "normdial":
            targets = [
                Target(name=f"norm, macro-F1, {lang}", value=item["macro_f1"], limit=LIMIT)
                for lang, item in result[name].items()
            ]
    report(result, targets=targets, path=options.json)


if __name__ == "__main__":
    main()
