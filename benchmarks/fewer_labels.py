"""What few labels reach on BRIGHTER: zero-shot transfer, few-shot learning, self-training.

    python benchmarks/fewer_labels.py --data DATA --cache DIR [--parts zero few self] [--json out.json]

``DATA`` holds the sets named in ``tongli.learning.tasks``; ``DIR`` keeps the features of the encoder as it
was pretrained, since the layers that ship were tuned on these sets. All figures are macro-F1 of ekman6.
Zero-shot: each language of the training split left out, or each of ``--languages``, against a
cross-validation that has it. Few-shot: 8, 16 and 32 texts a label of one language, drawn from its
training split with several seeds, measured on its development split. Self-training: a share of the training
split keeps its labels and the rest is unlabelled; the gain is cross-validated on the share, and measured
again on the development split.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from measurement import arguments, at_least_one, hardware, report, spread, tell
from tongli.core import FloatArray, Settings
from tongli.encoders.text import TextEncoder
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.evaluate.resample import Resampling, compare
from tongli.learning.label_efficient.contrastive import Contrast
from tongli.learning.label_efficient.decisions import decided_sheet, measure_of
from tongli.learning.label_efficient.encoding import encoded, untuned
from tongli.learning.label_efficient.few_shot import Plan as FewPlan
from tongli.learning.label_efficient.few_shot import few_shot
from tongli.learning.label_efficient.labelled import Labelled, as_records, gather
from tongli.learning.label_efficient.reports import self_training_report, zero_shot_report
from tongli.learning.label_efficient.self_training import Plan as SelfPlan
from tongli.learning.label_efficient.self_training import distinct, self_train
from tongli.learning.label_efficient.shots import draw_shots
from tongli.learning.label_efficient.zero_shot import zero_shot
from tongli.learning.tasks import TASKS, DataSet, load
from tongli.learning.train.run import use_threads

HEAD = "ekman6"
PARTS = ("zero", "few", "self")
SIX = ("en", "es-419", "ru", "hi", "zh", "ha")


@dataclass(frozen=True, slots=True)
class Split:
    """Texts and their features ``(texts, width)``."""

    labelled: Labelled
    features: FloatArray

    def take(self, rows: Sequence[int]) -> Split:
        """Some of the texts."""
        return Split(self.labelled.take(rows), self.features[list(rows)])

    def of(self, lang: str) -> Split:
        """The texts of one language."""
        return self.take([row for row, tag in enumerate(self.labelled.languages) if tag == lang])


def read(
    sets: Sequence[DataSet], *, data: Path, cache: Path, encoder: TextEncoder, languages: Sequence[str]
) -> Split:
    labelled = gather(as_records(load(sets, data=data), HEAD), HEAD)
    if languages:
        labelled = labelled.take([row for row, tag in enumerate(labelled.languages) if tag in languages])
    features = encoded(
        labelled.texts,
        encoder=encoder,
        cache=cache,
        progress=lambda done, total: tell(f"{done:,} of {total:,} texts encoded"),
    )
    return Split(labelled, features)


def transfer(train: Split, *, draws: int) -> dict[str, Any]:
    found = zero_shot(
        train.labelled,
        train.features,
        task=replace(TASKS[HEAD], epochs=5, inner=128),
        how=Resampling(draws=draws),
        progress=lambda done, total: tell(f"zero-shot: network {done} of {total}"),
    )
    return zero_shot_report(found)


def few(train: Split, dev: Split, *, languages: Sequence[str], shots: Sequence[int], seeds: int) -> list[Any]:
    rows = []
    for lang in languages:
        own, unseen = train.of(lang), dev.of(lang)
        place = {record.id: row for row, record in enumerate(own.labelled.records)}
        for size in shots:
            figures: dict[str, list[float]] = {}
            for seed in range(seeds):
                examples, _ = draw_shots(own.labelled, size, seed=seed)
                features = own.features[[place[record.id] for record in examples.records]]
                plan = FewPlan(contrast=Contrast(), how=Resampling(draws=1, seed=seed))
                found = few_shot(examples, features, unseen.labelled, unseen.features, plan=plan)
                for method in found.methods:
                    figures.setdefault(method.name, []).append(method.figure.value)
            row = {"lang": lang, "shots": size, "examples": len(examples), "texts": len(unseen.labelled)}
            rows.append({**row, **{name: spread(values) for name, values in figures.items()}})
            told = ", ".join(f"{name} {mean(values):.3f}" for name, values in figures.items())
            tell(f"few-shot: {lang}, {size} a label ({len(examples)} texts): {told}")
    return rows


def self_training(train: Split, dev: Split, *, languages: Sequence[str], share: float, plan: SelfPlan) -> Any:
    chosen = [row for row, tag in enumerate(train.labelled.languages) if tag in languages]
    order = np.random.default_rng(0).permutation(chosen)
    cut = round(share * len(order))
    known, hidden = train.take(sorted(order[:cut])), train.take(sorted(order[cut:]))
    others = distinct(hidden.labelled.records, known.labelled)
    place = {record.id: row for row, record in enumerate(hidden.labelled.records)}
    found = self_train(
        known.labelled,
        known.features,
        others,
        hidden.features[[place[record.id] for record in others]],
        plan=plan,
        progress=lambda done, total: tell(f"self-training: network {done} of at most {total}"),
    )
    unseen = dev.take([row for row, tag in enumerate(dev.labelled.languages) if tag in languages])
    sheets = [
        decided_sheet(item.card, item.model.logits(unseen.features), unseen.labelled)
        for item in (found.student, found.rounds[0])
    ]
    _, measure = measure_of(SCHEMES[HEAD])
    gain = compare(measure, *sheets, how=plan.how)
    return {
        "cross_validated": self_training_report(found, known.labelled, others),
        "dev": {
            "teacher": measure(sheets[1]),
            "student": measure(sheets[0]),
            "gain": gain.delta,
            "p": gain.randomisation_p,
        },
    }


def main() -> int:
    parser = arguments(__doc__ or "")
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps features")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument(
        "--languages", nargs="*", help="read these only; default: six, and every one for zero-shot"
    )
    parser.add_argument("--shots", nargs="*", type=at_least_one, default=[8, 16, 32])
    parser.add_argument("--seeds", type=at_least_one, default=5)
    parser.add_argument("--share", type=float, default=0.1, help="of the texts that keep their labels")
    parser.add_argument("--confidence", type=float, default=0.9, help="of a pseudo-label")
    parser.add_argument("--per-language", type=at_least_one, help="pseudo-labelled texts")
    parser.add_argument("--draws", type=at_least_one, default=1000)
    parser.add_argument("--threads", type=at_least_one, default=1)
    chosen = parser.parse_args()
    print(hardware("torch"))
    use_threads(chosen.threads)
    encoder = untuned("embedded", settings=Settings.from_env(), folder=chosen.cache)
    task = TASKS[HEAD]
    languages = chosen.languages or SIX
    needed = () if "zero" in chosen.parts and not chosen.languages else languages
    train, dev = (
        read(sets, data=chosen.data, cache=chosen.cache, encoder=encoder, languages=needed)
        for sets in (task.train, task.dev)
    )
    results: dict[str, Any] = {}
    started = time.process_time()
    if "few" in chosen.parts:
        results["few"] = few(train, dev, languages=languages, shots=chosen.shots, seeds=chosen.seeds)
    if "self" in chosen.parts:
        plan = SelfPlan(
            task=replace(task, folds=3, epochs=15, inner=128),
            folds=3,
            confidence=chosen.confidence,
            per_language=chosen.per_language,
            how=Resampling(draws=chosen.draws),
        )
        results["self"] = self_training(train, dev, languages=languages, share=chosen.share, plan=plan)
        print(results["self"])
    if "zero" in chosen.parts:
        results["zero"] = transfer(train, draws=chosen.draws)
        for row in (*results["zero"]["languages"], results["zero"]["mean"]):
            print(row)
    tell(f"{time.process_time() - started:.0f} s of processor time")
    report(results, targets=(), path=chosen.json)
    return 0


if __name__ == "__main__":
    sys.exit(main())
