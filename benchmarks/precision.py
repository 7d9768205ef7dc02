"""What int8 costs: the same encoder and heads in fp32, on BRIGHTER's development set.

    python benchmarks/precision.py --data DATA [--json out.json]

The fp32 graphs are built from the same pinned source by the same code, put in a cache of its own, and read by
the same pipeline; only the graphs differ. Decisions are the claims. Chunks alternate between the two, so
that the ratio of their speeds comes from the same minutes. Needs about 500 MB of disk in the temporary
folder, and 2 GB of memory while the graph is built.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from emotions import BATCH
from measurement import Target, arguments, at_least_one, hardware, report, spread, tell
from quality import Bools, bootstrap, decisions, interval, spread_over
from tongli import Message, Tongli
from tongli.core import FloatArray, Reading, Settings
from tongli.encoders.build import TOKENIZER, read_graphs
from tongli.encoders.forked import SENTENCE
from tongli.encoders.manifest import file_sha256
from tongli.encoders.overlay import apply_overlay
from tongli.encoders.sources import find_source
from tongli.encoders.store import prepare
from tongli.knowledge.schemes import SCHEMES
from tongli.learning.metrics import by_language, macro_f1
from tongli.learning.tasks import TASKS, Example, load

HEAD = "ekman6"


@dataclass(slots=True)
class Run:
    """One precision: what it read, its features a chunk, and the encoder's texts per second a chunk."""

    tongli: Tongli
    readings: list[Reading] = field(default_factory=list)
    features: list[FloatArray] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    def read(self, messages: Sequence[Message]) -> None:
        """Read one chunk."""
        start = time.perf_counter()
        encodings = self.tongli.encode(messages)
        self.rates.append(len(messages) / (time.perf_counter() - start))
        self.features.append(np.stack([encoding.features for encoding in encodings]))
        self.readings += self.tongli.heads.read(encodings)


