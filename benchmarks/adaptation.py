"""Ways to tune the upper layers, each for the same time: whole layers, LoRA, AdaLoRA, DoRA, prefix, adapters.

    python benchmarks/adaptation.py --data DATA [--minutes 10] [--cache DIR] [--out DIR] [--json out.json]

Every contender learns ekman6 and intensity from the same stored states of the frozen lower layers, with the
same heads, seed and batches. Its pace is measured first, contenders in turns, and decides how many steps it
may do in the minutes: so the comparison holds on a machine that others use, and a run that was killed goes
on with the same plan. With several --rates, each contender is trained with each multiple of its rate and
the best is kept.

Held-out texts are halved. One half chooses the moment, the rate and the thresholds; the other is measured:
macro-F1 over all languages at one threshold a label, and Pearson's r, mean over labels, each with a 95 %
bootstrap interval, and the paired difference to whole layers.
"""

from __future__ import annotations

import argparse
import copy
import json
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from measurement import arguments, at_least_one, cores, hardware, report, tell
from tongli.core import FloatArray, Settings
from tongli.learning.adapt.adaptation import Adaptation
from tongli.learning.adapt.insert import Parameters, adapt, count
from tongli.learning.calibrate import best_thresholds
from tongli.learning.evaluate.resample import Resampling, estimate
from tongli.learning.metrics import macro_f1, pearson
from tongli.learning.train.loop import Rows, Trainer, predict
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import Recipe, read_recipe
from tongli.learning.train.run import Prepared, open_corpus, prepare, use_threads

RECIPE = Path(__file__).parents[1] / "examples" / "learn" / "recipe.toml"
HEADS = ("ekman6", "intensity")
LOOKS = 10
COLUMNS = (
    "method",
    "rate",
    "parameters in layers",
    "steps",
    "texts/s",
    "ekman6 macro-F1",
    "to whole layers",
    "intensity r",
    "to whole layers",
)
Measure = Callable[[Rows], float]


@dataclass(frozen=True, slots=True)
class Contender:
    """A way to tune, and the largest learning rate of the top layer that suits it."""

    adaptation: Adaptation
    rate: float


