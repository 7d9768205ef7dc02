"""Quality of the shipped heads, through the real pipeline, on development sets.

    python benchmarks/emotions.py --data DATA [--sets brighter xed …] [--json out.json]

``DATA`` holds the sets named in ``tongli.learning.tasks`` and ``tydip/dev_middle.jsonl.gz``. Every text goes
through ``Tongli.read_many`` with the language its set declares, and those of BRIGHTER once more without, so
that the language is identified. Decisions are the claims that a user gets, abstentions included; scores
are used only by measures of scores (calibration error, correlations). Labels that a set did not annotate
are masked. BRIGHTER's figure is the mean over languages of macro-F1 over the annotated emotions, as in its
own scorer, with a bootstrap interval. Some development texts also occur in a head's training sets; every
main figure is given without them too.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, at_least_one, hardware, report, tell
from quality import (
    Bools,
    Rows,
    abstained,
    bootstrap,
    decisions,
    interval,
    pearson_of_labels,
    spearman,
    spread_over,
    values,
    weighted_f1,
)
from tongli import Message, Tongli
from tongli.core import FloatArray, Reading
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.metrics import by_language, expected_calibration_error, macro_f1
from tongli.learning.tasks import TASKS, DataSet, Example, Record, load

BATCH = 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """Texts of one set, read: targets ``(texts, labels)`` with nan where not annotated."""

    readings: Sequence[Reading]
    targets: FloatArray
    languages: Sequence[str]

    def take(self, rows: Rows) -> Sample:
        """Some of the texts."""
        return Sample(
            [self.readings[row] for row in rows], self.targets[rows], [self.languages[row] for row in rows]
        )


Figures = Callable[[Sample, str], dict[str, Any]]
"""A sample and its head → figures; the main one under the suite's ``figure``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """A development set, the head it measures, and how."""

    head: str
    dev: tuple[DataSet, ...]
    measure: Figures
    figure: str


def emotion_figures(sample: Sample, head: str) -> dict[str, Any]:
    """Macro-F1 by language, calibration error of the scores, and what abstaining costs and gains."""
    decided, silent = decisions(sample.readings, head), abstained(sample.readings, head)
    probabilities = values(sample.readings, head)
    found = by_language(lambda rows: macro_f1(decided[rows], sample.targets[rows]), sample.languages)
    return {
        **spread_over("macro_f1", found),
        "macro_f1_pooled": round(macro_f1(decided, sample.targets), 4),
        "ece": round(expected_calibration_error(probabilities, sample.targets, bins=15), 4),
        "abstention": abstention(decided, sample.targets, silent=silent),
    }


def abstention(decided: Bools, targets: FloatArray, *, silent: Bools) -> dict[str, float]:
    """Coverage, and accuracy on the texts that were decided and on those that were not.

    Accuracy is the share of annotated labels that are right; ``exact`` is the share of texts with all of
    them right. An abstention is counted as if it claimed that no emotion is present.
    """
    known = ~np.isnan(targets)
    right = ((targets > 0.5) == decided) & known
    figures = {"coverage": round(float(1 - silent.mean()), 4)}
    for name, rows in (("decided", ~silent), ("abstained", silent)):
        if rows.any():
            figures[f"accuracy_{name}"] = round(float(right[rows].sum() / known[rows].sum()), 4)
            figures[f"exact_{name}"] = round(float((right | ~known)[rows].all(axis=1).mean()), 4)
    return figures


def sentiment_figures(sample: Sample, head: str) -> dict[str, Any]:
    """Weighted F1 of the claims (no answer loses recall), and of the highest score when forced to choose."""
    labels = SCHEMES[head].labels
    decided = decisions(sample.readings, head)
    chosen = [labels[int(row.argmax())] if row.any() else None for row in decided]
    forced = [labels[column] for column in values(sample.readings, head).argmax(axis=1)]
    truth = [labels[column] for column in sample.targets.argmax(axis=1)]
    answered = [index for index, label in enumerate(chosen) if label is not None]

    def over(answers: Sequence[str | None]) -> dict[str, float]:
        def figure(rows: Rows) -> float:
            return weighted_f1([answers[row] for row in rows], [truth[row] for row in rows])

        return by_language(figure, sample.languages)

    return {
        **spread_over("weighted_f1", over(chosen)),
        "forced": spread_over("weighted_f1", over(forced)),
        "coverage": round(len(answered) / len(chosen), 4),
        "accuracy_decided": round(float(np.mean([chosen[row] == truth[row] for row in answered])), 4),
        "ece": round(expected_calibration_error(values(sample.readings, head), sample.targets), 4),
    }


