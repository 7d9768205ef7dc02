"""``tongli learn tag``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tongli.cli.learn.training_options import ResearchOnly, Threads
from tongli.cli.options import AsJson, Model, Seed, split_names


def tag(
    records: Annotated[
        list[Path] | None,
        typer.Argument(metavar="RECORDS", help="Texts with marked spans, as JSON lines.", show_default=False),
    ] = None,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the tagger.")],
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Public sets: the formality markers of formality_mt."),
    ] = None,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Of the tagger's files.")] = "markers",
    epochs: Annotated[int, typer.Option("--epochs", metavar="N", min=1, help="Passes over the texts.")] = 6,
    test: Annotated[
        float, typer.Option("--test", metavar="SHARE", min=0, max=0.9, help="Of the groups, to report on.")
    ] = 0.2,
    leave_out: Annotated[
        str | None,
        typer.Option("--leave-out", metavar="A,B", help="Languages to report on without learning from them."),
    ] = None,
    seed: Seed = 0,
    model: Model = "embedded",
    research_only: ResearchOnly = False,
    bfloat16: Annotated[
        bool, typer.Option("--bfloat16", help="Train in half precision, where the processor is fast at it.")
    ] = False,
    threads: Threads = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a tagger that is there.")] = False,
    as_json: AsJson = False,
) -> None:
    """Train a tagger that finds marked spans: forms of address, idioms, slang.

    A text is {"id", "text", "lang", "spans": [[start, end, "label"], …]}; texts of the same "group" stay
    together when a share is kept for the report.
    """
    from tongli.cli.learn.tag_view import show
    from tongli.cli.learn.train_view import training
    from tongli.cli.terminal import dump
    from tongli.core import Settings
    from tongli.learning.data.outputs import require_free
    from tongli.learning.extra import require_torch

    require_torch()
    from tongli.encoders.text import TextEncoder
    from tongli.learning.tagging.fit import Options, steps_of
    from tongli.learning.tagging.run import Job, gather, plan, run
    from tongli.learning.train.run import use_threads

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    inputs = tuple(records or ())
    require_free(out / f"{name}.json", inputs=inputs, overwrite=overwrite)
    texts = gather(inputs, data=data)
    job = Job(
        out=out,
        name=name,
        test=test,
        leave_out=split_names(leave_out),
        research_only=research_only,
        options=Options(epochs=epochs, seed=seed, bfloat16=bfloat16),
    )
    agreed = plan(texts, job)
    with training(steps_of(len(agreed.split.fit), job.options)) as view:
        encoder = TextEncoder(model=model, settings=settings)
        card = run(texts, job, agreed=agreed, encoder=encoder, tell=view.tell, step=view.step)
    if as_json:
        dump({"labels": card.labels, "releasable": card.releasable, **card.metrics})
    else:
        show(card, out=out)