WHOLE = "whole layers"
CONTENDERS = {
    WHOLE: Contender(Adaptation(method="layers"), 1.5e-4),
    "top 2 layers": Contender(Adaptation(method="layers", top_k=2), 1.5e-4),
    "top layer": Contender(Adaptation(method="layers", top_k=1), 1.5e-4),
    "LoRA, rank 8": Contender(Adaptation(method="lora", rank=8, alpha=16), 1e-3),
    "LoRA, rank 16": Contender(Adaptation(method="lora", rank=16, alpha=32), 1e-3),
    "AdaLoRA, rank 8": Contender(Adaptation(method="adalora", rank=8, alpha=32), 2e-3),
    "DoRA, rank 8": Contender(Adaptation(method="dora", rank=8, alpha=16), 1e-3),
    "prefix, 20": Contender(Adaptation(method="prefix", prefix=20), 1e-2),
    "adapters, 64": Contender(Adaptation(method="adapters", bottleneck=64), 1e-3),
    "heads only": Contender(Adaptation(method="heads"), 1.5e-4),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A contender after its time.

    Attributes:
        network: the best of its looks.
        score: of that look, on the choosing half.
        rate: it was trained with.
        parameters: that learnt.
        minutes: its steps really took, since it was last started.
    """

    network: Upper
    score: float
    rate: float
    parameters: Parameters
    minutes: float


@dataclass(frozen=True, slots=True)
class Split:
    """Held-out rows of a head: one half chooses, the other is measured."""

    choosing: Rows
    measured: Rows


class Timed(Trainer):
    """Trains as ever and keeps the seconds and texts of its steps."""

    def __init__(self, network: Upper, **options: Any) -> None:
        super().__init__(network, tell=lambda _: None, log=lambda _step, _found: None, **options)
        self.seconds: list[float] = []
        self.texts: list[int] = []

    def _step(self, batch: Rows) -> None:
        start = time.perf_counter()
        super()._step(batch)
        self.seconds.append(time.perf_counter() - start)
        self.texts.append(len(batch))


def trainer(prepared: Prepared, contender: Contender, *, recipe: Recipe, folder: Path) -> Timed:
    """A contender at its start; all have the same heads."""
    network = copy.deepcopy(prepared.network)
    torch.manual_seed(recipe.seed)
    adapt(network, contender.adaptation, steps=recipe.steps)
    return Timed(
        network,
        pool=prepared.pool,
        states=prepared.states,
        recipe=replace(recipe, adaptation=contender.adaptation),
        folder=folder,
    )


def paces(prepared: Prepared, names: Sequence[str], *, recipe: Recipe, rounds: int) -> dict[str, float]:
    """Texts per second of each contender: a dozen steps in turns, the same batches for all."""
    blind = replace(prepared, pool=replace(prepared.pool, held_out=prepared.pool.held_out[:0]))
    seconds, texts = dict.fromkeys(names, 0.0), dict.fromkeys(names, 0)
    for turn in range(rounds):
        short = replace(recipe, examples=13 * recipe.batch, seed=recipe.seed + turn)
        for name in names:
            with tempfile.TemporaryDirectory() as folder:
                run = trainer(blind, CONTENDERS[name], recipe=short, folder=Path(folder))
                run.run()
            seconds[name] += sum(run.seconds[1:])  # the first step also allocates
            texts[name] += sum(run.texts[1:])
        tell(f"pace, turn {turn + 1} of {rounds}")
    return {name: texts[name] / seconds[name] for name in names}


def planned(
    prepared: Prepared, names: Sequence[str], *, recipe: Recipe, rounds: int, out: Path
) -> dict[str, float]:
    """Paces, those of an earlier start where they are known."""
    path = out / "paces.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    missing = [name for name in names if name not in known]
    if missing:
        known |= paces(prepared, missing, recipe=recipe, rounds=rounds)
        out.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return {name: known[name] for name in names}


def train(
    prepared: Prepared, name: str, *, recipe: Recipe, steps: int, multiple: float, out: Path
) -> Trained:
    """Train a contender with one rate; killed and started again, it goes on."""
    contender = CONTENDERS[name]
    plan = replace(
        recipe,
        rate=contender.rate * multiple,
        examples=steps * recipe.batch,
        evaluate_every=-(-steps // LOOKS),
        patience=LOOKS + 1,
    )
    folder = out / f"{re.sub('[^a-z0-9]+', '-', name.lower())}-{multiple:g}"
    run = trainer(prepared, contender, recipe=plan, folder=folder)
    network = run.run()
    tell(f"{name}, rate {plan.rate:g}: {run.progress.best:.4f} after {steps:,} steps")
    return Trained(
        network=network,
        score=run.progress.best,
        rate=plan.rate,
        parameters=count(run.network),
        minutes=round(sum(run.seconds) / 60, 2),
    )


def measure(prepared: Prepared, network: Upper, head: str, split: Split) -> Measure:
    """The figure of a head as a function of rows of the measured half."""
    choosing, measured = (
        predict(network, heads=(head,), states=prepared.states, rows=rows)[head]
        for rows in (split.choosing, split.measured)
    )
    goals = prepared.pool.targets(head, split.measured)
    if head == "intensity":
        return lambda rows: mean_pearson(measured[rows], goals[rows])
    thresholds = best_thresholds(sigmoid(choosing), prepared.pool.targets(head, split.choosing))
    decided = sigmoid(measured) >= thresholds
    return lambda rows: macro_f1(decided[rows], goals[rows])


def mean_pearson(values: FloatArray, goals: FloatArray) -> float:
    return float(np.mean([pearson(*pair) for pair in zip(values.T, goals.T, strict=True)]))


def sigmoid(logits: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-np.maximum(logits, -80))), np.float32)


def difference(first: Measure, second: Measure) -> Measure:
    return lambda rows: first(rows) - second(rows)


def line(name: str, row: Mapping[str, Any]) -> str:
    """A row of the table in Markdown."""
    layers = row["parameters"].layers
    cells = [name, f"{row['rate']:g}" if layers else "–", f"{layers:,}", f"{row['steps']:,}"]
    cells.append(f"{row['pace']:.0f}")
    for head in HEADS:
        for key, form in (("figure", ".4f"), ("difference", "+.4f")):
            found = row[head].get(key)
            cells.append(f"{found.value:{form}} [{found.low:{form}}, {found.high:{form}}]" if found else "–")
    return f"| {' | '.join(cells)} |"


def compare(prepared: Prepared, *, recipe: Recipe, options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Train and measure every contender, and print its row as soon as it is known."""
    pool, how = prepared.pool, Resampling(draws=options.samples, seed=recipe.seed)
    halves = pool.held_out[::2], pool.held_out[1::2]
    splits = {head: Split(*(pool.rows_of(head, among=half) for half in halves)) for head in HEADS}
    choosing = replace(prepared, pool=replace(pool, held_out=halves[0]))
    names = [name for name in CONTENDERS if name in options.only]
    plan = planned(prepared, names, recipe=recipe, rounds=options.turns, out=options.out)
    print(f"\n| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}", flush=True)
    whole: dict[str, Measure] = {}
    rows: dict[str, dict[str, Any]] = {}
    for name, pace in plan.items():
        steps = max(LOOKS, round(pace * options.minutes * 60 / recipe.batch))
        best = max(
            (
                train(choosing, name, recipe=recipe, steps=steps, multiple=multiple, out=options.out)
                for multiple in options.rates
            ),
            key=lambda trained: trained.score,
        )
        row = {key: getattr(best, key) for key in ("rate", "parameters", "minutes")}
        row |= {"steps": steps, "pace": round(pace, 1)}
        for head, split in splits.items():
            found, size = measure(prepared, best.network, head, split), len(split.measured)
            row[head] = {"texts": size, "figure": estimate(found, size, how=how)}
            if head in whole:
                row[head]["difference"] = estimate(difference(found, whole[head]), size, how=how)
            if name == WHOLE:
                whole[head] = found
        print(line(name, row), flush=True)
        rows[name] = row
    return rows


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, help="folder of the public sets")
    parser.add_argument("--recipe", type=Path, default=RECIPE, help="heads and sizes, or records of your own")
    parser.add_argument("--minutes", type=float, default=10.0, help="of training a contender")
    parser.add_argument("--only", nargs="+", choices=CONTENDERS, default=list(CONTENDERS), metavar="NAME")
    parser.add_argument(
        "--rates", nargs="+", type=float, default=[1.0], help="multiples of a contender's rate"
    )
    parser.add_argument("--cache", type=Path, default=Path("build/states"), help="folder of stored states")
    parser.add_argument("--out", type=Path, default=Path("build/adaptation"), help="folder of the runs")
    parser.add_argument("--threads", type=at_least_one, default=cores())
    parser.add_argument("--turns", type=at_least_one, default=4, help="in which the pace is measured")
    parser.add_argument("--samples", type=at_least_one, default=1000, help="bootstrap samples")
    options = parser.parse_args()
    use_threads(options.threads)
    machine, start = hardware("torch", "transformers", "peft"), time.perf_counter()
    print(machine, flush=True)
    recipe = read_recipe(options.recipe)
    recipe = replace(recipe, heads={head: recipe.heads[head] for head in HEADS})
    corpus = open_corpus(recipe, data=options.data, research_only=False)
    prepared = prepare(recipe, corpus, cache=options.cache, settings=Settings.from_env(), tell=tell)
    rows = compare(prepared, recipe=recipe, options=options)
    seconds = round(time.perf_counter() - start, 1)
    print(f"\n{options.minutes:g} minutes of training each; {seconds:.0f} s in all")
    report({"hardware": asdict(machine), "contenders": rows}, targets=(), path=options.json)


if __name__ == "__main__":
    main()