def pearson_figures(sample: Sample, head: str) -> dict[str, Any]:
    """Pearson's r by language, mean over labels."""
    scores = values(sample.readings, head)
    found = by_language(lambda rows: pearson_of_labels(scores[rows], sample.targets[rows]), sample.languages)
    return spread_over("pearson", found)


def politeness_figures(sample: Sample, head: str) -> dict[str, Any]:
    """Spearman's ρ by language; the head learns from English, so the others are zero-shot.

    Accuracy: on the same side of 0.5 as the judged politeness is of its language's median. By these texts,
    without their labels, the head's languages are centred.
    """
    scores, truth = values(sample.readings, head)[:, 0], sample.targets[:, 0]
    found = by_language(lambda rows: spearman(scores[rows], truth[rows]), sample.languages)
    right = by_language(lambda rows: _same_side(scores[rows], truth[rows]), sample.languages)
    others = [figure for tag, figure in found.items() if tag != "en"]
    return {
        **spread_over("accuracy", right),
        **spread_over("spearman", found),
        "spearman_pooled": round(spearman(scores, truth), 4),
        "spearman_en": found.get("en"),
        "spearman_zero_shot": round(float(np.mean(others)), 4) if others else None,
    }


def _same_side(scores: FloatArray, truth: FloatArray) -> float:
    return float(np.mean((scores > 0.5) == (truth > np.median(truth))))


def _middle_half(record: Record) -> list[tuple[str, FloatArray]]:
    return [(record["text"], np.array([record["score"]], np.float32))]


def _of_task(head: str, measure: Figures, figure: str, *, only: str | None = None) -> Suite:
    dev = tuple(part for part in TASKS[head].dev if only is None or part.name == only)
    return Suite(head=head, dev=dev, measure=measure, figure=figure)


TYDIP = DataSet(path="tydip/dev_middle.jsonl.gz", licence="CC-BY-4.0", label=_middle_half)

SUITES: Mapping[str, Suite] = {
    "brighter": _of_task("ekman6", emotion_figures, "macro_f1"),
    "goemotions": _of_task("goemotions28", emotion_figures, "macro_f1"),
    "xed": _of_task("plutchik8", emotion_figures, "macro_f1"),
    "intensity": _of_task("intensity", pearson_figures, "pearson"),
    "afrisenti": _of_task("sentiment", sentiment_figures, "weighted_f1", only="afrisenti"),
    "smsa": _of_task("sentiment", sentiment_figures, "weighted_f1", only="indonlu_smsa"),
    "tydip": Suite(head="politeness", dev=(TYDIP,), measure=politeness_figures, figure="spearman"),
    "empathy": _of_task("empathy", pearson_figures, "pearson"),
    "distress": _of_task("distress", pearson_figures, "pearson"),
}


def fold(text: str) -> str:
    """A text as it is compared with the training texts."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def read(tongli: Tongli, examples: Sequence[Example], *, declare: bool) -> list[Reading]:
    """Readings in batches, the texts' languages declared or left to be identified."""
    messages = [Message(example.text, lang=example.lang if declare else None) for example in examples]
    starts = range(0, len(messages), BATCH)
    return [reading for start in starts for reading in tongli.read_many(messages[start : start + BATCH])]


def measure(suite: Suite, sample: Sample, *, seen: Bools) -> dict[str, Any]:
    """All figures of a suite, and the main one without texts that the head was trained on."""
    unseen = suite.measure(sample.take(np.flatnonzero(~seen)), suite.head)[suite.figure]
    return {
        "texts": len(sample.readings),
        "head": suite.head,
        **suite.measure(sample, suite.head),
        "seen": {"share": round(float(seen.mean()), 4), f"{suite.figure}_without": unseen},
    }


def resampled(sample: Sample, head: str, *, trained: set[str], samples: int, seed: int) -> dict[str, Any]:
    """Mean macro-F1 of all languages and of those with training data, each with its 95 % interval."""
    decided = decisions(sample.readings, head)
    found = by_language(lambda rows: macro_f1(decided[rows], sample.targets[rows]), sample.languages)
    result = {}
    for name, kept in (("all", set(found)), ("trained", set(found) & trained)):
        rows = np.flatnonzero([tag in kept for tag in sample.languages])
        (drawn,) = bootstrap(
            [decided[rows]],
            sample.targets[rows],
            languages=[tag for tag in sample.languages if tag in kept],
            samples=samples,
            seed=seed,
        )
        mean = float(np.mean([found[tag] for tag in kept]))
        result[name] = {
            "languages": len(kept),
            "macro_f1": round(mean, 4),
            "interval_95": interval(drawn, figure=mean),
        }
    return result


