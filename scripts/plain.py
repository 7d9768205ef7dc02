"""The network that tells plain texts, of ``tongli.emotion.plain``: what it learns from, and its card.

    python scripts/plain.py --data DATA [--cache build/learn] [--out src/tongli/emotion/weights]

Plain are, of public sets whose licence lets the weights be released: texts in which nobody saw an emotion
(BRIGHTER, GoEmotions), neutral ones (AfriSenti, SmSA), requests to an assistant (CLINC150; of xSID the half
of the English sentences, with all their translations, that a hash chooses); and plain questions, requests and
facts of our own in 45 languages (``plain.tsv``). So are sentences of ours in 44 languages in which a feeling
is denied, somebody else's or a mere courtesy (``otherwise.tsv``). Texts with a feeling are others of the same
sets, of XED and of our own. Of every set, language and kind some hundred texts are taken, those with the
lowest hashes.

Run it again after the heads were trained anew: it reads the features of their encoder. Needs torch, and takes
a quarter of an hour.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import FloatArray
from tongli.emotion.beside import BesideCard
from tongli.emotion.card import Source
from tongli.emotion.head import Arrays
from tongli.emotion.plain import Plain
from tongli.encoders.text import TextEncoder
from tongli.learning.bag import fit_bag
from tongli.learning.features import cached_features
from tongli.learning.tasks import Task

OWN, OURS = Path(__file__).with_name("plain.tsv"), "own"
OTHERWISE, SEEMING = Path(__file__).with_name("otherwise.tsv"), "otherwise"
MOST = {"goemotions": 4000, "clinc150": 2000, "indonlu_smsa": 300, "xsid": 150, "afrisenti": 100}
USUAL = 200
"""Texts of a language, set and kind."""

CLEARLY, OFF = 1.25, 1.25
"""See the card; chosen on halves of the development sets (experiments/LOG.md)."""

FOLDS, INNER, EPOCHS, POWER = 4, 32, 6, 0.25


@dataclass(frozen=True, slots=True)
class Text:
    """A text, its set and language, and whether it is plain."""

    text: str
    source: str
    lang: str
    plain: bool


Rule = Callable[[dict[str, Any]], bool | None]
"""Whether a record is plain; ``None`` leaves it out."""


def no_label(record: dict[str, Any]) -> bool | None:
    """Of BRIGHTER: nobody saw any emotion, and all were asked for."""
    if record["labels"]:
        return False
    return None if record.get("not_annotated") else True


def only_neutral(record: dict[str, Any]) -> bool | None:
    """Of GoEmotions, AfriSenti and SmSA."""
    if record["labels"] == ["neutral"]:
        return True
    return None if "neutral" in record["labels"] else False


def learnt_half(record: dict[str, Any]) -> bool | None:
    """Of xSID: translations of one sentence stay together."""
    sentence = record.get("text_en") or record["text"]
    return True if share(sentence.strip().lower(), "xsid") < 0.5 else None


SETS: dict[str, tuple[str, str, Rule]] = {
    "brighter": ("brighter/train.jsonl.gz", "CC-BY-4.0", no_label),
    "goemotions": ("goemotions/train.jsonl.gz", "Apache-2.0", only_neutral),
    "xed": ("xed/train.jsonl.gz", "CC-BY-4.0", lambda _: False),
    "afrisenti": ("afrisenti/train.jsonl.gz", "CC-BY-4.0", only_neutral),
    "indonlu_smsa": ("indonlu_smsa/train.jsonl.gz", "Apache-2.0", only_neutral),
    "clinc150": ("clinc150/train.jsonl.gz", "CC-BY-3.0", lambda _: True),
    "xsid": ("xsid/dev.jsonl.gz", "CC-BY-SA-4.0", learnt_half),
}


def share(text: str, purpose: str) -> float:
    """0 to 1, by a hash."""
    digest = hashlib.sha256(f"plain {purpose} {text}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def public(data: Path) -> Iterator[Text]:
    """Texts of the public sets."""
    for name, (path, _, rule) in SETS.items():
        with gzip.open(data / path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                plain = rule(record)
                if plain is not None:
                    yield Text(record["text"], name, record.get("lang", "und"), plain)


def rows(*paths: Path) -> Iterator[dict[str, str]]:
    """Rows of tables of ours."""
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def own(path: Path = OWN) -> Iterator[Text]:
    """Sentences of ours."""
    return (Text(row["text"], OURS, row["lang"], row["kind"] == "plain") for row in rows(path))


def otherwise(path: Path = OTHERWISE) -> Iterator[Text]:
    """Sentences of ours whose words say otherwise than their writer feels."""
    return (Text(row["text"], SEEMING, row["lang"], row["feeling"] == "none") for row in rows(path))


def chosen(texts: Iterator[Text]) -> list[Text]:
    """At most so many of a set, language and kind."""
    groups: dict[tuple[str, str, bool], dict[str, Text]] = defaultdict(dict)
    for text in texts:
        groups[text.source, text.lang, text.plain].setdefault(text.text, text)
    found = []
    for (source, _, _), group in groups.items():
        ranked = sorted(group.values(), key=lambda text: share(text.text, "chosen"))
        found += ranked[: MOST.get(source, USUAL)]
    return found


def fitted(texts: Sequence[Text], features: FloatArray) -> tuple[Arrays, FloatArray]:
    """The network, and the log-odds of every text under the folds that did not learn it.

    Of each language and kind, public texts are drawn in proportion to the fourth root of their number, and
    sentences of either table of our own likewise: they are fewer, and the nearest to what people write.
    """
    bag = fit_bag(
        features,
        np.array([[text.plain] for text in texts], np.float32),
        groups=[text.text for text in texts],
        languages=[
            f"{text.source if text.source in (OURS, SEEMING) else ''} {text.lang} {text.plain}"
            for text in texts
        ],
        kind="binary",
        task=Task(head="plain", train=(), dev=(), folds=FOLDS, inner=INNER, epochs=EPOCHS, balance=POWER),
        seed=0,
        tell=lambda line: sys.stderr.write(f"{line}\n"),
    )
    return bag.arrays, bag.out_of_fold[:, 0]


def figures(texts: Sequence[Text], odds: FloatArray) -> dict[str, Any]:
    """Share of plain texts told as such, and of others not, by set; by folds that did not learn them."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for text, value in zip(texts, odds, strict=True):
        groups[f"{text.source} {'plain' if text.plain else 'feeling'}"].append((value > 0) == text.plain)
    return {name: round(float(np.mean(right)), 4) for name, right in sorted(groups.items())}


