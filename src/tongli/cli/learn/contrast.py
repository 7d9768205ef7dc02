"""``tongli learn contrast``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import Cache, Threads
from tongli.cli.options import AsJson, Model


def contrast(
    records: Annotated[
        list[Path] | None,
        typer.Argument(metavar="RECORDS", help="Records to learn from, in two or more languages."),
    ] = None,
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the space, beside the heads.")
    ],
    dev: Annotated[
        list[Path] | None,
        typer.Option(
            "--dev",
            metavar="FILE",
            help="Records to measure on.",
            show_default="a tenth of RECORDS, held out",
        ),
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Public sets, when no RECORDS are named.")
    ] = None,
    cache: Cache = None,
    model: Model = "embedded",
    size: Annotated[int, typer.Option("--size", metavar="N", help="Of the vectors.", min=2)] = 128,
    steps: Annotated[int, typer.Option("--steps", metavar="N", help="Length of the training.", min=1)] = 300,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Of everything random.", min=0)] = 0,
    research_only: Annotated[
        bool,
        typer.Option("--research-only", help="Learn from data that may not be released, and mark the space."),
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a space that is there.")] = False,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Train a space where messages that feel alike are near each other, whatever their language.

    Learns from emotions (ekman6); measured by finding the same emotion in other languages. With weights that
    `tongli learn train` tuned, set TONGLI_HEADS to their folder and write there.
    """
    from tongli.cli.learn.contrast_view import show
    from tongli.cli.learn.train_view import training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.contrast.fit import Recipe
    from tongli.learning.contrast.run import Job
    from tongli.learning.contrast.run import contrast as run
    from tongli.learning.train.run import use_threads

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    job = Job(
        out=out,
        cache=cache or settings.cache / "learn",
        records=tuple(records or ()),
        dev=tuple(dev or ()),
        data=data,
        model=model,
        recipe=Recipe(size=size, steps=steps, seed=seed),
        research_only=research_only,
        overwrite=overwrite,
    )
    with training(steps) as view:
        card = run(job, settings=settings, tell=view.tell, step=lambda done, _: view.step(done))
    if as_json:
        dump(dict(card.metrics))
    else:
        show(card, out=out)
