"""What regularisation and adversarial training bring, at equal training time, on held-out texts of ekman6.

    python benchmarks/regularisation.py --data DATA --cache CACHE --minutes 20 [--json out.json]

Every variant starts from the same weights and draws the same batches; how many, its own speed decides, since
R-Drop, FGM, PGD and FreeLB go through the network two to four times a step. The speed is taken from a short
run before; the minutes that the real run took are printed beside. There is no early stopping and nothing else
looks at the held-out texts, but for the thresholds, which come from the other half of them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from measurement import arguments, at_least_one, hardware, report, tell
from quality import Bools, bootstrap, interval, rows_by_language
from tongli.core import FloatArray, Settings
from tongli.learning.calibrate import best_thresholds
from tongli.learning.metrics import macro_f1
from tongli.learning.train.loop import Trainer, predict
from tongli.learning.train.network import Upper
from tongli.learning.train.recipe import Recipe, read_recipe
from tongli.learning.train.resident import resident
from tongli.learning.train.run import Prepared, new_network, open_corpus, prepare, use_threads

HEAD = "ekman6"
RECIPE = Path(__file__).parents[1] / "examples/learn/recipe.toml"

VARIANTS: Mapping[str, tuple[Mapping[str, Any], Mapping[str, Any]]] = {
    "plain": ({}, {}),
    "dropout 0": ({"dropout": 0.0, "head_dropout": 0.0}, {}),
    "label smoothing 0.1": ({}, {"label_smoothing": 0.1}),
    "asymmetric": ({}, {"objective": "asymmetric"}),
    "R-Drop 1": ({"r_drop": 1.0}, {}),
    "FGM": ({"adversarial": "fgm"}, {}),
    "PGD": ({"adversarial": "pgd"}, {}),
    "FreeLB": ({"adversarial": "freelb"}, {}),
}
"""Name → changes of the recipe and of its head; the first is what the others are compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """One variant: how long it trained, and its decisions on the held-out texts."""

    steps: int
    minutes: float
    decided: Bools


def recipe_of(name: str, *, base: Recipe) -> Recipe:
    """The recipe of a variant: one head, and looks at the end only."""
    changes, head = VARIANTS[name]
    heads = {HEAD: replace(base.heads[HEAD], **head)}
    return replace(base, heads=heads, evaluate_every=10**9, **changes)


def train(recipe: Recipe, prepared: Prepared, *, steps: int) -> tuple[Upper, float]:
    """The averaged network after some steps, and the seconds that they took."""
    recipe = replace(recipe, examples=recipe.batch * steps)
    network = new_network(recipe, trunk=prepared.trunk, states=prepared.states)
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            network,
            pool=replace(prepared.pool, held_out=np.empty(0, np.intp)),
            states=prepared.states,
            recipe=recipe,
            folder=Path(folder),
            tell=lambda _: None,
            log=lambda _step, _found: None,
        )
        start = time.perf_counter()
        return trainer.run(), time.perf_counter() - start


def run(recipe: Recipe, prepared: Prepared, *, minutes: float, probe: int) -> Trained:
    """Train for about some minutes, and decide on the held-out texts."""
    _, seconds = train(recipe, prepared, steps=probe)
    steps = max(1, round(60 * minutes * probe / seconds))
    network, seconds = train(recipe, prepared, steps=steps)
    pool = prepared.pool
    rows = pool.rows_of(HEAD, among=pool.held_out)
    logits = predict(network, heads=(HEAD,), states=prepared.states, rows=rows)[HEAD]
    decided = crossed(logits, pool.targets(HEAD, rows))
    return Trained(steps=steps, minutes=seconds / 60, decided=decided)


def crossed(logits: FloatArray, targets: FloatArray) -> Bools:
    """Decisions ``(texts, labels)`` of each half at the thresholds that are best on the other."""
    decided = np.zeros(logits.shape, bool)
    for half in (0, 1):
        decided[half::2] = logits[half::2] >= _best(logits[1 - half :: 2], targets[1 - half :: 2])
    return decided