def targets(figures: Mapping[str, Any]) -> list[Target]:
    """The issue's limits for the sets that were run."""
    found = []
    if "brighter" in figures:
        mean = figures["brighter"]["mean"]
        for kept in ("all", "trained"):
            name = f"brighter, mean macro-F1 of {mean[kept]['languages']} languages"
            found.append(Target(name=name, value=mean[kept]["macro_f1"], limit=0.51))
        ece = figures["brighter"]["ece"]
        found.append(Target(name="ekman6, calibration error", value=ece, limit=0.06, better="lower"))
    if "goemotions" in figures:
        value = figures["goemotions"]["macro_f1"]
        found.append(Target(name="goemotions28, macro-F1", value=value, limit=0.42))
    return found


def show(name: str, figures: Mapping[str, Any]) -> None:
    suite = SUITES[name.partition(" ")[0]]
    figure, worst, seen = suite.figure, figures["worst"], figures["seen"]
    print(
        f"{name:20} {figure} {figures[figure]:.4f}, worst {worst['lang']} {worst[figure]:.4f}, "
        f"{len(figures['by_language'])} languages, {figures['texts']:,} texts; "
        f"without the {seen['share']:.1%} seen in training {seen[f'{figure}_without']:.4f}"
    )
    rest = {key: value for key, value in figures.items() if key in {"ece", "coverage", "accuracy_decided"}}
    rest |= figures.get("abstention", {})
    rest |= {key: value for key, value in figures.items() if key.startswith(f"{figure}_")}
    if "forced" in figures:
        rest["forced_choice"] = figures["forced"][figure]
    if rest:
        print(f"{'':20} {', '.join(f'{key} {value:.4f}' for key, value in rest.items())}")
    for kept, found in figures.get("mean", {}).items():
        low, high = found["interval_95"]
        print(f"{'':20} {kept}: {found['languages']} languages, {found['macro_f1']:.4f} [{low}, {high}]")


def show_languages(figures: Mapping[str, Any]) -> None:
    declared, identified = figures["brighter"]["by_language"], figures["brighter identified"]["by_language"]
    print("\nbrighter, macro-F1 by language: declared, identified")
    for tag in sorted(declared, key=lambda tag: -declared[tag]):
        print(f"  {tag:8} {declared[tag]:.3f}  {identified[tag]:.3f}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--sets", nargs="+", choices=SUITES, default=list(SUITES), metavar="SET")
    parser.add_argument("--limit", type=at_least_one, help="texts a set, evenly spaced, for a quick look")
    parser.add_argument("--samples", type=at_least_one, default=1000, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap")
    options = parser.parse_args()
    machine, start = hardware(), time.perf_counter()
    print(machine, flush=True)
    tongli = Tongli().load()
    figures: dict[str, dict[str, Any]] = {}
    for name in options.sets:
        suite = SUITES[name]
        examples = load(suite.dev, data=options.data)
        examples = examples[:: -(-len(examples) // options.limit)] if options.limit else examples
        learned = load(TASKS[suite.head].train, data=options.data)
        known = {fold(example.text) for example in learned}
        seen = np.array([fold(example.text) in known for example in examples], bool)
        for declare in (True, False) if name == "brighter" else (True,):
            key = name if declare else f"{name} identified"
            tell(f"{key}: {len(examples):,} texts")
            sample = Sample(
                read(tongli, examples, declare=declare),
                np.stack([example.target for example in examples]),
                [example.lang for example in examples],
            )
            figures[key] = measure(suite, sample, seen=seen)
            if name == "brighter":
                trained = {example.lang for example in learned if example.source == "brighter"}
                figures[key]["mean"] = resampled(
                    sample, suite.head, trained=trained, samples=options.samples, seed=options.seed
                )
            show(key, figures[key])
    if "brighter" in figures:
        show_languages(figures)
    seconds = round(time.perf_counter() - start, 1)
    print(f"\n{seconds:.0f} s in all")
    result = {"hardware": asdict(machine), "seconds": seconds, "figures": figures}
    report(result, targets=targets(figures), path=options.json)


if __name__ == "__main__":
    main()
