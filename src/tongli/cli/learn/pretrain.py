"""``tongli learn pretrain``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import ResearchOnly, Threads, Wandb
from tongli.cli.options import AsJson


def pretrain(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help="What to learn from, a TOML file.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the encoder.")],
    research_only: ResearchOnly = False,
    wandb: Wandb = None,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Adapt the encoder to unlabelled texts by masked tokens; killed and started again, it goes on.

    DIR is then a model: model = "DIR" in a recipe of `tongli learn train`, or --model DIR. Checkpoints and
    TensorBoard logs go to DIR/run.
    """
    from tongli.cli.learn.pretrain_view import show
    from tongli.cli.learn.train_view import training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.pretrain.recipe import read_recipe
    from tongli.learning.pretrain.run import RUN, prepare
    from tongli.learning.pretrain.run import pretrain as run
    from tongli.learning.train.run import use_threads
    from tongli.learning.train.tracking import tracking

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    plan = read_recipe(recipe)
    with training(plan.steps) as view:
        prepared = prepare(plan, out=out, settings=settings, research_only=research_only, tell=view.tell)
        with tracking(out / RUN / "log", recipe=plan, wandb=wandb) as log:
            card = run(plan, prepared, out=out, settings=settings, tell=view.tell, log=view.logging(log))
    if as_json:
        dump(card.to_dict())
    else:
        show(card, out=out)
