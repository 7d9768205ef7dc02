"""``tongli learn zero-shot``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tongli.cli.learn.label_options import Declared, Draws, Head, features_of, known_schemes, one_head
from tongli.cli.learn.training_options import Cache, Threads
from tongli.cli.options import AsJson, Model, Seed

if TYPE_CHECKING:
    from tongli.knowledge.schemes import Schemes
    from tongli.learning.label_efficient.labelled import Labelled


def zero_shot(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(metavar="RECORDS", help="Labelled records of several languages, as JSON lines."),
    ] = None,
    *,
    data: Annotated[
        Path | None,
        typer.Option(
            "--data", metavar="DIR", help="The public sets instead, those that the head learns from."
        ),
    ] = None,
    head: Head = "ekman6",
    schemes: Declared = None,
    epochs: Annotated[int, typer.Option("--epochs", metavar="N", min=1, help="Passes over the texts.")] = 5,
    inner: Annotated[int, typer.Option("--inner", metavar="N", min=1, help="Hidden units.")] = 128,
    folds: Annotated[
        int, typer.Option("--folds", metavar="N", min=2, help="Folds of the training with the language.")
    ] = 5,
    draws: Draws = 1000,
    seed: Seed = 0,
    cache: Cache = None,
    threads: Threads = None,
    model: Model = "embedded",
    as_json: AsJson = False,
) -> None:
    """Leave one language out of the training, for each: what a language without labels gets.

    Small networks on the encoder as it was pretrained, since layers that were tuned have seen labels of many
    languages; each language is also measured with its other texts in the training.
    """
    from dataclasses import replace

    from tongli.cli.learn.evaluate_view import bar
    from tongli.cli.learn.zero_shot_view import show
    from tongli.cli.terminal import dump
    from tongli.core import Settings

    known = known_schemes(schemes, model=model)
    name = one_head(head, known).name
    from tongli.learning.evaluate.resample import Resampling
    from tongli.learning.label_efficient.encoding import untuned
    from tongli.learning.label_efficient.reports import zero_shot_report
    from tongli.learning.label_efficient.zero_shot import zero_shot as run
    from tongli.learning.tasks import task_of
    from tongli.learning.train.run import use_threads

    settings = Settings.from_env()
    use_threads(threads or settings.threads)
    kept = cache or settings.cache / "learn"
    encoder = untuned(model, settings=settings, folder=kept)
    labelled = _labelled(sources or [], data=data, head=name, schemes=known)
    with bar() as progress:
        features = features_of(labelled.texts, encoder=encoder, cache=kept, progress=progress)
        found = run(
            labelled,
            features,
            task=replace(task_of(name), epochs=epochs, inner=inner, folds=folds),
            how=Resampling(draws=draws, seed=seed),
            progress=lambda done, total: progress("Training", done, total),
        )
    report = zero_shot_report(found)
    if as_json:
        dump(report)
    else:
        show(report)


def _labelled(sources: list[Path], *, data: Path | None, head: str, schemes: Schemes) -> Labelled:
    """Raises ``ConfigError`` (``train.data``) unless there are either files or a folder for this head."""
    from tongli.core import ConfigError
    from tongli.learning.data.record import read_records
    from tongli.learning.label_efficient.labelled import as_records, gather, require
    from tongli.learning.tasks import load, task_of

    if bool(sources) == (data is not None):
        raise ConfigError(
            "train.data",
            received="records and --data" if sources else "neither records nor --data",
            allowed="one of them",
            fix="Name the records that `tongli learn import` wrote, or the folder of the public sets.",
        )
    if data is None:
        records = [record for path in sources for record in read_records(path, schemes=schemes)]
    else:
        records = as_records(load(task_of(head).train, data=data), head)
    labelled = gather(records, head, schemes=schemes)
    require(labelled, least=20)
    return labelled
