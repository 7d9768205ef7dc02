"""How well the same emotion is found in other languages: the emotion space beside what needs no space.

    python benchmarks/emotion_space.py --data DATA --space DIR [--features DIR] [--json out.json]

Every message of BRIGHTER's development set with an emotion asks for the ten nearest in other languages; see
``tongli.learning.contrast.retrieval`` for what counts as found. DIR holds ``space.safetensors`` and, for an
encoder with tuned layers, those and its heads: it then stands for ``TONGLI_HEADS``. Contenders are the
sentence vectors of the encoder as pretrained (what the target is over), its features as they are, centred,
standardised and whitened, and the values of the head that was trained on the same labels.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from measurement import Target, arguments, at_least_one, hardware, report, tell
from tongli.core import FloatArray, Settings
from tongli.emotion.heads import Heads
from tongli.emotion.space import load_space
from tongli.encoders.sources import OVERLAY
from tongli.encoders.text import TextEncoder
from tongli.learning.contrast.circumplex import correlations, fit_axes, layout
from tongli.learning.contrast.figures import BASELINE, COUNT, Sample, measure
from tongli.learning.evaluate.resample import Resampling
from tongli.learning.features import cached_features, pieces_of
from tongli.learning.tasks import TASKS, Example, load

HEAD = "ekman6"
FITTED = 10_000
GAIN = 0.10


def read(examples: Sequence[Example], *, encoder: TextEncoder, folder: Path) -> FloatArray:
    """Features of the examples, kept in the folder."""
    unique = sorted({example.text for example in examples})
    table = cached_features(
        unique, encoder=encoder, folder=folder, tell=lambda done, total: tell(f"{done:,} of {total:,} texts")
    )
    place = {text: row for row, text in enumerate(unique)}
    return np.asarray(table[[place[example.text] for example in examples]], np.float32)


def whitening(features: FloatArray) -> FloatArray:
    """A map after which standardised features are uncorrelated and of equal spread, ``(width, width)``."""
    values, axes = np.linalg.eigh(features.T @ features / len(features))
    return np.asarray(axes / np.sqrt(values + 1e-3), np.float32)


def show(figures: dict[str, Any]) -> None:
    """One line a contender and kind of query."""
    for kind, found in figures[f"precision_at_{COUNT}"].items():
        print(f"\n{kind}: {found['queries']:,} queries, precision at {COUNT}, mean over languages")
        for name, figure in found.items():
            if isinstance(figure, dict) and "interval_95" in figure:
                low, high = figure["interval_95"]
                print(f"  {name:14} {figure['value']:.4f} [{low:.4f}, {high:.4f}]")
    print("\nby language: space, sentence vectors")
    languages = figures[f"precision_at_{COUNT}"]["emotion"]["by_language"]
    for tag, found in sorted(languages.items(), key=lambda item: -item[1]["space"]):
        print(f"  {tag:8} {found['space']:.3f}  {found[BASELINE]:.3f}")


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the data sets")
    parser.add_argument("--space", type=Path, required=True, help="folder of the space")
    parser.add_argument("--features", type=Path, default=Path("build/features"), help="keeps encoded texts")
    parser.add_argument("--samples", type=at_least_one, default=1000, help="bootstrap samples")
    options = parser.parse_args()
    machine, start = hardware(), time.perf_counter()
    print(machine, flush=True)
    settings = Settings.from_env()
    if (options.space / OVERLAY).is_file():
        settings = replace(settings, heads=options.space)
    encoder = TextEncoder(settings=settings)
    space = load_space(options.space, encoder=encoder.id)
    dev = load(TASKS[HEAD].dev, data=options.data)
    train = load(TASKS[HEAD].train, data=options.data)
    features, learnt = (read(part, encoder=encoder, folder=options.features) for part in (dev, train))
    learnt = learnt[(rows := np.random.default_rng(0).permutation(len(train))[:FITTED])]
    goals = np.stack([train[row].target for row in rows])
    mean, scale = space.arrays.mean, space.arrays.scale
    plain, fitted = (features - mean) * scale, (learnt - mean) * scale
    languages = tuple(example.lang for example in dev)
    sample = Sample(
        vectors=space.vectors(features),
        others={
            BASELINE: encoder.sentences([example.text for example in dev]),
            "features": features,
            "centred": features - mean,
            "standardised": plain,
            "whitened": plain @ whitening(fitted),
            "head values": Heads(names=[HEAD], folder=settings.heads).values(
                features, pieces_of([example.text for example in dev], encoder=encoder), languages=languages
            )[HEAD],
        },
        targets=np.stack([example.target for example in dev]),
        languages=languages,
    )
    figures = measure(
        sample,
        axes=fit_axes(space.vectors(learnt), goals),
        how=Resampling(draws=options.samples),
    )
    figures["standardised features"] = {
        **correlations(fit_axes(fitted, goals), plain, sample.targets, languages=languages),
        "layout": asdict(layout(plain, sample.targets, languages=languages)),
    }
    show(figures)
    for name in ("valence", "arousal", "layout"):
        print(
            f"{name}: space {figures[name]}, standardised features {figures['standardised features'][name]}"
        )
    seconds = round(time.perf_counter() - start, 1)
    print(f"\n{seconds:.0f} s in all")
    gain = figures[f"precision_at_{COUNT}"]["emotion"]["gain"]["value"]
    reached = Target(name="precision at 10 over sentence vectors", value=gain, limit=GAIN)
    report(
        {"hardware": asdict(machine), "seconds": seconds, "figures": figures},
        targets=[reached],
        path=options.json,
    )


if __name__ == "__main__":
    main()
