"""``make heads``: features → bag → calibration → thresholds → card, for each head."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tongli.core import FloatArray, Settings
from tongli.emotion.card import Calibration, Card, Source, Thresholds
from tongli.emotion.head import calibrate, load_head
from tongli.encoders.text import TextEncoder
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.bag import fit_bag
from tongli.learning.calibrate import fit_calibration, fit_thresholds
from tongli.learning.features import cached_features
from tongli.learning.report import measure
from tongli.learning.tasks import TASKS, Example, Task, load

_DOUBT = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Where a run reads and writes.

    Attributes:
        data: folder of the data sets.
        out: folder of the heads.
        features: folder of cached features.
        seed: of everything random.
    """

    data: Path
    out: Path
    features: Path
    seed: int = 0


def train_head(task: Task, *, run: Run, encoder: TextEncoder) -> Card:
    """Train, calibrate, measure and save one head."""
    scheme = SCHEMES[task.head]
    examples = load(task.train, data=run.data)
    features = _features(examples, run=run, encoder=encoder)
    targets = np.stack([example.target for example in examples])
    languages = [example.lang for example in examples]
    bag = fit_bag(
        features,
        targets,
        groups=[example.text for example in examples],
        languages=languages,
        kind=scheme.kind,
        task=task,
        seed=run.seed,
        tell=_tell,
    )
    counted = np.array([tag != "und" for tag in languages])
    logits, goals = bag.out_of_fold[counted], targets[counted]
    tags = [tag for tag in languages if tag != "und"]
    card = _draft_card(task, examples, encoder=encoder, seed=run.seed)
    card = replace(card, calibration=fit_calibration(logits, goals, languages=tags, scheme=scheme))
    values = calibrate(logits, card=card, languages=tags)
    card = replace(card, thresholds=fit_thresholds(values, goals, languages=tags, scheme=scheme))
    metrics: dict[str, Any] = {"out_of_fold": measure(values, goals, languages=tags, card=card)}
    bag.arrays.save(run.out / f"{task.head}.safetensors")
    card.save(run.out / f"{task.head}.json")
    dev = load(task.dev, data=run.data)
    if dev:
        tags = [example.lang for example in dev]
        saved = load_head(run.out, task.head)  # what ships is measured, not what was in memory
        found = saved.values(_features(dev, run=run, encoder=encoder), tags)
        goals = np.stack([example.target for example in dev])
        metrics["dev"] = measure(found, goals, languages=tags, card=card)
    card = replace(card, metrics=metrics)
    card.save(run.out / f"{task.head}.json")
    return card


def _features(examples: Sequence[Example], *, run: Run, encoder: TextEncoder) -> FloatArray:
    """Features of the examples; each set's distinct texts are one cache file, shared between tasks."""
    parts: dict[str, list[str]] = {}
    for example in examples:
        parts.setdefault(example.source, []).append(example.text)
    rows: dict[str, FloatArray] = {}
    for name, texts in parts.items():
        unique = sorted(set(texts))
        table = cached_features(
            unique,
            encoder=encoder,
            folder=run.features,
            tell=lambda done, total, name=name: _tell(f"{name}: {done:,} of {total:,} texts encoded"),  # type: ignore[misc]
        )
        place = {text: index for index, text in enumerate(unique)}
        rows[name] = table[[place[text] for text in texts]]
    counters: Counter[str] = Counter()
    order = []
    starts = dict(zip(parts, np.cumsum([0, *(len(texts) for texts in parts.values())]), strict=False))
    for example in examples:
        order.append(starts[example.source] + counters[example.source])
        counters[example.source] += 1
    return np.concatenate(list(rows.values()))[order]


def _draft_card(task: Task, examples: Sequence[Example], *, encoder: TextEncoder, seed: int) -> Card:
    scheme = SCHEMES[task.head]
    zeros = (0.0,) * len(scheme.labels)
    counts = Counter(example.source for example in examples)
    return Card(
        head=task.head,
        encoder=encoder.id,
        labels=scheme.labels,
        data=tuple(
            Source(name=part.name, licence=part.licence, examples=counts[part.name]) for part in task.train
        ),
        languages=tuple(sorted({example.lang for example in examples} - {"und"})),
        calibration=Calibration(slope=(1.0,) * len(zeros), offset=zeros),
        thresholds=Thresholds(default=zeros),
        doubt=_DOUBT,
        metrics={},
        seed=seed,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; see ``--help``."""
    parser = argparse.ArgumentParser(prog="python -m tongli.learning.train_heads", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the heads to")
    parser.add_argument("--features", type=Path, required=True, help="folder that keeps computed features")
    parser.add_argument("--heads", nargs="*", default=list(TASKS), choices=list(TASKS), metavar="HEAD")
    parser.add_argument("--model", default="embedded", help="embedded, a folder, or hf:NAME")
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    encoder = TextEncoder(model=chosen.model, settings=Settings.from_env())
    run = Run(data=chosen.data, out=chosen.out, features=chosen.features, seed=chosen.seed)
    for name in chosen.heads:
        start = time.monotonic()
        card = train_head(TASKS[name], run=run, encoder=encoder)
        summary = {
            split: {key: value for key, value in found.items() if not isinstance(value, dict)}
            for split, found in card.metrics.items()
        }
        _tell(f"{name}: {summary} in {time.monotonic() - start:.0f} s")
    return 0


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