def _best(logits: FloatArray, targets: FloatArray) -> FloatArray:
    chances = np.asarray(1 / (1 + np.exp(-np.maximum(logits, -80))), np.float32)  # no overflow
    thresholds = best_thresholds(chances, targets)
    return np.asarray(np.log(thresholds / (1 - thresholds)), np.float32)


def figures(
    found: Mapping[str, Trained], targets: FloatArray, *, languages: Sequence[str], samples: int, seed: int
) -> list[dict[str, Any]]:
    """Mean macro-F1 of the languages and gain over the first variant in points, each with its interval."""
    groups = rows_by_language(languages).values()
    drawn = bootstrap(
        [item.decided for item in found.values()], targets, languages=languages, samples=samples, seed=seed
    )
    rows: list[dict[str, Any]] = []
    for (name, item), sample in zip(found.items(), drawn, strict=True):
        score = float(np.mean([macro_f1(item.decided[part], targets[part]) for part in groups]))
        gain = 100 * (score - rows[0]["macro_f1"]) if rows else 0.0
        rows.append(
            {
                "variant": name,
                "steps": item.steps,
                "minutes": round(item.minutes, 1),
                "macro_f1": score,
                "interval_95": interval(sample, figure=score),
                "gain_points": gain,
                "gain_interval_95": interval(100 * (sample - drawn[0]), figure=gain),
            }
        )
    return rows


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The figures in Markdown."""
    lines = [
        "| variant | steps | minutes | macro-F1 | 95 % | gain, points | 95 % |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        low, high = row["interval_95"]
        least, most = row["gain_interval_95"]
        gain = f"{row['gain_points']:+.1f} | {least:+.1f} to {most:+.1f}" if row is not rows[0] else "– | –"
        lines.append(
            f"| {row['variant']} | {row['steps']:,} | {row['minutes']:.1f} | {row['macro_f1']:.3f} "
            f"| {low:.3f} to {high:.3f} | {gain} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument(
        "--data", type=Path, help="folder of the public sets; needless if the recipe names files"
    )
    parser.add_argument("--cache", type=Path, required=True, help="folder of stored states")
    parser.add_argument("--recipe", type=Path, default=RECIPE, help=f"what is varied; needs the head {HEAD}")
    parser.add_argument("--minutes", type=float, default=20.0, help="of training a variant")
    parser.add_argument("--probe", type=at_least_one, default=50, help="steps that the speed is taken from")
    parser.add_argument("--only", nargs="+", choices=VARIANTS, default=list(VARIANTS), help="variants to run")
    parser.add_argument("--samples", type=at_least_one, default=1000, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=0, help="of training and of the bootstrap")
    options = parser.parse_args()
    machine, settings = hardware("torch"), Settings.from_env()
    print(machine, flush=True)
    use_threads(settings.threads)
    base = replace(read_recipe(options.recipe), seed=options.seed)
    plain = recipe_of("plain", base=base)
    corpus = open_corpus(plain, data=options.data, research_only=True)
    prepared = prepare(plain, corpus, cache=options.cache, settings=settings, tell=tell)
    prepared = replace(prepared, states=resident(prepared.states, copies=1, tell=tell))
    found = {}
    for name in options.only:
        recipe = recipe_of(name, base=base)
        found[name] = run(recipe, prepared, minutes=options.minutes, probe=options.probe)
        tell(f"{name}: {found[name].steps:,} steps in {found[name].minutes:.1f} minutes")
    pool = prepared.pool
    rows = pool.rows_of(HEAD, among=pool.held_out)
    measured = figures(
        found,
        pool.targets(HEAD, rows),
        languages=pool.langs(HEAD, rows),
        samples=options.samples,
        seed=options.seed,
    )
    print(f"\n{len(rows):,} held-out texts, {options.minutes:g} minutes a variant, seed {options.seed}\n")
    print(table(measured))
    report({"hardware": machine, "texts": len(rows), "variants": measured}, targets=[], path=options.json)


if __name__ == "__main__":
    main()
