"""``tongli learn generate``: tune a small causal model to answer, and measure its replies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import ResearchOnly, Threads, Wandb
from tongli.cli.options import AsJson, Model, Seed

Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]

generate = typer.Typer(
    no_args_is_help=True,
    help="Tune a small causal model to answer: from dialogues, or from what writers preferred in Studio.",
)


@generate.command()
def tune(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE", help="What to learn from, a TOML file.")],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the adapter.")],
    research_only: ResearchOnly = False,
    wandb: Wandb = None,
    threads: Threads = None,
    as_json: AsJson = False,
) -> None:
    """Train an adapter (LoRA) on replies or on preferences; killed and started again, it goes on.

    Checkpoints and TensorBoard logs go to DIR/run.
    """
    from tongli.cli.learn.generate_view import show
    from tongli.cli.learn.train_view import training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.generate.recipe import read_recipe
    from tongli.learning.generate.run import RUN, prepare
    from tongli.learning.generate.run import tune as run
    from tongli.learning.train.run import use_threads
    from tongli.learning.train.tracking import tracking

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    plan = read_recipe(recipe)
    with training(plan.steps) as view:
        prepared = prepare(plan, out=out, settings=settings, research_only=research_only, tell=view.tell)
        with tracking(out / RUN / "log", recipe=plan, wandb=wandb) as log:
            card = run(plan, prepared, out=out, tell=view.tell, log=view.logging(log))
    if as_json:
        dump(card.to_dict())
    else:
        show(card, out=out)


@generate.command()
def write(
    dialogues: Annotated[
        Path, typer.Argument(metavar="DIALOGUES", help="JSON lines with context and reply, or messages.")
    ],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="JSON lines of replies.")],
    model: Annotated[
        str,
        typer.Option(
            "--model",
            metavar="MODEL",
            help="A folder that was tuned or any causal model, embedded, hf:NAME; realiser is tongli's own.",
        ),
    ] = "embedded",
    max_tokens: Annotated[int, typer.Option("--max-tokens", metavar="N", min=1, help="Longest reply.")] = 64,
    temperature: Annotated[
        float, typer.Option("--temperature", metavar="T", min=0.0, help="0 takes the likeliest token.")
    ] = 0.0,
    seed: Seed = 0,
    overwrite: Overwrite = False,
) -> None:
    """Let a model answer the messages of dialogues, to measure or compare what it says."""
    from tongli.cli.learn.counter import counter
    from tongli.core import Settings
    from tongli.learning.data.outputs import require_free
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.generate.dialogues import read_dialogues
    from tongli.learning.generate.replies import Sampling, save_replies, write_replies
    from tongli.learning.train.run import use_threads

    settings = Settings.from_env()
    use_threads(settings.threads)
    require_free(output, inputs=[dialogues], overwrite=overwrite)
    found = read_dialogues([dialogues])
    how = Sampling(max_tokens=max_tokens, temperature=temperature, seed=seed)
    with counter() as tell:
        replies = write_replies(
            found, model=model, how=how, settings=settings, tell=lambda done: tell("replies", done)
        )
    save_replies(output, replies)
    typer.echo(f"{len(replies):,} replies of {replies[0].model} written to {output}", err=True)


@generate.command()
def evaluate(
    replies: Annotated[Path, typer.Argument(metavar="REPLIES", help="What `generate write` wrote.")],
    *,
    draws: Annotated[int, typer.Option("--draws", metavar="N", min=1, help="Draws of the bootstrap.")] = 1000,
    seed: Seed = 0,
    model: Model = "embedded",
    as_json: AsJson = False,
) -> None:
    """Measure replies: variety, likeness to people's, fitting feeling, and the checks they pass."""
    from tongli import Tongli
    from tongli.cli.learn.counter import counter
    from tongli.cli.learn.generate_view import show_figures
    from tongli.cli.terminal import dump
    from tongli.learning.evaluate.resample import Resampling
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.generate.figures import measure_replies
    from tongli.learning.generate.replies import read_replies

    found = read_replies(replies)
    with counter() as tell:
        figures = measure_replies(
            found,
            tongli=Tongli(model=model).load(),
            how=Resampling(draws=draws, seed=seed),
            tell=lambda done: tell("replies", done),
        )
    if as_json:
        dump(figures)
    else:
        show_figures(figures)


@generate.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="FIRST", help="Replies of one model.")],
    second: Annotated[Path, typer.Argument(metavar="SECOND", help="Replies of another, such as realiser.")],
    *,
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="For replies.html and answers.jsonl.")
    ],
    key: Annotated[
        Path, typer.Option("--key", metavar="FILE", help="Which is whose; keep it from those who answer.")
    ],
    seed: Seed = 0,
    overwrite: Overwrite = False,
) -> None:
    """Put two models' replies side by side in random order, for people to choose blindly."""
    from tongli.learning.data.outputs import require_free
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.generate.replies import read_replies
    from tongli.learning.generate.side_by_side import ANSWERS, PAGE, pair_up, save_comparisons

    for target in (folder / PAGE, folder / ANSWERS, key):
        require_free(target, inputs=[first, second], overwrite=overwrite)
    left, right = read_replies(first), read_replies(second)
    comparisons = pair_up(left, right, seed=seed)
    save_comparisons(comparisons, folder=folder, key=key, models=(left[0].model, right[0].model))
    typer.echo(
        f"{len(comparisons):,} comparisons: read {folder / PAGE}, answer in {folder / ANSWERS}", err=True
    )


@generate.command()
def score(
    answers: Annotated[Path, typer.Argument(metavar="ANSWERS", help="answers.jsonl, filled in.")],
    *,
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="As `generate compare` wrote it.")],
    as_json: AsJson = False,
) -> None:
    """The share of choices that the first model won, with its interval."""
    from dataclasses import asdict

    from tongli.cli.learn.generate_view import show_score
    from tongli.cli.terminal import dump
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.learning.generate.side_by_side import score_answers

    found = score_answers(answers, key=key)
    if as_json:
        dump(asdict(found))
    else:
        show_score(found)