def fp32_cache(settings: Settings, folder: Path) -> Settings:
    """Settings with a cache under ``folder`` that holds the embedded encoder in fp32, ready to be read."""
    ready = prepare("embedded", settings)
    target = folder / ready.folder.relative_to(settings.cache)
    target.mkdir(parents=True)
    source = find_source("embedded", settings)
    weights, _ = source.read(target, settings.offline)
    if source.overlay is not None:
        weights = apply_overlay(source.overlay, weights, base_digest=source.digest)
    for name, graph in read_graphs(weights).items():
        (target / name).write_bytes(graph.model.SerializeToString())
    for name in (TOKENIZER, SENTENCE):
        shutil.copyfile(ready.folder / name, target / name)
    files = {name: file_sha256(target / name) for name in ready.manifest.files}
    manifest = asdict(replace(ready.manifest, files=files))
    (target / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return replace(settings, cache=folder)


def cosines(left: FloatArray, right: FloatArray) -> FloatArray:
    """Cosine of each pair of rows."""
    norms = np.linalg.norm(left, axis=1) * np.linalg.norm(right, axis=1)
    return np.asarray((left * right).sum(axis=1) / np.maximum(norms, 1e-12), np.float32)


def feature_figures(int8: FloatArray, fp32: FloatArray) -> dict[str, dict[str, float]]:
    """Cosines of the features, as they are and around the mean of fp32.

    This encoder's vectors share a large common part, so plain cosines look better than they are.
    """
    mean = fp32.mean(axis=0)
    pairs = {"cosine": cosines(int8, fp32), "cosine_centred": cosines(int8 - mean, fp32 - mean)}
    return {
        name: {"mean": round(float(found.mean()), 5), "min": round(float(found.min()), 5)}
        for name, found in pairs.items()
    }


def changes(int8: Sequence[Reading], fp32: Sequence[Reading]) -> dict[str, dict[str, float]]:
    """Share of decisions, and of texts with any decision, that differ; emotion and sentiment heads."""
    heads = [name for name, scheme in SCHEMES.items() if scheme.kind in {"multilabel", "multiclass"}]
    found = {}
    for head in heads:
        differ = decisions(int8, head) != decisions(fp32, head)
        found[head] = {
            "decisions": round(float(differ.mean()), 5),
            "texts": round(float(differ.any(axis=1).mean()), 5),
        }
    return found


def score_figures(
    examples: Sequence[Example], *, int8: Bools, fp32: Bools, samples: int, seed: int
) -> dict[str, Any]:
    """Macro-F1 of both, and the cost in points with a paired bootstrap interval."""
    targets = np.stack([example.target for example in examples])
    languages = [example.lang for example in examples]

    def figures(decided: Bools) -> dict[str, Any]:
        found = by_language(lambda rows: macro_f1(decided[rows], targets[rows]), languages)
        return spread_over("macro_f1", found)

    fast, exact = figures(int8), figures(fp32)
    drawn = bootstrap([fp32, int8], targets, languages=languages, samples=samples, seed=seed)
    cost = 100 * (exact["macro_f1"] - fast["macro_f1"])
    return {
        "int8": fast,
        "fp32": exact,
        "cost_points": round(cost, 3),
        "cost_interval_95": interval(100 * (drawn[0] - drawn[1]), figure=cost),
        "cost_by_language": {
            tag: round(100 * (value - fast["by_language"][tag]), 2)
            for tag, value in exact["by_language"].items()
        },
    }


def compare(int8: Run, fp32: Run, examples: Sequence[Example]) -> None:
    """Read everything with both, in alternating order."""
    messages = [Message(example.text, lang=example.lang) for example in examples]
    for turn, start in enumerate(range(0, len(messages), BATCH)):
        for run in (int8, fp32) if turn % 2 else (fp32, int8):
            run.read(messages[start : start + BATCH])
        tell(f"{min(start + BATCH, len(messages)):,} of {len(messages):,} texts")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--limit", type=at_least_one, help="texts, evenly spaced, for a quick look")
    parser.add_argument("--samples", type=at_least_one, default=1000, help="bootstrap samples")
    parser.add_argument("--seed", type=int, default=0, help="of the bootstrap")
    options = parser.parse_args()
    machine = hardware("onnx")
    print(machine, flush=True)
    examples = load(TASKS[HEAD].dev, data=options.data)
    examples = examples[:: -(-len(examples) // options.limit)] if options.limit else examples
    settings = Settings.from_env()
    with tempfile.TemporaryDirectory() as folder:
        tell("Building the fp32 graph")
        int8 = Run(Tongli(settings=settings).load())
        fp32 = Run(Tongli(settings=fp32_cache(settings, Path(folder))).load())
        compare(int8, fp32, examples)
    scores = score_figures(
        examples,
        int8=decisions(int8.readings, HEAD),
        fp32=decisions(fp32.readings, HEAD),
        samples=options.samples,
        seed=options.seed,
    )
    features = feature_figures(np.concatenate(int8.features), np.concatenate(fp32.features))
    changed = changes(int8.readings, fp32.readings)
    ratio = spread([fast / slow for fast, slow in zip(int8.rates, fp32.rates, strict=True)])
    print(f"macro-F1 int8 {scores['int8']['macro_f1']:.4f}, fp32 {scores['fp32']['macro_f1']:.4f}")
    low, high = scores["cost_interval_95"]
    print(f"int8 costs {scores['cost_points']:.3f} points [{low:.3f}, {high:.3f}]")
    for name, found in features.items():
        print(f"features, {name}: mean {found['mean']:.5f}, min {found['min']:.5f}")
    for head, found in changed.items():
        print(f"{head}: {found['decisions']:.2%} of decisions change, in {found['texts']:.2%} of texts")
    print(f"encoder, int8 : fp32 speed: {ratio}")
    result = {
        "hardware": machine,
        "texts": len(examples),
        HEAD: scores,
        "features": features,
        "changed": changed,
        "speed_ratio": ratio,
    }
    cost = Target(
        name="int8, points of macro-F1 lost", value=scores["cost_points"], limit=0.3, better="lower"
    )
    report(result, targets=[cost], path=options.json)


if __name__ == "__main__":
    main()
