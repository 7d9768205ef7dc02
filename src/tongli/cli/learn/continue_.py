"""``tongli learn continue``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import Cache, ResearchOnly, Threads
from tongli.cli.options import AsJson


class Hold(StrEnum):
    """What holds the weights near the old ones."""

    EWC = "ewc"
    L2_SP = "l2-sp"
    NONE = "none"


def continue_(
    base: Annotated[
        str,
        typer.Argument(
            metavar="BASE",
            help="Weights to go on from: a folder that `tongli learn train` wrote, or shipped.",
        ),
    ],
    new: Annotated[
        Path, typer.Argument(metavar="NEW", help="Records of the new language or domain, as JSON lines.")
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the new weights.")],
    replay: Annotated[
        Path | None,
        typer.Option(
            "--replay",
            metavar="OLD",
            help="Records of what BASE knows; a part is replayed, a part measures what is forgotten.",
        ),
    ] = None,
    recipe: Annotated[
        Path | None,
        typer.Option(
            "--recipe", metavar="RECIPE", help="How to train, a TOML file.", show_default="usual rates"
        ),
    ] = None,
    replay_share: Annotated[
        float,
        typer.Option(
            "--replay-share", metavar="SHARE", min=0, max=0.99, help="Of old texts in what is drawn."
        ),
    ] = 0.5,
    hold: Annotated[
        Hold | None,
        typer.Option(
            "--hold",
            help="What holds the weights near the old ones.",
            show_default="ewc with --replay, l2-sp without",
        ),
    ] = None,
    strength: Annotated[
        float | None,
        typer.Option(
            "--strength",
            metavar="X",
            min=0,
            help="How much it holds.",
            show_default="10 for ewc, 0.1 for l2-sp",
        ),
    ] = None,
    max_forgetting: Annotated[
        float,
        typer.Option("--max-forgetting", metavar="POINTS", min=0, help="That a head may lose on old texts."),
    ] = 1.0,
    cache: Cache = None,
    research_only: ResearchOnly = False,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Add a language or a domain to trained weights, and bound what is forgotten.

    BASE stays as it is. If more is forgotten than allowed, a mean of old and new weights is kept; if even
    that forgets too much, nothing is written. Killed and started again, it goes on.
    """
    from tongli.cli.learn.continue_view import show
    from tongli.cli.learn.train_view import training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.continual.run import Job, learn, prepare
    from tongli.learning.continual.settle import settle
    from tongli.learning.train.recipe import read_recipe
    from tongli.learning.train.run import use_threads
    from tongli.learning.train.tracking import tracking

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    job = Job(
        base=base,
        new=new,
        out=out,
        cache=cache or settings.cache / "learn",
        replay=replay,
        recipe=read_recipe(recipe) if recipe is not None else None,
        replay_share=replay_share,
        penalty=hold.value if hold is not None else None,
        strength=strength,
        max_forgetting=max_forgetting,
        research_only=research_only,
    )
    with training(None) as view:
        plan = prepare(job, settings=settings, tell=view.tell)
        with tracking(out / "run" / "log", recipe=plan.recipe) as log:
            network = learn(plan, tell=view.tell, log=view.logging(log, steps=plan.recipe.steps))
        outcome = settle(plan, network, tell=view.tell)
    if as_json:
        dump(outcome.to_dict())
    else:
        show(outcome, out=out)
