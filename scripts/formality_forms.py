"""What each form of address is worth for formality, beside the head: the card of ``tongli.channels.address``.

    python scripts/formality_forms.py --data DATA [--out src/tongli/channels/weights/formality.json]
    python scripts/formality_forms.py --data DATA --measure

1. Worth of the forms, a language at a time: logistic regression without intercept on how often each kind of
   form stands in a text, towards its own register only. Texts: the pairs of ``formality_mt`` (CoCoA-MT and
   IWSLT, CDLA-Sharing-1.0) that the head learnt from; and, as heavy in all, half of the everyday texts that
   it did not learn from (:mod:`tongli.learning.train.everyday`), with the target that they have there.
2. How much head and forms count: on pairs that the head did not learn from and whose English source has a
   SHA-256 that begins below 128 (``develop``), and the same everyday texts. Then the least confidence, of .6,
   .65, …, that decides at most 5.5 % of the texts in which nothing is marked.
3. Figures, for the card: pairs that the head did not learn from, of the other half (``report``), on which no
   rule was developed either, and the other half of the everyday texts. Pairs of two equal texts are left out
   everywhere: they mark nothing.

``--measure`` reads the same texts with the card that is there, and changes nothing. Needs the embedded model
and scipy, and takes some minutes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tongli.channels.address import CARD, HEAD, FormsCard
from tongli.core import Message
from tongli.emotion.card import Source
from tongli.emotion.heads import Heads
from tongli.encoders.text import TextEncoder
from tongli.generation.adapt.register import forms
from tongli.learning.tasks import TASKS, load
from tongli.learning.train.everyday import UNDECIDED, labelled
from tongli.learning.train.pool import held_aside

REGISTERS = ("formal", "informal")
KINDS = ("pronoun", "possessive", "verb", "particle", "level")
MARKERS = {"ru": 0.98}
"""Languages of clear markers alone, and how often such markers agree with labels in other languages."""
HELD_OUT = 0.08
RIDGE = 0.02
CONFIDENCES = np.arange(0.6, 0.96, 0.05)
UNMARKED_DECIDED = 0.055
AT_ONCE = 256


@dataclass(slots=True, kw_only=True)
class Text:
    """A text: 1 formal, 0 informal, .5 unmarked; which half; whether the head has not learnt it."""

    text: str
    lang: str
    target: float
    develop: bool
    unseen: bool
    source: str
    kinds: tuple[tuple[str, str], ...] = ()
    value: float = UNDECIDED


def pairs(data: Path) -> list[Text]:
    """Both sides of every pair that differs."""
    found: dict[str, Text] = {}
    with gzip.open(data / "formality_mt" / "train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["formal"] == row["informal"]:
                continue
            develop = first_byte(row["en"]) < 128
            for target, side in ((1.0, "formal"), (0.0, "informal")):
                text = row[side]
                unseen = held_aside(text, share=HELD_OUT)
                kept = Text(
                    text=text,
                    lang=row["lang"],
                    target=target,
                    develop=develop,
                    unseen=unseen,
                    source="formality_mt",
                )
                found.setdefault(text, kept)
    return list(found.values())


def everyday(data: Path, *, languages: Sequence[str], encoder: TextEncoder) -> list[Text]:
    """Everyday texts that the head was measured with, not taught."""
    examples = load(TASKS[HEAD].everyday, data=data)
    told = labelled(examples, languages=languages, encoder=encoder, only_aside=True)
    return [
        Text(
            text=each.text,
            lang=each.lang,
            target=float(each.target[0]),
            develop=first_byte("everyday" + each.text) < 128,
            unseen=True,
            source=each.source,
        )
        for each in told
    ]


def first_byte(text: str) -> int:
    """Of the SHA-256, by which halves are told."""
    return hashlib.sha256(text.encode()).digest()[0]


def read(texts: Sequence[Text], *, heads: Heads, encoder: TextEncoder) -> None:
    """Find the forms of all, and the head's value of those it has not learnt."""
    for each in texts:
        each.kinds = tuple((form.register, form.kind) for form in forms(each.text, lang=each.lang))
    fresh = [each for each in texts if each.unseen]
    for start in range(0, len(fresh), AT_ONCE):
        batch = fresh[start : start + AT_ONCE]
        encoded = encoder.encode([Message(each.text, lang=each.lang) for each in batch])
        for each, reading in zip(batch, heads.read(encoded), strict=True):
            value = reading.scores[HEAD]
            each.value = cast("float", value)