def told_options(description: str | None) -> argparse.Namespace:
    """``data``, ``cache`` and ``out`` of the command line."""
    parser = argparse.ArgumentParser(description=(description or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--cache", type=Path, default=Path("build/learn"), help="keeps encoded texts")
    parser.add_argument("--out", type=Path, default=Path("src/tongli/emotion/weights"))
    return parser.parse_args()


def read_by(encoder: TextEncoder, texts: Sequence[str], *, cache: Path) -> FloatArray:
    """Features ``(texts, width)``, telling how far it is."""
    return cached_features(
        texts,
        encoder=encoder,
        folder=cache,
        tell=lambda done, total: sys.stderr.write(f"\r{done:,} of {total:,} texts encoded"),
    )


def sources(counts: Mapping[str, int]) -> tuple[Source, ...]:
    """The public sets of a card, with how many texts of each were learnt from."""
    return tuple(
        Source(name=name, licence=licence, examples=counts[name])
        for name, (_, licence, _) in SETS.items()
        if name in counts
    )


def main() -> None:
    """Learn, tell the figures, and write both files."""
    options = told_options(__doc__)
    encoder = TextEncoder()
    texts = [*chosen(public(options.data)), *own(), *otherwise()]
    arrays, odds = fitted(texts, read_by(encoder, [text.text for text in texts], cache=options.cache))
    found = figures(texts, odds)
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    counts = Counter(text.source for text in texts)
    card = BesideCard(
        encoder=encoder.id,
        data=sources(counts),
        languages=tuple(sorted({text.lang for text in texts} - {"und"})),
        limits={"clearly": CLEARLY, "off": OFF},
        metrics={"out_of_fold": found, "own": counts[OURS], "otherwise": counts[SEEMING]},
    )
    Plain(arrays, card).save(options.out)


if __name__ == "__main__":
    main()
