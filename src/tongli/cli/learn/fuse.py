"""``tongli learn fuse``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import Cache, Threads
from tongli.cli.options import AsJson, Overwrite, Seed


def fuse(
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the fusion.")],
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Public sets of texts and voices.")],
    cache: Cache = None,
    seed: Seed = 0,
    threads: Threads = None,
    overwrite: Overwrite = False,
    as_json: AsJson = False,
) -> None:
    """Train what joins words, voice and face into one reading.

    Texts and voices that show the same are paired, with channels taken away; faces are simulated from the
    confusions of the face model.
    """
    from tongli.cli.learn.fuse_view import show
    from tongli.cli.learn.train_view import training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.data.outputs import require_free
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.fusion.fit import Recipe
    from tongli.learning.fusion.run import Job
    from tongli.learning.fusion.run import fuse as run
    from tongli.learning.train.run import use_threads

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    require_free(out / "fusion.json", overwrite=overwrite)
    job = Job(data=data, cache=cache or settings.cache / "learn", recipe=Recipe(seed=seed))
    with training(job.recipe.steps) as view:
        weights = run(job, settings=settings, tell=view.tell, step=view.step)
    weights.save(out)
    if as_json:
        dump(dict(weights.card.metrics))
    else:
        show(weights.card, out=out)
