"""The network that knows feelings told outright, of ``tongli.emotion.told``: its texts, and its card.

    python scripts/told.py --data DATA [--cache build/learn] [--out src/tongli/emotion/weights]

It learns sentences of ours in 44 languages, each with the feeling that it tells (``told.tsv``), or that its
writer has whatever the words say (``otherwise.tsv``: denials, courtesies, irony), beside BRIGHTER's texts and
the plain ones that the network of plain texts learns (``scripts/plain.py``).

Run it again after the heads were trained anew: it reads the features of their encoder. Needs torch, and takes
some minutes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

import plain
from tongli.core import FloatArray
from tongli.emotion.beside import BesideCard
from tongli.emotion.head import Arrays
from tongli.emotion.told import LABELS, Told
from tongli.encoders.text import TextEncoder
from tongli.learning.bag import fit_bag
from tongli.learning.tasks import Task

OWN, OURS = (Path(__file__).with_name("told.tsv"), plain.OTHERWISE), "told"
SOURCES = ("brighter", "clinc150", "xsid", plain.OURS)

LIMITS = {"told": -0.5, "untold": -3.0, "on": 1.3, "off": 0.1}
"""See the network; chosen on the development sets (experiments/LOG.md)."""

FOLDS, INNER, EPOCHS, POWER = 4, 64, 6, 0.25


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its language and set, its feelings (nan where nobody was asked), and what it is drawn with."""

    text: str
    lang: str
    source: str
    target: tuple[float, ...]
    group: str


def own(paths: Sequence[Path] = OWN) -> Iterator[Text]:
    """Sentences of ours, with their feelings."""
    for row in plain.rows(*paths):
        feelings = row["feeling"].split("+")
        target = tuple(float(label in feelings) for label in LABELS)
        yield Text(row["text"], row["lang"], OURS, target, f"{OURS} {row['lang']} {feelings[0]}")


def others(data: Path) -> Iterator[Text]:
    """Texts of BRIGHTER, and plain ones of the network of plain texts."""
    annotated = annotations(data)
    for item in [*plain.chosen(plain.public(data)), *plain.own()]:
        if item.source not in SOURCES:
            continue
        target = annotated.get((item.lang, item.text)) if item.source == "brighter" else None
        if target is None and not item.plain:
            continue
        group = f"{item.source == plain.OURS} {item.lang} {item.plain}"
        yield Text(item.text, item.lang, item.source, target or (0.0,) * len(LABELS), group)


def annotations(data: Path) -> Mapping[tuple[str, str], tuple[float, ...]]:
    """Language and text of BRIGHTER → its feelings."""

    def value(record: dict[str, Any], label: str) -> float:
        return np.nan if label in record.get("not_annotated", ()) else float(label in record["labels"])

    with gzip.open(data / "brighter/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        return {
            (record["lang"], record["text"]): tuple(value(record, label) for label in LABELS)
            for record in map(json.loads, lines)
        }


def fitted(texts: Sequence[Text], features: FloatArray) -> tuple[Arrays, FloatArray]:
    """The network, and the log-odds of every text under the folds that did not learn it."""
    bag = fit_bag(
        features,
        np.array([text.target for text in texts], np.float32),
        groups=[text.text for text in texts],
        languages=[text.group for text in texts],
        kind="multilabel",
        task=Task(head="told", train=(), dev=(), folds=FOLDS, inner=INNER, epochs=EPOCHS, balance=POWER),
        seed=0,
        tell=lambda line: sys.stderr.write(f"{line}\n"),
    )
    return bag.arrays, bag.out_of_fold


def figures(texts: Sequence[Text], odds: FloatArray) -> dict[str, float]:
    """Area under the curve of each feeling among the sentences of ours, by folds that did not learn them."""
    rows = [row for row, text in enumerate(texts) if text.source == OURS]
    truth = np.array([texts[row].target for row in rows])
    return {
        label: round(float(roc_auc_score(truth[:, column], odds[rows, column])), 4)
        for column, label in enumerate(LABELS)
    }


def main() -> None:
    """Learn, tell the figures, and write both files."""
    options = plain.told_options(__doc__)
    encoder = TextEncoder()
    texts = [*others(options.data), *own()]
    features = plain.read_by(encoder, [text.text for text in texts], cache=options.cache)
    arrays, odds = fitted(texts, features)
    found = figures(texts, odds)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    counts = Counter(text.source for text in texts)
    card = BesideCard(
        encoder=encoder.id,
        data=plain.sources(counts),
        languages=tuple(sorted({text.lang for text in texts} - {"und"})),
        limits=LIMITS,
        metrics={"out_of_fold": found, "own": counts[OURS], "own_plain": counts[plain.OURS]},
    )
    Told(arrays, card).save(options.out)


if __name__ == "__main__":
    main()
