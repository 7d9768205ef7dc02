"""``tongli learn train``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import Cache, Data, ResearchOnly, Threads, Wandb
from tongli.cli.options import AsJson


def train(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help="What to train, a TOML file.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the trained weights.")],
    data: Data = None,
    cache: Cache = None,
    research_only: ResearchOnly = False,
    wandb: Wandb = None,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Fine-tune the encoder's upper layers and every head; killed and started again, it goes on.

    Checkpoints and TensorBoard logs go to DIR/run. Read with what was trained: TONGLI_HEADS=DIR tongli read …
    """
    from tongli.cli.learn.train_view import show, training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.train.finish import Finish, finish
    from tongli.learning.train.loop import Trainer
    from tongli.learning.train.parallel import joined
    from tongli.learning.train.recipe import read_recipe
    from tongli.learning.train.run import open_corpus, prepare, use_threads
    from tongli.learning.train.tracking import tracking

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    plan = read_recipe(recipe)
    kept = cache or settings.cache / "learn"
    with (
        joined() as parallel,
        training(plan.steps, quiet=not parallel.first) as view,
        tracking(out / "run" / "log" if parallel.first else None, recipe=plan, wandb=wandb) as log,
    ):
        corpus = open_corpus(plan, data=data, research_only=research_only)
        with parallel.first_goes_first():
            prepared = prepare(plan, corpus, cache=kept, settings=settings, tell=view.tell)
        trainer = Trainer(
            prepared.network,
            pool=prepared.pool,
            states=prepared.states,
            recipe=plan,
            folder=out / "run",
            tell=view.tell,
            log=view.logging(log),
            parallel=parallel,
        )
        network = trainer.run()
        if not parallel.first:
            return
        where = Finish(out=out, cache=kept, settings=settings, tell=view.tell)
        cards = finish(prepared, network, recipe=plan, where=where)
    if as_json:
        dump({card.head: dict(card.metrics) for card in cards})
    else:
        show(cards, out=out)
