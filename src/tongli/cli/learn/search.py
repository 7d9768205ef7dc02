"""``tongli learn search``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.training_options import Cache, Data, Threads
from tongli.cli.options import AsJson

if TYPE_CHECKING:
    from tongli.learning.search.trial import Learnable


def search(
    space: Annotated[Path, typer.Argument(metavar="SPACE", help="A recipe and ranges, a TOML file.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the study.")],
    trials: Annotated[
        int | None,
        typer.Option(
            "--trials",
            metavar="N",
            min=1,
            help="Trials in all, earlier searches in DIR included.",
            show_default="30, without --minutes",
        ),
    ] = None,
    minutes: Annotated[
        float | None, typer.Option("--minutes", metavar="M", min=0, help="Stop after M minutes.")
    ] = None,
    data: Data = None,
    cache: Cache = None,
    research_only: Annotated[
        bool, typer.Option("--research-only", help="Learn from data that may not be released.")
    ] = False,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Find better values for a recipe; killed and started again, it goes on.

    Trials train as the recipe says but for the values that are searched, and are judged on held-out texts.
    Writes DIR/best.toml, a recipe for `tongli learn train`, study.json and study.html.
    """
    from tongli.cli.learn.search_view import searching, show
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.extra import require, require_torch

    require_torch()
    require("a search", "optuna")
    import optuna

    from tongli.learning.search.reading import read_space
    from tongli.learning.search.run import Budget
    from tongli.learning.search.run import search as run
    from tongli.learning.train.run import open_corpus, prepare, use_threads

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    plan = read_space(space)
    budget = Budget(trials=trials, minutes=minutes)
    with searching(budget) as view:
        recipe = plan.trial_of({})
        corpus = open_corpus(recipe, data=data, research_only=research_only)
        kept = cache or settings.cache / "learn"
        if recipe.refit:
            from tongli.learning.continual.refitted import prepare_refit
            from tongli.learning.train.head import Finish

            where = Finish(out=out, cache=kept, settings=settings, tell=view.tell)
            prepared: Learnable = prepare_refit(recipe, corpus, where=where)
        else:
            prepared = prepare(recipe, corpus, cache=kept, settings=settings, tell=view.tell)
        outcome = run(plan, prepared=prepared, folder=out, budget=budget, listener=view.listener())
    if as_json:
        dump(outcome.to_dict())
    else:
        show(outcome, out=out)