def counts(texts: Sequence[Text]) -> NDArray[np.float64]:
    """``(texts, registers * kinds)``, the roots of counts of at most two."""
    columns = [(register, kind) for register in REGISTERS for kind in KINDS]
    return np.sqrt([[min(2, each.kinds.count(column)) for column in columns] for each in texts])


def balanced(*groups: Sequence[Text]) -> NDArray[np.float64]:
    """Weights of the texts of groups that count alike."""
    return np.concatenate([np.full(len(group), 1 / len(groups) / len(group)) for group in groups if group])


def worth(learnt: Sequence[Text], plain: Sequence[Text]) -> dict[str, dict[str, float]]:
    """Register → kind → log-odds, of one language; never against its register."""
    texts = [*learnt, *plain]
    sign = np.repeat([1.0, -1.0], len(KINDS))
    table, targets = counts(texts) * sign, np.array([each.target for each in texts])
    weights = balanced(learnt, plain)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = table @ values
        value = weights @ (np.logaddexp(0, odds) - targets * odds) + RIDGE / len(KINDS) / 2 * values @ values
        slope = table.T @ (weights * (sigmoid(odds) - targets)) + RIDGE / len(KINDS) * values
        return float(value), slope

    bounds = [(0, None)] * len(sign)
    found = minimize(loss, np.zeros(len(sign)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return {
        register: {
            kind: round(float(value), 3)
            for kind, value in zip(KINDS, found[at * len(KINDS) :], strict=False)
            if value >= 0.0005
        }
        for at, register in enumerate(REGISTERS)
    }


def sigmoid(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds → chances."""
    return np.asarray(1 / (1 + np.exp(-odds)))


def fitted(texts: Sequence[Text], *, encoder: str) -> FormsCard:
    """Steps 1 and 2."""
    learnt = [each for each in texts if each.source == "formality_mt" and not each.unseen]
    fresh = [each for each in texts if each.source == "formality_mt" and each.unseen and each.develop]
    plain = [each for each in texts if each.source != "formality_mt" and each.develop]
    weights = {
        lang: worth(*([each for each in part if each.lang == lang] for part in (learnt, plain)))
        for lang in sorted({each.lang for each in learnt})
    }

    def card(head: float, share: float, alone: float, confidence: float) -> FormsCard:
        scaled = {
            lang: {
                side: {kind: share * value for kind, value in kinds.items()} for side, kinds in own.items()
            }
            for lang, own in weights.items()
        }
        return FormsCard(
            encoder=encoder,
            head=head,
            alone=alone,
            confidence=confidence,
            weights=scaled,
            markers=MARKERS,
        )

    both = [*fresh, *plain]
    table = np.array(
        [
            [
                card(1, 0, 0, 0).odds(each.value, each.kinds, lang=each.lang),
                card(0, 1, 0, 0).odds(each.value, each.kinds, lang=each.lang),
                card(0, 0, 1, 0).odds(each.value, each.kinds, lang=each.lang),
            ]
            for each in both
        ]
    )
    targets, share = np.array([each.target for each in both]), balanced(fresh, plain)
    start = np.array([1.0, 1.0, 0.5])

    def loss(values: NDArray[np.float64]) -> float:
        odds = table @ values
        held = 1e-3 * ((values - start) ** 2).sum()
        return float(share @ (np.logaddexp(0, odds) - targets * odds) + held)

    head, forms_share, alone = (round(float(value), 3) for value in minimize(loss, start).x)
    unmarked = sigmoid(table[targets == UNDECIDED] @ np.array([head, forms_share, alone]))
    sure = np.maximum(unmarked, 1 - unmarked)
    enough = [least for least in CONFIDENCES if (sure >= least).mean() <= UNMARKED_DECIDED]
    return card(head, forms_share, alone, round(float((enough or CONFIDENCES[-1:])[0]), 2))


def measured(texts: Iterable[Text], card: FormsCard | None) -> dict[str, Any]:
    """Figures of texts that were not learnt from, with the forms or, without a card, the head alone."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for each in texts:
        value = each.value
        if card is not None:
            value = float(sigmoid(np.array(card.odds(value, each.kinds, lang=each.lang))))
        found[each.lang if each.target != UNDECIDED else "unmarked"].append((value, each.target))
    least = 0.8 if card is None else card.confidence
    unmarked = np.array([value for value, _ in found.pop("unmarked", [])])
    right = {
        lang: float(np.mean([(value >= UNDECIDED) == (target > UNDECIDED) for value, target in rows]))
        for lang, rows in sorted(found.items())
    }
    every = np.array([row for rows in found.values() for row in rows])
    sure = np.maximum(every[:, 0], 1 - every[:, 0]) >= least
    good = (every[:, 0] >= UNDECIDED) == (every[:, 1] > UNDECIDED)
    figures: dict[str, Any] = {
        "texts": len(every),
        "accuracy_mean": round(float(np.mean(list(right.values()))), 4),
        "accuracy_all": round(float(good.mean()), 4),
        "accuracy_interval": interval(good),
        "accuracy_by_language": {lang: round(value, 4) for lang, value in right.items()},
        "decided": round(float(sure.mean()), 4),
        "decided_rightly": round(float((sure & good).mean()), 4),
    }
    if len(unmarked):
        decided = np.maximum(unmarked, 1 - unmarked) >= least
        figures |= {"unmarked": len(unmarked), "unmarked_decided": round(float(decided.mean()), 4)}
    return figures


def interval(right: NDArray[np.bool_]) -> list[float]:
    """95 % of 1,000 bootstrap draws."""
    draws = np.random.default_rng(0).integers(0, len(right), (1000, len(right)))
    return [round(float(value), 4) for value in np.percentile(right[draws].mean(axis=1), [2.5, 97.5])]


def main() -> None:
    """Fit or measure, tell the figures, and write the card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path("src/tongli/channels/weights") / CARD)
    parser.add_argument("--measure", action="store_true", help="measure the card that is there")
    chosen = parser.parse_args()
    encoder, heads = TextEncoder(), Heads(names=[HEAD])
    told = heads.card(HEAD)
    texts = [*pairs(chosen.data), *everyday(chosen.data, languages=told.languages, encoder=encoder)]
    read(texts, heads=heads, encoder=encoder)
    card = FormsCard.shipped() if chosen.measure else fitted(texts, encoder=encoder.id)
    report = [each for each in texts if each.unseen and not each.develop]
    groups = {
        "pairs": [each for each in report if each.source == "formality_mt"],
        "everyday": [each for each in report if each.source != "formality_mt"],
    }
    metrics = {
        name: {"head": measured(group, None), "with_forms": measured(group, card)}
        for name, group in groups.items()
    }
    sys.stdout.write(json.dumps(metrics, indent=1) + "\n")
    if chosen.measure:
        return
    used = [each for each in texts if not each.unseen or each.develop]
    licences = {part.name: part.licence for part in (*TASKS[HEAD].train, *TASKS[HEAD].everyday)}
    sources = [
        Source(name=name, licence=licences[name], examples=sum(each.source == name for each in used))
        for name in sorted({each.source for each in used})
    ]
    weights = {
        lang: {side: {kind: round(value, 3) for kind, value in kinds.items()} for side, kinds in own.items()}
        for lang, own in card.weights.items()
    }
    chosen.out.write_text(
        json.dumps(
            {
                "encoder": card.encoder,
                "head": card.head,
                "alone": card.alone,
                "confidence": card.confidence,
                "weights": weights,
                "markers": dict(card.markers),
                "data": [{name: getattr(each, name) for name in Source.__slots__} for each in sources],
                "metrics": metrics,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
