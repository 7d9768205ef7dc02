"""``tongli learn train``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.training_options import Cache, Data, ResearchOnly, Threads, Wandb
from tongli.cli.options import AsJson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tongli.cli.learn.train_view import View
    from tongli.emotion.card import Card
    from tongli.learning.train.corpus import Corpus
    from tongli.learning.train.head import Finish
    from tongli.learning.train.parallel import Parallel
    from tongli.learning.train.recipe import Recipe


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

    A recipe with a base adds heads to those weights, or refits heads of them; all else stays as it is.
    Checkpoints and TensorBoard logs go to DIR/run. Read with what was trained: TONGLI_HEADS=DIR tongli read …
    """
    from tongli.cli.learn.train_view import show, training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.train.head import Finish
    from tongli.learning.train.parallel import joined
    from tongli.learning.train.recipe import read_recipe
    from tongli.learning.train.run import open_corpus, use_threads

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    plan = read_recipe(recipe)
    with (
        joined() as parallel,
        training(plan.steps if plan.refit or not plan.base else None, quiet=not parallel.first) as view,
    ):
        where = Finish(out=out, cache=cache or settings.cache / "learn", settings=settings, tell=view.tell)
        corpus = open_corpus(plan, data=data, research_only=research_only)
        if plan.base:
            cards = _built_on(plan, corpus, where=where, view=view) if parallel.first else []
        else:
            cards = _trained(plan, corpus, where=where, view=view, wandb=wandb, parallel=parallel)
    if not parallel.first:
        return
    if as_json:
        dump({card.head: dict(card.metrics) for card in cards})
    else:
        show(cards, out=out, model=plan.model)


def _built_on(plan: Recipe, corpus: Corpus, *, where: Finish, view: View) -> Sequence[Card]:
    if plan.refit:
        from tongli.learning.continual.refitted import refit_heads

        return refit_heads(plan, corpus, where=where, log=view.logging(lambda _step, _found: None))
    from tongli.learning.continual.added import add_heads

    return add_heads(plan, corpus, where=where)


def _trained(
    plan: Recipe, corpus: Corpus, *, where: Finish, view: View, wandb: str | None, parallel: Parallel
) -> Sequence[Card]:
    """Cards of the heads, in the first process alone."""
    from tongli.learning.train.finish import finish
    from tongli.learning.train.loop import Trainer
    from tongli.learning.train.run import prepare
    from tongli.learning.train.tracking import tracking

    with tracking(where.out / "run" / "log" if parallel.first else None, recipe=plan, wandb=wandb) as log:
        with parallel.first_goes_first():
            prepared = prepare(plan, corpus, cache=where.cache, settings=where.settings, tell=view.tell)
        trainer = Trainer(
            prepared.network,
            pool=prepared.pool,
            states=prepared.states,
            recipe=plan,
            folder=where.out / "run",
            tell=view.tell,
            log=view.logging(log),
            parallel=parallel,
        )
        network = trainer.run()
    return finish(prepared, network, recipe=plan, where=where) if parallel.first else []
